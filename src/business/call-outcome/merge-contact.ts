import type { Transaction } from '../../storage/database.ts'
import type { Tables } from '../../storage/tables.ts'
import { CALL_BACK_NUMBER, type ContactFact, factsOfContact, mergeFacts } from '../contact-facts.ts'
import { createContacts, normaliseNumber, noteContact } from '../contacts.ts'
import type { CallLook } from './look-at-call.ts'

/**
 * Merges what a call taught us into its contact. The name is the one they confirmed, else the newest they gave; language
 * and officer are those of the latest call, whichever call is merged last. A number that is no contact is left alone.
 */
export async function mergeContact(
  transaction: Transaction<Tables>,
  number: string,
  look: Pick<CallLook, 'call' | 'matter' | 'outcome'>,
): Promise<void> {
  const contact = await createContacts(transaction).find(number)
  if (!contact) return
  const changed = await mergeFacts(transaction, number, learnedOf(look))
  const isLatest = look.call.startedAt >= contact.lastCallAt
  const officerId = officerOf(look)
  await noteContact(transaction, {
    number,
    ...(changed.includes('name') && { name: await nameOf(transaction, number) }),
    ...(isLatest && { language: look.outcome.language }),
    ...((isLatest || contact.officerId === undefined) && { officerId }),
  })
}

/** What the ledger found, and what they gave with a message, where the whole call-back number is kept. */
function learnedOf({ call, matter, outcome }: Pick<CallLook, 'call' | 'matter' | 'outcome'>): ContactFact[] {
  const of = { callId: call.callId, at: call.startedAt }
  const facts = outcome.facts.map((fact) => ({ ...fact, ...of }))
  const stated = matter.messages.flatMap(({ name, callbackNumber }) => [
    { key: 'name', value: name },
    { key: CALL_BACK_NUMBER, value: normaliseNumber(callbackNumber) },
  ])
  const given = stated.flatMap(({ key, value }) =>
    value === undefined || facts.some((fact) => fact.key === key) ? [] : [{ key, value, confirmed: false, ...of }],
  )
  return [...facts, ...given]
}

async function nameOf(transaction: Transaction<Tables>, number: string): Promise<string | undefined> {
  return (await factsOfContact(transaction, number)).find(({ key }) => key === 'name')?.value
}

/** Whom they talked with, else whom they will talk with. */
function officerOf({ outcome: { transfer, appointment } }: Pick<CallLook, 'outcome'>): string | undefined {
  if (transfer?.outcome === 'bridged' && transfer.officerId !== undefined) return transfer.officerId
  return appointment?.status === 'booked' ? appointment.officerId : undefined
}
