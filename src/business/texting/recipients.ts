import type { Database } from '../../storage/database.ts'
import { createContacts } from '../contacts.ts'
import { isOfficersPhone } from '../officers/officers.ts'

/**
 * Whether we may text a number at all: somebody who rang or texted us from it, or an officer. No tool, model or record
 * can name another (RELIABILITY S8, S12).
 */
export async function isRecipient(database: Database, number: string): Promise<boolean> {
  const known = await Promise.all([
    createContacts(database).find(number),
    // Somebody who rings for the first time is a contact once their call is over.
    database.selectFrom('calls').select('id').where('from_number', '=', number).limit(1).executeTakeFirst(),
    receivedFrom(database, number),
  ])
  return known.some((row) => row !== undefined) || (await isOfficersPhone(database, number))
}

function receivedFrom(database: Database, number: string) {
  const received = database.selectFrom('texts').select('id').where('number', '=', number)
  return received.where('direction', '=', 'in').limit(1).executeTakeFirst()
}
