import { setTimeout as sleep } from 'node:timers/promises'
import { type Findings, type Latency, Measurements } from './measurements.ts'
import type { ProcessSample } from './probe.ts'
import type { RunningSubject, Subject } from './subject.ts'
import { EngineSockets, startTalk, type Talk } from './talk.ts'

export interface RoundOptions {
  readonly subject: Subject
  readonly calls: number
  readonly seconds: number
  /** From the last call's start to the first measurement. */
  readonly warmUpMs: number
  readonly core: number | undefined
  readonly nodeOptions: readonly string[]
}

/** One subject under one load. */
export interface Round {
  readonly subject: Subject['name']
  readonly calls: number
  readonly findings: Findings
  readonly process: ProcessSample
  readonly cpuSecondsPerCallMinute: number
  /** What its memory grew by since it was idle, for each call. */
  readonly kibPerCall: number
  readonly bench: BenchHealth
}

/** Whether the bench itself kept up; otherwise it has measured itself. */
export interface BenchHealth {
  readonly lateness: Latency
  /** Of one core. */
  readonly cpuShare: number
  readonly callsLost: number
}

/** Starts the subject, lets `calls` callers talk to it, measures for `seconds` and takes everything down again. */
export async function runRound(options: RoundOptions): Promise<Round> {
  const { subject, calls, seconds, warmUpMs, core, nodeOptions } = options
  const measurements = new Measurements(calls)
  const engineSockets = new EngineSockets()
  await using engine = await engineSockets.startEngine()
  await using running = await subject.start({ engineBaseUrl: engine.baseUrl, core, nodeOptions })
  const idle = await running.sample()
  const talk = await startTalk({ subject, running, engineSockets, calls, measurements })
  await sleep(warmUpMs)
  const { process: sample, tookSeconds, bench } = await measure(running, talk, measurements, seconds)
  await talk.hangUp()
  return {
    subject: subject.name,
    calls,
    // Now that everything has arrived that ever will.
    findings: measurements.findings(),
    process: sample,
    cpuSecondsPerCallMinute: sample.cpuSeconds / ((calls * tookSeconds) / 60),
    kibPerCall: (sample.rssBytes - idle.rssBytes) / 1024 / calls,
    bench,
  }
}

async function measure(running: RunningSubject, talk: Talk, measurements: Measurements, seconds: number) {
  await running.sample()
  talk.pacer.lateness.reset()
  const usedBefore = process.cpuUsage()
  const startedAtMs = performance.now()
  measurements.isMeasuring = true
  await sleep(seconds * 1000)
  measurements.isMeasuring = false
  const sample = await running.sample()
  const used = process.cpuUsage(usedBefore)
  const tookSeconds = (performance.now() - startedAtMs) / 1000
  const cpuShare = (used.user + used.system) / 1e6 / tookSeconds
  const bench = { lateness: talk.pacer.lateness.latency(), cpuShare, callsLost: talk.callsLost }
  return { process: sample, tookSeconds, bench }
}
