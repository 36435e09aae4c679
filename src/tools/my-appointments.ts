import { z } from 'zod'
import type { Tool } from './tool.ts'

/** What the tool needs of scheduling. */
export interface AppointmentList {
  /** What the number has to come, the soonest first. */
  ofContact(number: string): Promise<
    readonly {
      readonly id: string
      readonly status: string
      readonly officerName: string
      readonly words: string
    }[]
  >
}

const myAppointmentsArguments = z.strictObject({})

/** What the caller has to come, by the number they call from and nothing else. */
export function createMyAppointments(appointments: AppointmentList): Tool<z.output<typeof myAppointmentsArguments>> {
  return {
    name: 'my_appointments',
    description:
      "Tells the caller's coming appointments, with the ids that change_appointment and cancel_appointment need. It goes by the number they call from; nobody else's can be looked up.",
    arguments: myAppointmentsArguments,
    effect: 'reads',
    changes: true,
    timeoutMs: 3_000,
    async run(_args, { callerNumber }) {
      const coming = callerNumber === undefined ? [] : await appointments.ofContact(callerNumber)
      if (coming.length === 0) return { reply: { appointments: [], say: NONE } }
      const told = coming.map(({ id, words, officerName, status }) => ({
        appointment_id: id,
        when: words,
        officer: officerName,
        status: status === 'confirming' ? 'not confirmed yet' : status,
      }))
      return { reply: { appointments: told } }
    },
  }
}

const NONE =
  'That you find no appointment under the number they call from. If they made it from another, offer a message.'
