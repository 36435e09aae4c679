import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { isWritable, openDatabase } from '../../src/storage/database.ts'
import { describeOnEachDatabase, silentLog } from '../fakes/databases.ts'

const contact = { number: '+16175550101', calls: 1, first_call_at: 1_795_186_800_000, last_call_at: 1_795_186_800_000 }

describeOnEachDatabase('the database', (newPlace) => {
  it('keeps its shape and its rows when it is opened again', async () => {
    await using place = await newPlace()
    {
      await using database = await place.open()
      await database.insertInto('contacts').values(contact).execute()
    }
    await using database = await place.open()
    expect(await database.selectFrom('contacts').selectAll().execute()).toMatchObject([{ ...contact, name: null }])
  })

  it('is brought to its shape once when several processes open it at the same time', async () => {
    await using place = await newPlace()
    const opened = await Promise.all([place.open(), place.open(), place.open()])
    for (const database of opened) expect(await database.selectFrom('outbox').selectAll().execute()).toEqual([])
    await Promise.all(opened.map((database) => database.destroy()))
  })

  it('gives times and counts back as numbers', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    await database.insertInto('contacts').values(contact).execute()
    const found = await database
      .selectFrom('contacts')
      .select(({ fn }) => ['last_call_at', fn.countAll<number>().over().as('count')])
      .executeTakeFirstOrThrow()
    expect(found).toEqual({ last_call_at: contact.last_call_at, count: 1 })
  })

  it('writes all of a transaction or nothing of it', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const failing = database.transaction().execute(async (transaction) => {
      await transaction.insertInto('contacts').values(contact).execute()
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    expect(await database.selectFrom('contacts').selectAll().execute()).toEqual([])
  })

  it('goes on after a statement that breaks a rule', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    await database.insertInto('contacts').values(contact).execute()
    await expect(database.insertInto('contacts').values(contact).execute()).rejects.toThrow(/unique/i)
    expect(await isWritable(database)).toBe(true)
  })

  it('refuses a ledger entry of a call that was never begun', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const orphan = { call_id: 'call_x', seq: 1, at_ms: 0, type: 'call.ended', data: '{}' }
    await expect(database.insertInto('ledger_entries').values(orphan).execute()).rejects.toThrow(/foreign key/i)
  })

  it('takes text with a NUL character in it', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    await database
      .insertInto('contacts')
      .values({ ...contact, name: 'A\0da' })
      .execute()
    const { name } = await database.selectFrom('contacts').select('name').executeTakeFirstOrThrow()
    expect(name?.replace('\0', '')).toBe('Ada')
  })

  it('refuses to run on a database that a newer version has changed', async () => {
    await using place = await newPlace()
    {
      await using database = await place.open()
      await sql`insert into kysely_migration (name, timestamp) values ('9999-future', '2030-01-01T00:00:00Z')`.execute(
        database,
      )
    }
    await expect(place.open()).rejects.toMatchObject({ code: 'database_migration_failed' })
  })

  it('is not writable once it is closed', async () => {
    await using place = await newPlace()
    const database = await place.open()
    expect(await isWritable(database)).toBe(true)
    await database.destroy()
    expect(await isWritable(database)).toBe(false)
  })
})

it.each([
  ['a file where no file can be', { file: '/dev/null/calls.db' }],
  ['a server that does not answer', { url: 'postgres://nobody:secret@127.0.0.1:1/none' }],
])('says what it could not open: %s', async (_, location) => {
  const failure: unknown = await openDatabase({ ...location, log: silentLog }).catch((error: unknown) => error)
  expect(failure).toMatchObject({ code: 'database_not_opened' })
  expect(String(failure)).not.toContain('secret')
})
