import type { Database, Transaction } from '../storage/database.ts'
import type { Tables } from '../storage/tables.ts'
import { outcomesOfContact } from './call-outcomes.ts'
import { isOptedOut } from './consent/opt-outs.ts'
import { noteContact } from './contacts.ts'
import { type ContactState, nextActionOf } from './next-action.ts'
import { comingOfNumber } from './scheduling/appointments.ts'
import { tasksOfContact } from './tasks.ts'

/** The time it is, in epoch ms, and the zone of the office. */
interface Moment {
  readonly now: number
  readonly timeZone: string
}

const TASKS_LOOKED_AT = 50

/** How it stands with a number (E.164), read now. */
export async function contactStateOf(
  database: Database,
  number: string,
  { now, timeZone }: Moment,
): Promise<ContactState> {
  const tasks = await tasksOfContact(database, number, { limit: TASKS_LOOKED_AT })
  const [last] = await outcomesOfContact(database, number, { limit: 1 })
  return {
    optedOut: await isOptedOut(database, number),
    tasks: tasks.filter(({ doneAt }) => doneAt === undefined),
    appointments: await comingOfNumber(database, number, now),
    followUp: last?.outcome.followUp,
    timeZone,
  }
}

/** Writes the next best action to the contact, within the transaction of what changed it. */
export async function renewNextAction(transaction: Transaction<Tables>, number: string, moment: Moment): Promise<void> {
  const nextAction = nextActionOf(await contactStateOf(transaction, number, moment))
  await noteContact(transaction, { number, nextAction })
}
