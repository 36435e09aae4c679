import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { syncOfficers } from '../../src/business/officers/officers.ts'
import { createFeedTokens } from '../../src/calendar/feed-tokens.ts'
import { loadBusinessConfig } from '../../src/config/load.ts'
import { openDatabase, whereIs } from '../../src/storage/database.ts'
import { silentLog } from '../fakes/databases.ts'
import { runScript } from './run-script.ts'

const ROOT = new URL('../../', import.meta.url).pathname

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'officers-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function officers(...words: string[]): Promise<string> {
  const env = { PUBLIC_URL: 'https://phone.example.com', TWILIO_AUTH_TOKEN: 'token' }
  return runScript('officers', { folder, words, env })
}

async function startOffice(): Promise<void> {
  await using database = await openDatabase({ ...whereIs({ databaseUrl: undefined, dataDir: folder }), log: silentLog })
  await syncOfficers(database, loadBusinessConfig({ CONFIG_DIR: join(ROOT, 'config') }).officers)
}

it('lists who is there, and keeps who is away from callers', async () => {
  expect(await officers()).toContain('Nobody.')
  await startOffice()
  expect(await officers('away', 'marisol-reyes', '2199-12-24T15:30')).toContain('not offered before 2199-12-24 15:30')
  expect(await officers()).toMatch(
    /marisol-reyes +Marisol Reyes +away until 2199-12-24 15:30 \(America\/New_York\) +0 of 6/,
  )
  expect(await officers('why', '+14155550123', '--state', 'FL')).toMatch(/- +marisol-reyes +- +away/)
  await officers('here', 'marisol-reyes')
  expect(await officers()).toMatch(/marisol-reyes +Marisol Reyes +here +0 of 6/)
}, 60_000)

it('tells the address of each officer’s calendar feed', async () => {
  await startOffice()
  const token = createFeedTokens(['token']).of('dana-lee')
  expect(await officers('feeds')).toMatch(
    new RegExp(`dana-lee +https://phone\\.example\\.com/calendars/dana-lee/${token}\\.ics\n`),
  )
}, 60_000)

it('says what is wrong with what it was told', async () => {
  await startOffice()
  expect(await officers('away', 'marisol')).toContain('There are: dana-lee, huy-tran, marisol-reyes.')
  expect(await officers('away', 'dana-lee', '2020-01-01')).toContain('has passed in America/New_York')
  expect(await officers('away', 'dana-lee', 'tomorrow')).toContain('tomorrow is no time')
  expect(await officers('why', 'nobody')).toContain('nobody is no number')
  expect(await officers('why', '+14155550123', '--state', 'Ontario')).toContain('Ontario is no state')
  expect(await officers('here')).toContain('npm run -s officers -- here <id>')
}, 60_000)
