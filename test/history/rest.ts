import type { CalendarEvent } from '../../src/calendar/calendar.ts'
import type { History, Row } from './history.ts'

/** A run that has come to rest, as the checks see it. */
export interface Rest {
  readonly history: History
  readonly events: ReadonlyMap<string, CalendarEvent>
  /** Ids of what was written down for the office. */
  readonly messages: ReadonlySet<string>
  readonly taskKeys: ReadonlySet<string>
}

/** The rows of a table as they stand in the end. */
export function lastOf({ history }: Rest, table: string): Map<string, Row> {
  const last = new Map<string, Row>()
  for (const { after } of history.committed(table)) if (after) last.set(String(after.id), after)
  return last
}

/** What a provider was made to refuse for good: texts, calls and events, by their ids. */
export function lastingFaults({ history }: Rest): Set<string> {
  return new Set(history.of('fault').flatMap(({ isLasting, key }) => (isLasting ? [key] : [])))
}
