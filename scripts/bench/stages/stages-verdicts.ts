import { STALL_MS } from './loop-watch.ts'
import { WHOLE } from './played-call.ts'
import { invalidBecause, type StagesRow } from './stages-rows.ts'

type Missed = 'MISSED' | `INVALID (${string})`

export interface StagesVerdict {
  readonly outcome: 'met' | Missed
  readonly target: string
  readonly found: string
}

/** What listening may cost. */
const TARGET = { calls: 200, utteranceP99Ms: 5 } as const

/** Holds the targets against the load they are for and every one below. */
export function judgeStages(rows: readonly StagesRow[]): StagesVerdict[] {
  return rows.flatMap((row) => {
    const bare = rows.find(({ subject, calls }) => subject === 'bare' && calls === row.calls)
    if (row.subject !== 'stages' || row.calls > TARGET.calls || !bare) return []
    const invalid = invalidBecause(row, bare)
    const missed: Missed = invalid === undefined ? 'MISSED' : `INVALID (${invalid})`
    return [...timeVerdicts(row, missed), stallVerdict(row, bare, missed)]
  })
}

function timeVerdicts({ calls, work }: StagesRow, missed: Missed): StagesVerdict[] {
  return [WHOLE.caller, WHOLE.agent, WHOLE.found, WHOLE.words].flatMap((what) => {
    const latency = work.get(what)
    if (!latency) return []
    const { p99Ms, maxMs } = latency
    return {
      outcome: p99Ms <= TARGET.utteranceP99Ms ? 'met' : missed,
      target: `p99 of ${what} at ${calls} calls: at most ${TARGET.utteranceP99Ms} ms`,
      found: `${p99Ms.toFixed(2)} ms, the longest ${maxMs.toFixed(2)} ms`,
    }
  })
}

function stallVerdict({ calls, loop }: StagesRow, bare: StagesRow, missed: Missed): StagesVerdict {
  return {
    outcome: loop.stalls === 0 ? 'met' : missed,
    target: `stalls of the event loop at ${calls} calls: none above ${STALL_MS} ms`,
    found:
      `${loop.stalls}, the longest ${loop.longestMs.toFixed(1)} ms; ${loop.collections.stalls} collections were that long` +
      `; ${bare.loop.stalls} stalls with nobody listening`,
  }
}
