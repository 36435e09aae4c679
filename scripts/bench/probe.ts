import { monitorEventLoopDelay } from 'node:perf_hooks'

/**
 * Loaded into a measured process before its own code (`--import`): answers each message of the bench with what the
 * process has used since the one before. The same for relay and server, so what it costs itself stands on both sides.
 */
export interface ProcessSample {
  /** User and system time of all threads since the last sample. */
  readonly cpuSeconds: number
  readonly rssBytes: number
  /** How late the event loop was since the last sample. */
  readonly loopDelayP50Ms: number
  readonly loopDelayP99Ms: number
  readonly loopDelayMaxMs: number
}

const RESOLUTION_MS = 10

const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
delay.enable()
let usedBefore = process.cpuUsage()

process.on('message', () => {
  const sample = takeSample()
  process.send?.(sample)
})
// The bench may ask as long as the process lives, but must not keep it alive.
process.channel?.unref()

function takeSample(): ProcessSample {
  const used = process.cpuUsage(usedBefore)
  usedBefore = process.cpuUsage()
  const sample = {
    cpuSeconds: (used.user + used.system) / 1e6,
    rssBytes: process.memoryUsage.rss(),
    loopDelayP50Ms: latenessMs(delay.percentile(50)),
    loopDelayP99Ms: latenessMs(delay.percentile(99)),
    loopDelayMaxMs: latenessMs(delay.max),
  }
  delay.reset()
  return sample
}

/** The monitor measures from timer to timer, so an idle loop already shows its resolution. */
function latenessMs(ns: number): number {
  return Math.max(0, ns / 1e6 - RESOLUTION_MS)
}
