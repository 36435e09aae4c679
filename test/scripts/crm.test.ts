import { renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { countCall } from '../../src/business/contacts.ts'
import { openDatabase, whereIs } from '../../src/storage/database.ts'
import { openAfterCallDesk, runRows } from '../business/call-outcome/after-call-desk.ts'
import { CALLER, confirmed, said } from '../business/call-outcome/ledger.ts'
import { newSqlitePlace, silentLog } from '../fakes/databases.ts'
import { runScript } from './run-script.ts'

it('shows what is known of a contact, and says so when that is nothing', async () => {
  await using place = newSqlitePlace()
  const folder = dirname(place.location.file)
  {
    await using desk = await openAfterCallDesk({ ...place, [Symbol.asyncDispose]: async () => undefined })
    await desk.take()
    await desk.call([confirmed('name', 'Ada Byron'), said('I want to refinance my house.')])
    await runRows(desk, desk.messageTaken)
    await runRows(desk, desk.callEnded)
  }
  renameSync(place.location.file, join(folder, 'hearthline.sqlite'))
  const known = await crm(folder, '617 555 0123')
  expect(known).toContain(`${CALLER}  Ada Byron`)
  expect(known).toContain('Next: call back by Friday, November 20 at 11 AM Eastern')
  expect(known).toContain('name: Ada Byron (confirmed)')
  expect(known).toMatch(/call_1: message taken, reached message, 60\.0 s/)
  expect(known).toContain('Has not opted out.')
  expect(JSON.parse(await crm(folder, CALLER, '--json'))).toMatchObject({ calls: [{ callId: 'call_1' }] })
  expect(await crm(folder, '+14155550100')).toContain('Never called, as far as we keep it.')
  expect(await crm(folder, 'Ada')).toContain('Ada is no number.')
}, 60_000)

it('keeps who comes first, and an e-mail address, until the office takes it back', async () => {
  await using place = newSqlitePlace()
  const folder = dirname(place.location.file)
  {
    await using database = await openDatabase({
      ...whereIs({ databaseUrl: undefined, dataDir: folder }),
      log: silentLog,
    })
    await database.transaction().execute((transaction) => countCall(transaction, CALLER, 1_000))
  }
  expect(await crm(folder, CALLER, '--vip', 'on')).toContain(`${CALLER} comes first, from the next call on.`)
  expect(await crm(folder, '617 555 0123', '--email', 'ada@example.com')).toContain('is ada@example.com by e-mail')
  const known = await crm(folder, CALLER)
  expect(known).toContain('no name, comes first')
  expect(known).toContain('E-mail ada@example.com')
  expect(await crm(folder, CALLER, '--vip', 'off', '--email', 'none')).toContain('no e-mail address any more')
  const { contact } = JSON.parse(await crm(folder, CALLER, '--json'))
  expect(contact).toMatchObject({ vip: false, calls: 1 })
  expect(contact).not.toHaveProperty('email')
}, 60_000)

it('says what is wrong with what is to be kept, and keeps nothing of it', async () => {
  await using place = newSqlitePlace()
  const folder = dirname(place.location.file)
  expect(await crm(folder, CALLER, '--vip', 'yes')).toContain('--vip is yes; give on or off.')
  expect(await crm(folder, CALLER, '--email', 'ada@example')).toContain(
    '--email is ada@example; give an address such as',
  )
  expect(await crm(folder, CALLER, '--email', '')).toContain('--email is empty; give an address such as')
  expect(await crm(folder, CALLER, '--vip', 'on')).toContain('has never called, so nothing can be kept of it')
  expect(await crm(folder, CALLER)).toContain('Never called, as far as we keep it.')
}, 60_000)

function crm(folder: string, ...words: string[]): Promise<string> {
  return runScript('crm', { folder, words })
}
