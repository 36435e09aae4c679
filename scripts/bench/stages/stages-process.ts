import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock } from '../../../src/lib/clock.ts'
import { LoopShare } from '../../../src/lib/loop-share.ts'
import { createRandom } from '../../../src/simulator/seeded-random.ts'
import { CpuUse } from './cpu-use.ts'
import { loadListeners } from './listeners.ts'
import { LoopWatch } from './loop-watch.ts'
import { PlayedCall, type PlayedCallOptions, TURN_MS, WHOLE } from './played-call.ts'
import type { StagesFindings, StagesOrder } from './stages-findings.ts'
import { WorkMeter } from './work-meter.ts'

/** A caller says this often something; then another calls. */
const TURNS_OF_A_CALL = 8

/**
 * The measured process: plays many calls at once in real time, with or without the stages, watches itself, and sends
 * what it found to the bench that started it.
 */
process.send?.(await playAll(JSON.parse(process.argv[2]!)), () => process.exit())

async function playAll(order: StagesOrder): Promise<StagesFindings> {
  const { subject, calls, warmUpMs } = order
  const { listeners, loadMs } = await loadListeners(subject)
  const meter = new WorkMeter()
  let failures = 0
  const share = new LoopShare(systemClock)
  const inCall = { listeners, share, meter, onFailure: () => failures++ }
  const firstUtteranceMs = timeFirstUtterance({ ...inCall, random: createRandom(0) })
  using coldWatch = new LoopWatch()
  for (let call = 0; call < calls; call++) void playCalls(inCall, call, (call / calls) * TURN_MS)
  await sleep(warmUpMs)
  const longestMs = coldWatch.findings().longestMs
  const found = await measure(meter, order)
  return { ...found, start: { loadMs, firstUtteranceMs, longestMs }, failures }
}

async function measure(
  meter: WorkMeter,
  { seconds }: StagesOrder,
): Promise<Omit<StagesFindings, 'start' | 'failures'>> {
  meter.reset()
  using watch = new LoopWatch()
  const cpuUse = new CpuUse()
  await sleep(seconds * 1000)
  const cpu = cpuUse.shares()
  const loop = watch.findings()
  const { work, slowest } = meter.findings()
  return {
    work,
    slowest: slowest.map((slow) => ({ ...slow, collectedMs: watch.collectedMs(slow.atMs, slow.tookMs) })),
    loop,
    cpu,
    rssBytes: process.memoryUsage.rss(),
  }
}

/** Every pattern is compiled with it, every function run for the first time. */
function timeFirstUtterance(options: PlayedCallOptions): number {
  const startedAtMs = performance.now()
  const call = new PlayedCall(options)
  call.hearCaller()
  call.catchUp()
  return performance.now() - startedAtMs
}

/** One caller after another, until the process ends. */
async function playCalls(inCall: Omit<PlayedCallOptions, 'random'>, seed: number, afterMs: number): Promise<never> {
  const random = createRandom(seed + 1)
  await sleep(afterMs)
  for (;;) {
    const call = inCall.meter.measure(WHOLE.newCall, () => new PlayedCall({ ...inCall, random }))
    for (let turn = 0; turn < TURNS_OF_A_CALL; turn++) await call.turn()
  }
}
