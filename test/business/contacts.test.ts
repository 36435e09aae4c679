import { describe, expect, it } from 'vitest'
import { countCall, createContacts, normaliseNumber } from '../../src/business/contacts.ts'
import type { Database } from '../../src/storage/database.ts'
import { describeOnEachDatabase } from '../fakes/databases.ts'

describe('a telephone number', () => {
  it.each([
    ['+16175550123', '+16175550123'],
    ['(617) 555-0123', '+16175550123'],
    ['1 617 555 0123', '+16175550123'],
    ['+44 20 7946 0958', '+442079460958'],
  ])('%s is known as %s', (given, normalised) => {
    expect(normaliseNumber(given)).toBe(normalised)
  })

  it.each([
    undefined,
    '',
    'anonymous',
    'client:ada',
    'sip:+16175550123@example.com',
    'Restricted',
    // "ANONYMOUS" and "RESTRICTED" on a keypad, as some carriers send them.
    '+266696687',
    '+7378742833',
    '40404',
    'call me at 617 555 0123',
  ])('%s is none', (given) => {
    expect(normaliseNumber(given)).toBeUndefined()
  })
})

describeOnEachDatabase('contacts', (newPlace) => {
  it('count the calls of a number, in whatever order they end', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    for (const at of [2_000.4, 3_000, 1_000]) await count(database, '(617) 555-0123', at)
    const expected = { number: '+16175550123', calls: 3, firstCallAt: 1_000, lastCallAt: 3_000, vip: false }
    expect(await createContacts(database).find('+16175550123')).toEqual(expected)
  })

  it('do not lose a count when calls of one number end at the same moment', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    await Promise.all(Array.from({ length: 20 }, (_, n) => count(database, '+16175550123', n)))
    expect(await createContacts(database).find('+16175550123')).toMatchObject({
      calls: 20,
      firstCallAt: 0,
      lastCallAt: 19,
    })
  })

  it('know nobody by a withheld number', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    await count(database, 'anonymous', 1_000)
    await count(database, undefined, 1_000)
    expect(await database.selectFrom('contacts').selectAll().execute()).toEqual([])
    expect(await createContacts(database).find('anonymous')).toBeUndefined()
  })

  it('remember a name and keep it when the number calls again', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const contacts = createContacts(database)
    await count(database, '+16175550123', 1_000)
    await contacts.rename('617-555-0123', 'Ada')
    await count(database, '+16175550123', 2_000)
    expect(await contacts.find('+16175550123')).toMatchObject({ name: 'Ada', calls: 2 })
  })

  it('keep what the office says of them, and forget it again', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const contacts = createContacts(database)
    await count(database, '+16175550123', 1_000)
    const said = [
      await contacts.setVip('617-555-0123', true),
      await contacts.setEmail('617-555-0123', 'ada@example.com'),
    ]
    expect(said).toEqual([true, true])
    await count(database, '+16175550123', 2_000)
    expect(await contacts.find('+16175550123')).toMatchObject({ vip: true, email: 'ada@example.com', calls: 2 })
    await contacts.setVip('+16175550123', false)
    await contacts.setEmail('+16175550123', undefined)
    expect(await contacts.find('+16175550123')).toMatchObject({ vip: false, email: undefined })
  })

  it('keep nothing of a number that never called', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const contacts = createContacts(database)
    expect(await contacts.setVip('+16175550123', true)).toBe(false)
    expect(await contacts.setEmail('anonymous', 'ada@example.com')).toBe(false)
    expect(await database.selectFrom('contacts').selectAll().execute()).toEqual([])
  })
})

async function count(database: Database, number: string | undefined, at: number): Promise<void> {
  await database.transaction().execute((transaction) => countCall(transaction, number, at))
}
