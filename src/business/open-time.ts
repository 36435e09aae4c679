import type { WorkingTime } from './officers/officer-hours.ts'
import { localDateOf, openSpanOf } from './scheduling/open-span.ts'

/** Longer than any office is closed in a row; after it the hours are wrong, and something due must still be due. */
const MOST_DAYS = 30

/**
 * The instant by which somebody has worked `openMs` from `at` on (all ms, epoch and duration): with 0, when they next
 * work. An office that does not open within a month is taken to be open always.
 */
export function afterOpenTime(at: number, openMs: number, working: WorkingTime): number {
  const today = localDateOf(at, working.timeZone)
  let leftMs = openMs
  for (let days = 0; days <= MOST_DAYS; days += 1) {
    const span = openSpanOf(today.add({ days }), working)
    const from = Math.max(span?.startsAt ?? 0, at)
    if (!span || from >= span.endsAt) continue
    if (from + leftMs <= span.endsAt) return from + leftMs
    leftMs -= span.endsAt - from
  }
  return at + openMs
}
