import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { addToOutbox, createOutbox } from '../../src/business/outbox.ts'
import { systemClock } from '../../src/lib/clock.ts'
import type { Database } from '../../src/storage/database.ts'
import { newSqlitePlace } from '../fakes/databases.ts'

const program = fileURLToPath(new URL('./work-until-killed.ts', import.meta.url))
const KILLS = 24
const CALLS = ['a', 'b', 'c', 'd', 'e', 'f']
const ROWS_OF_A_CALL = 40

it('has every effect exactly once, in the order of its call, after kill -9 at 24 moments (RELIABILITY F7)', async () => {
  await using place = newSqlitePlace()
  const effects = `${place.location.file}.effects`
  writeFileSync(effects, '')
  await using database = await place.open()
  await fill(database)
  const outbox = createOutbox(database, { clock: systemClock })
  const files = [place.location.file, effects] as const
  let lookedUp = 0
  for (let kill = 1; kill <= KILLS; kill += 1) lookedUp += await workUntilKilled(files)
  const isIdle = async () => (await outbox.pending({ limit: 1 })).length === 0
  expect(await isIdle()).toBe(false)
  lookedUp += await workUntil(isIdle, files)
  const had = readFileSync(effects, 'utf8').trim().split('\n')
  for (const call of CALLS) expect(had.filter((key) => key.startsWith(call))).toEqual(keysOf(call))
  expect(await outbox.deadLetters({ limit: 10 })).toEqual([])
  // Or no kill came between an effect and its mark, and the test has shown nothing.
  expect(lookedUp).toBeGreaterThan(0)
}, 120_000)

type Files = readonly [database: string, effects: string]

/** Kills it after some effects, at once or a little later. Gives how many effects it looked up and found. */
async function workUntilKilled(files: Files): Promise<number> {
  const enough = 1 + Math.floor(Math.random() * 6)
  const restMs = Math.random() * 12
  let effects = 0
  return await work(files, (line, kill) => {
    if (line.startsWith('had')) effects += 1
    if (effects === enough) setTimeout(kill, restMs)
  })
}

async function workUntil(isSo: () => Promise<boolean>, files: Files): Promise<number> {
  let looking = false
  return await work(files, async (_line, kill) => {
    if (looking) return
    looking = true
    while (!(await isSo())) await delay(20)
    kill()
  })
}

async function work(files: Files, onLine: (line: string, kill: () => void) => unknown): Promise<number> {
  const child = spawn(process.execPath, [program, ...files], { stdio: ['ignore', 'pipe', 'inherit'], timeout: 40_000 })
  const exited = once(child, 'exit')
  let found = 0
  for await (const line of createInterface(child.stdout)) {
    if (line.startsWith('found')) found += 1
    // Not waited for: what it printed meanwhile is read until its end.
    void onLine(line, () => child.kill('SIGKILL'))
  }
  await exited
  return found
}

function keysOf(call: string): string[] {
  return Array.from({ length: ROWS_OF_A_CALL }, (_, n) => `${call}${n + 1}`)
}

async function fill(database: Database): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    for (const callId of CALLS) {
      for (const key of keysOf(callId))
        await addToOutbox(transaction, { topic: 'test', key, payload: {}, callId, at: 0 })
    }
  })
}
