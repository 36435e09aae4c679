import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { syncOfficers } from '../../src/business/officers/officers.ts'
import { newSqlitePlace } from '../fakes/databases.ts'
import { Chance } from './chance.ts'
import { OFFICERS_FILE } from './sim-office.ts'

const program = fileURLToPath(new URL('./book-until-killed.ts', import.meta.url))
const KILLS = 30
const MOST_WRITES = 160

it('keeps every booking that was told, with its text and its event once, after kill -9 at 30 writes (RELIABILITY F7)', async () => {
  await using place = newSqlitePlace()
  const effects = `${place.location.file}.effects`
  writeFileSync(effects, '')
  await using database = await place.open()
  await syncOfficers(database, OFFICERS_FILE)
  const seed = Date.now()
  const chance = new Chance(seed)
  const told: string[] = []
  const run = (writes: number) => work([place.location.file, effects, String(seed), String(writes)])
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const { lines, signal } = await run(chance.int(1, MOST_WRITES))
    expect(signal).toBe('SIGKILL')
    told.push(...lines)
  }
  expect((await run(0)).signal).toBe(null)

  const appointments = await database.selectFrom('appointments').selectAll().execute()
  const texts = await database.selectFrom('texts').selectAll().execute()
  const had = readFileSync(effects, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const statusOf = new Map(appointments.map(({ id, status }) => [id, status]))
  const cancelling = new Set(told.filter((line) => line.startsWith('cancels')).map((line) => line.split(' ')[1]))
  const booked = told.filter((line) => /^(booked|confirming) /.test(line)).map((line) => line.split(' ')[1] ?? '')
  const cancelled = told.filter((line) => line.startsWith('cancelled')).map((line) => line.split(' ')[1] ?? '')
  expect(booked.length).toBeGreaterThan(KILLS)
  expect(booked.filter((id) => statusOf.get(id) !== 'booked' && !cancelling.has(id))).toEqual([])
  expect(cancelled.filter((id) => statusOf.get(id) !== 'cancelled')).toEqual([])

  const standing = appointments.filter(({ status }) => status === 'booked')
  const sentTimes = (key: string) => {
    const id = texts.find(({ idempotency_key }) => idempotency_key === key)?.id
    return had.filter(({ text }) => text === id).length
  }
  expect(standing.filter(({ id }) => sentTimes(`confirmation:${id}`) !== 1)).toEqual([])
  expect(texts.filter(({ id }) => had.filter(({ text }) => text === id).length !== 1)).toEqual([])
  const isInCalendar = (eventId: string) => had.findLast(({ event }) => event === eventId)?.isPut === true
  const isDue = (one: (typeof appointments)[number]) => one.status === 'booked' && one.officer_id === 'dana-lee'
  expect(appointments.filter((one) => isInCalendar(one.event_id) !== isDue(one))).toEqual([])
  const times = standing.map(({ officer_id, starts_at }) => `${officer_id} ${starts_at}`)
  expect(new Set(times).size).toBe(times.length)
}, 180_000)

async function work(parameters: readonly string[]): Promise<{ lines: string[]; signal: NodeJS.Signals | null }> {
  const child = spawn(process.execPath, [program, ...parameters], {
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 60_000,
  })
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
  const lines: string[] = []
  for await (const line of createInterface(child.stdout)) lines.push(line)
  const [, signal] = await exited
  return { lines, signal }
}
