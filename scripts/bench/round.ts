import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Findings, Latency } from './measurements.ts'
import type { Play } from './play.ts'
import type { ProcessSample } from './probe.ts'
import type { RunningSubject, Subject } from './subject.ts'
import { startTalk, type Talk } from './talk.ts'

export interface RoundOptions<Found> {
  readonly subject: Subject
  readonly openPlay: (subject: Subject, calls: number) => Promise<Play<Found>>
  readonly calls: number
  readonly seconds: number
  /** From the last call's start to the first measurement. */
  readonly warmUpMs: number
  readonly core: number | undefined
  readonly nodeOptions: readonly string[]
}

/** One subject under one load. */
export interface Round<Found = Findings> {
  readonly subject: Subject['name']
  readonly calls: number
  readonly findings: Found
  readonly process: ProcessSample
  readonly cpuSecondsPerCallMinute: number
  /** What its memory grew by since it was idle, for each call. */
  readonly kibPerCall: number
  readonly bench: BenchHealth
}

/** Whether the bench itself kept up; otherwise it has measured itself. */
export interface BenchHealth {
  readonly lateness: Latency
  /** How late its event loop was, apart from what it waits for. */
  readonly loopDelayP99Ms: number
  /** Of one core. */
  readonly cpuShare: number
  readonly callsLost: number
}

/** Of the monitor of the bench's own loop. */
const RESOLUTION_MS = 1

/** Starts the subject, lets `calls` callers talk to it, measures for `seconds` and takes everything down again. */
export async function runRound<Found>(options: RoundOptions<Found>): Promise<Round<Found>> {
  const { subject, openPlay, calls, seconds, warmUpMs, core, nodeOptions } = options
  await using play = await openPlay(subject, calls)
  await using running = await subject.start({ engineBaseUrl: play.engineBaseUrl, core, nodeOptions })
  const idle = await running.sample()
  const talk = await startTalk({ calls, startCall: (call) => play.startCall(running, call) })
  await sleep(warmUpMs)
  const { process: sample, tookSeconds, bench } = await measure(running, talk, play, seconds)
  await talk.hangUp()
  return {
    subject: subject.name,
    calls,
    // Now that everything has arrived that ever will.
    findings: play.findings(),
    process: sample,
    cpuSecondsPerCallMinute: sample.cpuSeconds / ((calls * tookSeconds) / 60),
    kibPerCall: (sample.rssBytes - idle.rssBytes) / 1024 / calls,
    bench,
  }
}

async function measure(running: RunningSubject, talk: Talk, play: Play<unknown>, seconds: number) {
  await running.sample()
  talk.pacer.lateness.reset()
  const loopDelay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  loopDelay.enable()
  const usedBefore = process.cpuUsage()
  const startedAtMs = performance.now()
  play.measure(true)
  await sleep(seconds * 1000)
  play.measure(false)
  loopDelay.disable()
  const sample = await running.sample()
  const used = process.cpuUsage(usedBefore)
  const tookSeconds = (performance.now() - startedAtMs) / 1000
  const cpuShare = (used.user + used.system) / 1e6 / tookSeconds
  const loopDelayP99Ms = Math.max(0, loopDelay.percentile(99) / 1e6 - RESOLUTION_MS)
  const bench = { lateness: talk.pacer.lateness.latency(), loopDelayP99Ms, cpuShare, callsLost: talk.callsLost }
  return { process: sample, tookSeconds, bench }
}
