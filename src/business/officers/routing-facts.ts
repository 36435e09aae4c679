import { localTimeOf } from '../../lib/local-time.ts'
import type { Database } from '../../storage/database.ts'

/** From the first instant to before the last, in epoch ms. */
interface Day {
  readonly startsAt: number
  readonly endsAt: number
}

/** The local day an instant lies in: 23 to 25 hours (RELIABILITY 2.3). */
export function dayOf(atEpochMs: number, timeZone: string): Day {
  const start = localTimeOf(atEpochMs, timeZone).startOfDay()
  return { startsAt: start.epochMilliseconds, endsAt: start.add({ days: 1 }).startOfDay().epochMilliseconds }
}

/**
 * How much each officer has on their day: callers they were connected with, and appointments that stand. A slot that
 * is only held does not count, or it would keep its own caller from the officer.
 */
export async function loadsOf(database: Database, days: ReadonlyMap<string, Day>): Promise<Map<string, number>> {
  const ids = [...days.keys()]
  const from = Math.min(...[...days.values()].map(({ startsAt }) => startsAt))
  const to = Math.max(...[...days.values()].map(({ endsAt }) => endsAt))
  if (ids.length === 0) return new Map()
  const transfers = database
    .selectFrom('transfers')
    .select(['officer_id as id', 'bridged_at as at'])
    .where('officer_id', 'in', ids)
    .where('bridged_at', '>=', from)
    .where('bridged_at', '<', to)
  const appointments = database
    .selectFrom('appointments')
    .select(['officer_id as id', 'starts_at as at'])
    .where('officer_id', 'in', ids)
    .where('status', 'in', ['booked', 'confirming'])
    .where('starts_at', '>=', from)
    .where('starts_at', '<', to)
  const loads = new Map<string, number>()
  for (const { id, at } of [...(await transfers.execute()), ...(await appointments.execute())]) {
    const day = days.get(id ?? '')
    if (id === null || at === null || !day || at < day.startsAt || at >= day.endsAt) continue
    loads.set(id, (loads.get(id) ?? 0) + 1)
  }
  return loads
}

/** What a number has to do with the officers. */
export interface CallerTies {
  /** The office lets them come first. */
  readonly vip: boolean
  /** Officers who may be theirs, the likeliest first: whom the office gave them, then who last talked or met with them. */
  readonly officerIds: readonly string[]
}

export async function tiesOf(database: Database, number: string): Promise<CallerTies> {
  const contact = database.selectFrom('contacts').select(['officer_id', 'vip']).where('number', '=', number)
  const transfers = database
    .selectFrom('transfers')
    .innerJoin('calls', 'calls.id', 'transfers.call_id')
    .select(['transfers.officer_id as id', 'transfers.bridged_at as at'])
    .where('calls.from_number', '=', number)
    .where('transfers.bridged_at', 'is not', null)
    .orderBy('transfers.bridged_at', 'desc')
    .limit(1)
  const appointments = database
    .selectFrom('appointments')
    .select(['officer_id as id', 'created_at as at'])
    .where('contact_number', '=', number)
    .where('status', '=', 'booked')
    .orderBy('created_at', 'desc')
    .limit(1)
  const [given, ...met] = await Promise.all([
    contact.executeTakeFirst(),
    transfers.executeTakeFirst(),
    appointments.executeTakeFirst(),
  ])
  const lastMet = met
    .filter((meeting) => meeting !== undefined)
    .toSorted((one, other) => (other.at ?? 0) - (one.at ?? 0))
  const officerIds = [given?.officer_id, ...lastMet.map(({ id }) => id)].filter((id) => typeof id === 'string')
  return { vip: given?.vip === 1, officerIds }
}
