import type { Row } from './history.ts'
import { lastOf, type Rest } from './rest.ts'

/** [I3] What somebody was told is so, and stays so. */
export function toldIsTrue(rest: Rest): string[] {
  const status = new Map<string, string>()
  const optedOut = new Set<string>()
  const kept = keysOf(rest, 'texts')
  return rest.history.entries.flatMap((entry) => {
    if (entry.type === 'committed' && entry.table === 'appointments')
      status.set(String(entry.after?.id), String(entry.after?.status))
    if (entry.type === 'committed' && entry.table === 'opt_outs' && entry.after)
      optedOut.add(String(entry.after.number))
    if (entry.type !== 'told') return []
    const { what, number, about = '' } = entry
    const stands = status.get(about) ?? ''
    const isTrue: Readonly<Record<string, boolean>> = {
      booked: stands === 'booked' || stands === 'cancelled',
      cancelled: stands === 'cancelled',
      'opted out': optedOut.has(number),
      'message taken': rest.messages.has(about),
      'call back noted': rest.taskKeys.has(`call back:${about}`),
      'text taken': kept.has(`received:${about}`),
      'STOP taken': kept.has(`received:${about}`) && optedOut.has(number),
    }
    return isTrue[what] === false ? [`I3: ${number} was told: ${what} ${about}, which is not so (${stands})`] : []
  })
}

/** [I3] Who has an appointment has it in writing. */
export function bookedIsWritten(rest: Rest): string[] {
  const texted = keysOf(rest, 'texts')
  return rest.history.committed('appointments').flatMap(({ before, after }) => {
    if (after?.status !== 'booked' || before?.status === 'booked') return []
    const isWritten = texted.has(`confirmation:${after.id}`) || texted.has(`change:${after.id}`)
    return isWritten ? [] : [`I3: ${after.id} was booked without a text`]
  })
}

/** [F12] Whoever was told that we shall confirm hears from us, one way or the other. */
export function confirmingEnds(rest: Rest): string[] {
  const texted = keysOf(rest, 'texts')
  const told = new Map(rest.history.of('told').map(({ what, about = '' }) => [about, what] as const))
  return [...lastOf(rest, 'appointments')].flatMap(([id, row]) => {
    const { status, ended_because: because } = row
    if (status === 'confirming') return [`F12: ${id} is confirming for ever`]
    if (status === 'lapsed' && told.get(id) === 'booked') return [`I3: ${id} was told as booked and lapsed`]
    const isLost = status === 'cancelled' && BY_THE_CALENDAR.has(String(because))
    const isSilent = isLost && told.get(id) === 'confirming' && !texted.has(`choose again:${id}`)
    return isSilent ? [`F12: nobody heard that ${id} could not be booked`] : []
  })
}

/** [I3, I6] What stood is taken back by whom it belongs to, and by nobody else. */
export function cancelledByTheirOwners({ history }: Rest): string[] {
  const asked = new Set<string>()
  const moved = new Map<string, string>()
  return history.entries.flatMap((entry) => {
    if (entry.type === 'input' && entry.what === 'cancels') asked.add(`${entry.number} by phone ${entry.about}`)
    if (entry.type === 'input' && entry.what === 'texts') asked.add(`${entry.number} by text`)
    if (entry.type !== 'committed' || entry.table !== 'appointments' || !entry.after) return []
    const { id, status, contact_number: number, ended_because: because, replaces } = entry.after
    if (status === 'booked' && replaces !== null) moved.set(String(replaces), String(number))
    if (status !== 'cancelled' || entry.before?.status === 'cancelled') return []
    const isTheirs =
      (because === 'by phone' && asked.has(`${number} by phone ${id}`)) ||
      (because === 'cancelled by text' && asked.has(`${number} by text`)) ||
      (because === 'moved' && moved.get(String(id)) === number) ||
      (entry.before?.status === 'confirming' && BY_THE_CALENDAR.has(String(because)))
    return isTheirs ? [] : [`I6: ${id} of ${number} was cancelled (${because}) and its owner did not ask for it`]
  })
}

/** [F13] */
export function nobodyOverlaps({ history }: Rest): string[] {
  const all = new Map<string, Row>()
  return history.committed('appointments').flatMap(({ after, at }) => {
    if (!after) return []
    all.set(String(after.id), after)
    if (!stands(after, at)) return []
    const others = [...all.values()].filter(
      (one) => one.id !== after.id && one.officer_id === after.officer_id && stands(one, at),
    )
    const overlaps = others.filter(
      (one) => Number(one.starts_at) < Number(after.ends_at) && Number(after.starts_at) < Number(one.ends_at),
    )
    // Both sides of a move are one transaction: the old one's end comes a row later.
    return overlaps
      .filter((one) => one.id !== after.replaces)
      .map((one) => `F13: ${after.id} (${after.status}) stands in the time of ${one.id} (${one.status})`)
  })
}

/** What an appointment that waits for its calendar may come to. */
const BY_THE_CALENDAR: ReadonlySet<string> = new Set(['taken', 'too late', 'no answer'])

function keysOf(rest: Rest, table: string): Set<string> {
  return new Set([...lastOf(rest, table).values()].map(({ idempotency_key }) => String(idempotency_key)))
}

function stands({ status, held_until }: Row, at: number): boolean {
  return status === 'booked' || status === 'confirming' || (status === 'held' && Number(held_until) > at)
}
