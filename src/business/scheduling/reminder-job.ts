import { z } from 'zod'
import type { Job, JobEnd } from '../../jobs/job.ts'
import { nextOpen } from '../open-time.ts'
import { textOf } from './appointment-steps.ts'
import { appointmentById } from './appointments.ts'
import { REMIND_TOPIC } from './reminders.ts'
import type { SchedulingParts } from './scheduling-parts.ts'
import { textPlacesOf } from './text-hours.ts'

const reminderPayload = z.strictObject({ appointmentId: z.string(), minutesBefore: z.number() })

/**
 * Reminds of an appointment by text, if it still stands when its time has come: a cancelled or moved one is passed
 * over, and so is a reminder that comes so late that the next one is due.
 */
export function createReminderJob(parts: SchedulingParts): Job<z.output<typeof reminderPayload>> {
  const { database, clock, settings } = parts
  const isOvertaken = (startsAt: number, minutesBefore: number, now: number) =>
    [...settings.reminderMinutes, 0].some((later) => later < minutesBefore && startsAt - later * MINUTE_MS <= now)

  return {
    topic: REMIND_TOPIC,
    payload: reminderPayload,
    async run({ appointmentId, minutesBefore }): Promise<JobEnd> {
      const now = clock.now()
      const standing = await appointmentById(database, appointmentId)
      const entry = standing && (await parts.officers.find(standing.officerId))
      if (standing?.status !== 'booked' || !entry || isOvertaken(standing.startsAt, minutesBefore, now)) return 'done'
      const open = nextOpen(now, textPlacesOf(standing, settings.reminderHours))
      if (open === undefined || open > now) return open === undefined ? 'done' : { later: open }
      await database.transaction().execute(async (transaction) => {
        const appointment = await appointmentById(transaction, appointmentId)
        if (appointment?.status !== 'booked') return
        const key = `reminder:${appointmentId}:${minutesBefore}`
        await parts.tell(
          transaction,
          textOf(appointment, { key, template: 'reminder', officer: entry.officer, at: now }),
        )
      })
      return 'done'
    },
  }
}

const MINUTE_MS = 60_000
