import type { Transaction } from '../../storage/database.ts'
import type { Tables } from '../../storage/tables.ts'
import { lastOpen, nextOpen } from '../open-time.ts'
import { addToOutbox } from '../outbox.ts'
import type { Appointment } from './appointments.ts'
import type { SchedulingParts } from './scheduling-parts.ts'
import { type TextHours, textPlacesOf } from './text-hours.ts'

export const REMIND_TOPIC = 'appointment.remind'

/** Puts the reminders of a booked appointment on their way; those whose time is over are left out. */
export async function scheduleReminders(
  transaction: Transaction<Tables>,
  { settings }: Pick<SchedulingParts, 'settings'>,
  { appointment, now }: { appointment: Appointment; now: number },
): Promise<void> {
  for (const minutesBefore of new Set(settings.reminderMinutes)) {
    const notBefore = reminderAt(appointment, { minutesBefore, now, hours: settings.reminderHours })
    if (notBefore === undefined) continue
    await addToOutbox(transaction, {
      topic: REMIND_TOPIC,
      key: `${REMIND_TOPIC}:${appointment.id}:${minutesBefore}`,
      payload: { appointmentId: appointment.id, minutesBefore },
      at: now,
      notBefore,
    })
  }
}

const MINUTE_MS = 60_000
/** A reminder later than this before the appointment is of no use to anybody. */
const LEAST_MS = 15 * MINUTE_MS
/** A text that has to be tried again must not leave after hours. */
const SPARE_MS = 30 * MINUTE_MS

/**
 * So many minutes before, or when texts may next be sent; where that would be too late, the evening before. Undefined
 * when the time for it is over.
 */
function reminderAt(
  appointment: Appointment,
  { minutesBefore, now, hours }: { minutesBefore: number; now: number; hours: TextHours },
): number | undefined {
  const places = textPlacesOf(appointment, hours)
  const due = appointment.startsAt - minutesBefore * MINUTE_MS
  if (due <= now) return undefined
  const next = nextOpen(due, places)
  if (next !== undefined && next <= appointment.startsAt - LEAST_MS) return next
  const last = lastOpen(due, places, SPARE_MS)
  return last !== undefined && last > now ? last : undefined
}
