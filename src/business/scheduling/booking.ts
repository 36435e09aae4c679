import { orLate } from '../../lib/patience.ts'
import type { Transaction } from '../../storage/database.ts'
import type { Tables } from '../../storage/tables.ts'
import { bookHold, isOpenFor, PATIENCE_MS, putKeyOf } from './appointment-steps.ts'
import { type AppointmentTold, type Refused, tell } from './appointment-told.ts'
import {
  type Appointment,
  appointmentById,
  appointmentByKey,
  appointmentsOfCall,
  changeAppointment,
} from './appointments.ts'
import { type Holder, holdOpen, isMovable, type Place, placeOf } from './holding.ts'
import { timesNear } from './offers.ts'
import { withOfficerLocked } from './officer-lock.ts'
import type { SchedulingParts } from './scheduling-parts.ts'

export type Booking =
  | { readonly booked: true; readonly appointment: AppointmentTold }
  | { readonly booked: false; readonly reason: 'confirming'; readonly appointment: AppointmentTold }
  | ({ readonly booked: false } & Refused)

/** A time chosen by text. */
export interface WrittenChoice {
  /** E.164. */
  readonly number: string
  readonly language: string
  /** Names the answer: the same one books once. */
  readonly key: string
  readonly name?: string | undefined
  /** Id of the appointment that is to be moved to this time. */
  readonly replaces?: string | undefined
}

/** Books the time that the call holds and that its caller has said yes to. */
export async function bookSlot(
  parts: SchedulingParts,
  slotId: string,
  {
    callId,
    turn,
    language,
    signal,
  }: Pick<Holder, 'callId' | 'turn' | 'language'> & { signal: AbortSignal | undefined },
): Promise<Booking> {
  const place = await placeOf(parts, slotId)
  if (!place) return { booked: false, reason: 'no such time', next: [] }
  return await bookFound(parts, { ...place, language, signal }, async (transaction) => {
    const own = await appointmentsOfCall(transaction, callId, ['held', 'booked', 'confirming'])
    const found = own.find((one) => one.officerId === place.slot.officerId && one.startsAt === place.slot.startsAt)
    if (!found) return 'no hold'
    const wasReadBack = found.heldTurn !== undefined && turn > found.heldTurn
    return found.status === 'held' && !wasReadBack ? 'not confirmed' : found
  })
}

/** Books a hold that was kept for the number. */
export async function bookKept(parts: SchedulingParts, appointmentId: string, number: string): Promise<Booking> {
  const kept = await appointmentById(parts.database, appointmentId)
  const entry = kept && (await parts.officers.find(kept.officerId))
  if (!kept || !entry || kept.number !== number) return { booked: false, reason: 'no hold', next: [] }
  if (kept.startsAt <= parts.clock.now()) return { booked: false, reason: 'no such time', next: [] }
  const { officerId, startsAt, endsAt, timeZone, language } = kept
  const slot = { officerId, startsAt, endsAt, timeZone, state: undefined }
  const place = { slot, officer: entry.officer, language }
  return await bookFound(parts, place, async (transaction) => {
    const found = await appointmentById(transaction, appointmentId)
    return found && ['held', 'booked', 'confirming'].includes(found.status) ? found : 'no hold'
  })
}

/** Books a time that was offered in writing: whoever answers has read it. */
export async function bookWritten(parts: SchedulingParts, slotId: string, chosen: WrittenChoice): Promise<Booking> {
  const place = await placeOf(parts, slotId)
  if (!place) return { booked: false, reason: 'no such time', next: [] }
  const { number, language, key, name, replaces } = chosen
  const hold = { callId: undefined, subject: undefined, heldUntil: undefined, heldTurn: undefined }
  return await bookFound(parts, { ...place, language }, async (transaction) => {
    const before = await appointmentByKey(transaction, key)
    if (before) return before
    return await holdOpen(transaction, parts, { ...place, hold: { ...hold, key, number, language, name, replaces } })
  })
}

interface Attempt extends Place {
  /** Of the other times, should this one be lost. */
  readonly language: string
  readonly signal?: AbortSignal | undefined
}

/** Books the hold that `find` gives, if its time can still be had; what is booked or waits already is given as it is. */
async function bookFound(
  parts: SchedulingParts,
  attempt: Attempt,
  find: (transaction: Transaction<Tables>) => Promise<Appointment | Refused['reason']>,
): Promise<Booking> {
  const { slot, officer } = attempt
  const result = await withOfficerLocked(parts, officer, async (transaction, isActive) => {
    const found = await find(transaction)
    if (typeof found === 'string' || found.status === 'booked' || found.status === 'confirming') return found
    const { id: self, replaces } = found
    if (found.status !== 'held' || !isActive) return 'taken'
    if (replaces !== undefined && !(await isMovable(transaction, replaces, found.number))) return 'nothing to move'
    if (!(await isOpenFor(transaction, parts, { ...slot, officer, self, replaces }))) return 'taken'
    return await bookHold(transaction, parts, { hold: found, officer })
  })
  if (typeof result === 'string') return await refusal(parts, result, attempt)
  if (result.status === 'confirming') return await answerOf(parts, result, attempt)
  return { booked: true, appointment: tell(result, officer) }
}

/** Waits for the calendar as long as a caller can; what it says later is told by text. */
async function answerOf(parts: SchedulingParts, { id }: Appointment, attempt: Attempt): Promise<Booking> {
  const { clock } = parts
  const { officer, signal } = attempt
  // However the job ends, the appointment says what has come of it.
  const asked = parts.runNow(putKeyOf(id)).catch(() => undefined)
  await orLate(asked, { clock, ms: PATIENCE_MS, signal })
  const settled = await withOfficerLocked(parts, officer, async (transaction) => {
    // From here on nobody waits: the job sees this, or we see what it has done.
    const to = { heldUntil: undefined }
    await changeAppointment(transaction, { id, from: ['confirming'], to, now: clock.now() })
    return await appointmentById(transaction, id)
  })
  if (settled?.status === 'booked') return { booked: true, appointment: tell(settled, officer) }
  if (settled?.status !== 'confirming') return await refusal(parts, 'taken', attempt)
  return { booked: false, reason: 'confirming', appointment: tell(settled, officer) }
}

async function refusal(
  parts: SchedulingParts,
  reason: Refused['reason'],
  { slot, language }: Attempt,
): Promise<Booking> {
  return { booked: false, reason, next: reason === 'taken' ? await timesNear(parts, slot, language) : [] }
}
