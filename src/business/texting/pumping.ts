import type { Database } from '../../storage/database.ts'

/** How many distinct numbers that begin alike may be texted in how long (RELIABILITY S10). */
export interface PumpingLimit {
  readonly numbers: number
  readonly minutes: number
}

/**
 * Swindlers own blocks of numbers and earn on each text one gets. Gives the beginning that has had its share, and when
 * to look again (epoch ms); undefined: the number may be texted. One that was texted in that time anyway does not count
 * again.
 */
export async function busyPrefix(
  database: Database,
  number: string,
  { numbers: limit, minutes, now }: PumpingLimit & { readonly now: number },
): Promise<{ readonly prefix: string; readonly numbers: number; readonly until: number } | undefined> {
  const prefix = number.slice(0, -4)
  const windowMs = minutes * 60_000
  const texted = await database
    .selectFrom('texts')
    .select(({ fn }) => ['number', fn.max('sent_at').as('last_at')])
    .where('sent_at', '>', now - windowMs)
    .where('direction', '=', 'out')
    .where('number', 'like', `${prefix}%`)
    .groupBy('number')
    .execute()
  if (texted.length < limit || texted.some((one) => one.number === number)) return undefined
  const oldestAt = Math.min(...texted.map(({ last_at }) => Number(last_at)))
  return { prefix, numbers: texted.length, until: oldestAt + windowMs + 1 }
}
