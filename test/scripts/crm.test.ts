import { execFile } from 'node:child_process'
import { renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { openAfterCallDesk, runRows } from '../business/call-outcome/after-call-desk.ts'
import { CALLER, confirmed, said } from '../business/call-outcome/ledger.ts'
import { newSqlitePlace } from '../fakes/databases.ts'

const ROOT = new URL('../../', import.meta.url).pathname

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

async function crm(folder: string, ...words: string[]): Promise<string> {
  const env = { ...process.env, DATA_DIR: folder, DATABASE_URL: '', REDIS_URL: '' }
  const run = promisify(execFile)('node', [join(ROOT, 'scripts/crm.ts'), ...words], { cwd: ROOT, env })
  return await run.then(
    ({ stdout }) => stdout,
    ({ stderr }: { stderr: string }) => stderr,
  )
}
