import type { Entry } from './history.ts'
import { lastOf, type Rest } from './rest.ts'
import { CALLERS } from './sim-office.ts'

/** [I4] */
export function ranksOnlyRise({ history }: Rest): string[] {
  const breaches: string[] = []
  const look = (table: string, word: string, rank: string, finalRank: number, allowed: string) => {
    for (const { before, after } of history.committed(table)) {
      if (!before || !after) continue
      const from = `${before[word]} (${before[rank]})`
      const to = `${after[word]} (${after[rank]})`
      if (Number(after[rank]) < Number(before[rank]))
        breaches.push(`I4: ${table} ${after.id} fell from ${from} to ${to}`)
      const isChanged = Number(before[rank]) >= finalRank && before[word] !== after[word] && after[word] !== allowed
      if (isChanged) breaches.push(`I4: ${table} ${after.id} was over with ${from} and became ${to}`)
    }
  }
  look('texts', 'status', 'status_rank', 6, 'read')
  look('outbound_calls', 'state', 'state_rank', 4, '')
  look('transfer_legs', 'status', 'status_rank', 4, '')
  return breaches
}

/** [I6] */
export function nothingCrosses(rest: Rest): string[] {
  const appointments = lastOf(rest, 'appointments')
  const texts = lastOf(rest, 'texts')
  const wrongText = [...texts.values()].filter(
    ({ appointment_id, number, purpose }) =>
      // An officer is told whose time it is.
      purpose !== 'officer brief' &&
      appointment_id !== null &&
      appointments.get(String(appointment_id))?.contact_number !== number,
  )
  const wrongWay = rest.history
    .of('effect')
    .filter(({ what, effect }) => what === 'text' && texts.get(String(effect.textId))?.number !== effect.to)
  const moved = [...appointments.values()].filter(
    ({ replaces, contact_number, status }) =>
      replaces !== null && status === 'booked' && appointments.get(String(replaces))?.contact_number !== contact_number,
  )
  return [
    ...wrongText.map(({ id }) => `I6: text ${id} tells of the appointment of another`),
    ...wrongWay.map(({ effect }) => `I6: text ${effect.textId} went to ${effect.to}`),
    ...moved.map(({ id, replaces }) => `I6: ${id} took the place of ${replaces}, which is another's`),
  ]
}

/** [I7] */
export function optOutsHold(rest: Rest): string[] {
  const since = new Map<string, number>()
  const clearedAt = new Map<string, number>()
  const purposes = new Map([...lastOf(rest, 'texts').values()].map(({ id, purpose }) => [String(id), String(purpose)]))
  return rest.history.entries.flatMap((entry) => {
    if (entry.type === 'committed') noteForOptOuts(entry, since, clearedAt)
    if (entry.type === 'spoken' && since.has(entry.number))
      return [`I7: ${entry.number} was spoken to after their opt-out`]
    if (entry.type !== 'effect' || (entry.what !== 'text' && entry.what !== 'call')) return []
    const optedOutAt = since.get(String(entry.effect.to))
    if (optedOutAt === undefined) return []
    const id = String(entry.effect.textId ?? entry.effect.outboundId)
    // It was on its way when the opt-out came: what counts is the last look, in the transaction right before.
    const cleared = clearedAt.get(id) ?? Number.NEGATIVE_INFINITY
    if (cleared <= optedOutAt && entry.at - cleared <= IN_FLIGHT_MS) return []
    const purpose = purposes.get(id)
    if (purpose === 'help') return []
    if (purpose === 'opt-out confirmation' && entry.at - optedOutAt <= ANSWER_TO_STOP_MS + IN_FLIGHT_MS) return []
    return [`I7: ${entry.what} ${id} (${purpose}) left for ${entry.effect.to} after their opt-out`]
  })
}

/** [C6, F26] Calls ring and are spoken to in their hours; a reminder is put on its way in them. */
export function hoursHold({ history }: Rest): string[] {
  return history.entries.flatMap((entry) => {
    const [what, number] = boundByHours(entry)
    if (number === undefined || isOpen(number, entry.at)) return []
    // Between the last look and the ring lies what a request takes.
    if (entry.type === 'effect' && isOpen(number, entry.at - IN_FLIGHT_MS)) return []
    return [`C6: ${what} ${number} at ${localOf(number, entry.at).said}`]
  })
}

/** Between the last look and the request lies no time in which a clock goes on by more than this. */
const IN_FLIGHT_MS = 1_000
const ANSWER_TO_STOP_MS = 5 * 60_000

function noteForOptOuts(
  entry: Extract<Entry, { type: 'committed' }>,
  since: Map<string, number>,
  clearedAt: Map<string, number>,
) {
  const { table, before, after, at } = entry
  if (table === 'opt_outs' && after) since.set(String(after.number), at)
  if (table === 'opt_outs' && before && !after) since.delete(String(before.number))
  const asked = table === 'texts' ? 'sent_at' : 'placed_at'
  if ((table === 'texts' || table === 'outbound_calls') && after && after[asked] !== before?.[asked])
    clearedAt.set(String(after.id), at)
}

function boundByHours(entry: Entry): [what: string, number: string | undefined] {
  if (entry.type === 'spoken') return ['spoke to', entry.number]
  if (entry.type === 'effect' && entry.what === 'call') return ['rang', String(entry.effect.to)]
  const isNewText = entry.type === 'committed' && entry.table === 'texts' && entry.before === null
  if (isNewText && entry.after?.purpose === 'reminder') return ['reminded', String(entry.after.number)]
  return ['', undefined]
}

function isOpen(number: string, at: number): boolean {
  const { hour, isSunday } = localOf(number, at)
  return hour >= (isSunday ? 12 : 9) && hour < 20
}

function localOf(number: string, at: number) {
  const timeZone = CALLERS.find((caller) => caller.number === number)?.timeZone ?? 'America/New_York'
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      weekday: 'short',
      hour: 'numeric',
      minute: '2-digit',
      hourCycle: 'h23',
    })
  formats.set(timeZone, format)
  const said = format.format(at)
  const [, weekday = '', hour = ''] = /^(\w+),? (\d+)/.exec(said) ?? []
  return { hour: Number(hour), isSunday: weekday === 'Sun', said: `${said} in ${timeZone}` }
}

const formats = new Map<string, Intl.DateTimeFormat>()
