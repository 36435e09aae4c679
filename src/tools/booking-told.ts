import { type TimeRefused, tellRefusal } from './times-told.ts'

/** What scheduling made of a request to book or to move. */
export type BookingMade =
  | { readonly booked: true; readonly appointment: AppointmentMade }
  /** It stands, and is booked only once the officer's calendar has answered. */
  | { readonly booked: false; readonly reason: 'confirming'; readonly appointment: AppointmentMade }
  | ({ readonly booked: false } & TimeRefused)

export interface AppointmentMade {
  readonly id: string
  readonly officerName: string
  readonly words: string
}

/** Whether a text reaches the caller: texting is on, and they have not asked for none. */
export interface TextReach {
  reaches(number: string): Promise<boolean>
}

/** What the model may claim of it (RELIABILITY I3, F12). `done`: the key that says so, `booked` or `moved`. */
export function tellBooking(
  made: BookingMade,
  { done, textReaches }: { done: 'booked' | 'moved'; textReaches: boolean },
): Record<string, unknown> {
  if (!('appointment' in made)) return { [done]: false, ...tellRefusal(made) }
  const { id, words, officerName } = made.appointment
  const text = textReaches ? 'will be sent' : 'cannot be sent'
  if (made.booked) return { [done]: true, appointment_id: id, when: words, officer: officerName, text }
  const promise = textReaches ? 'you will get a text to confirm' : 'somebody will confirm it'
  const say = `I have noted ${words}; ${promise}.`
  return { [done]: false, reason: 'confirming', when: words, officer: officerName, text, say }
}
