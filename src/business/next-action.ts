import type { CallOutcome } from './call-outcome/call-outcome.ts'
import type { Appointment } from './scheduling/appointments.ts'
import { slotWords } from './scheduling/slot-words.ts'
import type { Task } from './tasks.ts'

/** How it stands between the office and a contact. */
export interface ContactState {
  readonly optedOut: boolean
  /** Not done yet, in any order. */
  readonly tasks: readonly Pick<Task, 'kind' | 'dueAt'>[]
  /** To come, in any order. */
  readonly appointments: readonly Pick<Appointment, 'status' | 'startsAt'>[]
  /** Of their last call. */
  readonly followUp: CallOutcome['followUp']
  /** Of the office. */
  readonly timeZone: string
}

/** The next best action, in short English: `call back by Tuesday, November 24 at 10 AM Eastern`, `none`. */
export function nextActionOf({ optedOut, tasks, appointments, followUp, timeZone }: ContactState): string {
  const tell = (at: number) => slotWords(at, { timeZone, language: 'en-US' })
  const [task] = tasks.toSorted((one, other) => one.dueAt - other.dueAt)
  const [coming] = appointments.toSorted((one, other) => one.startsAt - other.startsAt)
  // Whatever was promised before: nobody calls or texts them (RELIABILITY I7).
  if (optedOut) return 'do not call or text'
  if (task) return `${task.kind} by ${tell(task.dueAt)}`
  if (coming?.status === 'confirming') return `confirm appointment of ${tell(coming.startsAt)}`
  if (coming) return `appointment on ${tell(coming.startsAt)}`
  return followUp === undefined ? 'none' : `see to it: ${followUp}`
}
