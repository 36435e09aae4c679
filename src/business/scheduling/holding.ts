import type { Transaction } from '../../storage/database.ts'
import type { Tables } from '../../storage/tables.ts'
import type { Officer } from '../officers/officer.ts'
import { workingTimeOf } from '../officers/officer-hours.ts'
import { offerByText } from '../texting/text-offers.ts'
import { isOpenFor, textOf } from './appointment-steps.ts'
import { type AppointmentTold, type Refused, tell } from './appointment-told.ts'
import {
  type Appointment,
  appointmentById,
  appointmentsOfCall,
  changeAppointment,
  countOfNumber,
  keepHeld,
  lapseHolds,
  type NewHold,
} from './appointments.ts'
import { isWithinHours } from './free-slots.ts'
import { timesNear } from './offers.ts'
import { withOfficerLocked } from './officer-lock.ts'
import type { SchedulingParts } from './scheduling-parts.ts'
import { parseSlotId, type Slot } from './slot.ts'
import { slotWords } from './slot-words.ts'

/** Who holds a time. All of it comes from the call, none from the model, but for name and subject. */
export interface Holder {
  readonly callId: string
  /** E.164. */
  readonly number: string
  /** Counts what the caller said: it has to have risen between the read-back and the booking. */
  readonly turn: number
  readonly language: string
  readonly name?: string | undefined
  readonly subject?: string | undefined
  /** Id of the appointment of theirs that is to be moved to this time. */
  readonly replaces?: string | undefined
}

export type Held = { readonly held: true; readonly appointment: AppointmentTold } | ({ readonly held: false } & Refused)

/** A slot that may still be had, and its officer. */
export interface Place {
  readonly slot: Slot
  readonly officer: Officer
}

export async function holdSlot(parts: SchedulingParts, slotId: string, holder: Holder): Promise<Held> {
  const place = await placeOf(parts, slotId)
  if (!place) return { held: false, reason: 'no such time', next: [] }
  const { slot, officer } = place
  const held = await withOfficerLocked(parts, officer, async (transaction, isActive) =>
    isActive ? await holdInCall(transaction, parts, { ...place, holder }) : 'taken',
  )
  if (typeof held !== 'string') return { held: true, appointment: tell(held, officer) }
  return { held: false, reason: held, next: held === 'taken' ? await timesNear(parts, slot, holder.language) : [] }
}

/** Undefined for an id that is none of ours, and for a time that is over or outside the hours by now. */
export async function placeOf(
  { officers, office, clock }: SchedulingParts,
  slotId: string,
): Promise<Place | undefined> {
  const slot = parseSlotId(slotId)
  const entry = slot && (await officers.find(slot.officerId))
  if (!slot || !entry || slot.startsAt <= clock.now()) return undefined
  return isWithinHours(slot, workingTimeOf(entry.officer, office)) ? { slot, officer: entry.officer } : undefined
}

/** Writes a hold of an open time, within a transaction that has locked its officer. */
export async function holdOpen(
  transaction: Transaction<Tables>,
  parts: SchedulingParts,
  { slot, officer, hold }: Place & { hold: Omit<NewHold, keyof Slot> },
): Promise<Appointment | 'taken' | 'enough' | 'nothing to move'> {
  const { replaces, number } = hold
  if (replaces !== undefined && !(await isMovable(transaction, replaces, number))) return 'nothing to move'
  const now = parts.clock.now()
  if ((await countOfNumber(transaction, number, { replaces, now })) >= parts.settings.mostOfNumber) return 'enough'
  if (!(await isOpenFor(transaction, parts, { ...slot, officer, replaces }))) return 'taken'
  const { officerId, startsAt, endsAt, timeZone } = slot
  const whole = { ...hold, officerId, startsAt, endsAt, timeZone }
  return (await keepHeld(transaction, whole, now)) ?? 'taken'
}

/** Whether the number has this appointment still. */
export async function isMovable(transaction: Transaction<Tables>, id: string, number: string): Promise<boolean> {
  const appointment = await appointmentById(transaction, id)
  return appointment?.number === number && (appointment.status === 'booked' || appointment.status === 'confirming')
}

/** Keeps what a call that has ended still holds, and asks its caller by text; false when it holds nothing. */
export async function keepHoldByText(parts: SchedulingParts, callId: string): Promise<boolean> {
  const now = parts.clock.now()
  const [hold] = await appointmentsOfCall(parts.database, callId, ['held'])
  const entry = hold && (await parts.officers.find(hold.officerId))
  if (!hold || !entry || (hold.heldUntil ?? 0) <= now) return false
  const heldUntil = now + parts.settings.keptHoldMinutes * MINUTE_MS
  return await withOfficerLocked(parts, entry.officer, async (transaction) => {
    const { id } = hold
    const kept = await changeAppointment(transaction, { id, from: ['held'], to: { heldUntil }, now })
    if (!kept) return false
    const { number, language, startsAt } = kept
    const told = slotWords(startsAt, kept)
    await offerByText(transaction, {
      number,
      kind: 'keep hold',
      options: [{ id, told }],
      language,
      expiresAt: heldUntil,
      at: now,
    })
    const text = { key: `keep hold:${id}`, template: 'keep hold', officer: entry.officer, at: now } as const
    await parts.tell(transaction, textOf(kept, text))
    return true
  })
}

const MINUTE_MS = 60_000

async function holdInCall(
  transaction: Transaction<Tables>,
  parts: SchedulingParts,
  { slot, officer, holder }: Place & { holder: Holder },
): Promise<Appointment | 'taken' | 'enough' | 'nothing to move'> {
  const now = parts.clock.now()
  const { callId, turn } = holder
  const heldUntil = now + parts.settings.holdMinutes * MINUTE_MS
  const own = await appointmentsOfCall(transaction, callId, ['held', 'booked', 'confirming'])
  const same = own.find((one) => isSame(one, slot, holder) && (one.status !== 'held' || (one.heldUntil ?? 0) > now))
  if (same && same.status !== 'held') return same
  const because = 'the call holds another time'
  await lapseHolds(transaction, { callId, ...(same && { except: same.id }), because, now })
  // Read back already: asked for again it stays as it was, with its turn.
  const again = same && (await changeAppointment(transaction, { id: same.id, from: ['held'], to: { heldUntil }, now }))
  if (again) return again
  const key = ['hold', callId, turn, slot.officerId, slot.startsAt, holder.replaces ?? ''].join(':')
  const hold = {
    key,
    callId,
    number: holder.number,
    name: holder.name,
    language: holder.language,
    subject: holder.subject,
    replaces: holder.replaces,
    heldUntil,
    heldTurn: turn,
  }
  return await holdOpen(transaction, parts, { slot, officer, hold })
}

function isSame(own: Appointment, slot: Slot, { replaces, number }: Holder): boolean {
  const isSameTime = own.officerId === slot.officerId && own.startsAt === slot.startsAt && own.endsAt === slot.endsAt
  return isSameTime && own.replaces === replaces && own.number === number
}
