import { expect, it } from 'vitest'
import { type ContactFact, callersToCallOn, factsOfContact, mergeFacts } from '../../src/business/contact-facts.ts'
import { describeOnEachDatabase } from '../fakes/databases.ts'

const CALLER = '+16175550123'
const fact = (key: string, value: string, at: number, confirmed = false): ContactFact => {
  return { key, value, confirmed, callId: `call_${at}`, at }
}

describeOnEachDatabase('facts of a contact', (newPlace) => {
  it('are the same in whatever order their calls are merged, and when they are merged again', async () => {
    await using place = await newPlace()
    const calls = [
      [fact('name', 'Eda', 1), fact('property state', 'TX', 1, true), fact('time wish', 'today', 1, true)],
      [fact('name', 'Ada', 2, true), fact('property state', 'FL', 2)],
      [fact('name', 'Aida', 3), fact('time wish', 'tomorrow', 3), fact('call-back number', '+16175550199', 3)],
    ]
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 0, 2, 2, 0, 1],
    ]) {
      await using database = await place.open()
      await database.deleteFrom('contact_facts').execute()
      for (const at of order) await database.transaction().execute((tx) => mergeFacts(tx, CALLER, calls[at]!))
      expect((await factsOfContact(database, CALLER)).map(({ key, value }) => [key, value])).toEqual([
        ['call-back number', '+16175550199'],
        ['name', 'Ada'],
        ['property state', 'TX'],
        ['time wish', 'tomorrow'],
      ])
      expect(await callersToCallOn(database, '+16175550199')).toEqual([CALLER])
    }
  })
})
