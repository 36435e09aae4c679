import type { Clock } from '../../lib/clock.ts'
import type { Database } from '../../storage/database.ts'
import { createContacts } from '../contacts.ts'
import { createMessages } from '../messages.ts'
import type { Text } from './texts.ts'

/**
 * Leaves a text that came with the office, as a message like any other: the job `message.taken` gives somebody the task
 * and tells them. The same text again changes nothing.
 */
export function createHandToOffice(database: Database, { clock }: { clock: Clock }): (text: Text) => Promise<void> {
  const messages = createMessages(database, { clock })
  const contacts = createContacts(database)
  return async ({ id, number, body }) => {
    await messages.take({
      // It was left in no call: the text stands in its place.
      callId: id,
      idempotencyKey: `text:${id}`,
      callerNumber: number,
      name: (await contacts.find(number))?.name,
      callbackNumber: undefined,
      text: body,
      urgency: 'normal',
    })
  }
}
