import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { openCallLog } from '../../src/business/call-log.ts'
import { systemClock } from '../../src/lib/clock.ts'
import { newSqlitePlace, silentLog } from '../fakes/databases.ts'

const program = fileURLToPath(new URL('./append-until-killed.ts', import.meta.url))

it('has every acknowledged entry after kill -9 (RELIABILITY I3)', async () => {
  await using place = newSqlitePlace()
  const acknowledged = await killAfterAcknowledging(place.location.file, 100)
  await using database = await place.open()
  await using callLog = openCallLog(database, { clock: systemClock, log: silentLog })
  const [left, ...others] = await callLog.unfinished()
  expect(others).toEqual([])
  const kept = new Set((left && (await callLog.find(left.carrierCallId)))?.entries.map(({ seq }) => seq))
  expect(acknowledged.filter((seq) => !kept.has(seq))).toEqual([])
  expect(acknowledged.length).toBeGreaterThanOrEqual(100)
})

async function killAfterAcknowledging(file: string, count: number): Promise<number[]> {
  const child = spawn(process.execPath, [program, file], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const acknowledged: number[] = []
  for await (const line of createInterface(child.stdout)) {
    acknowledged.push(Number(line))
    if (acknowledged.length === count) child.kill('SIGKILL')
  }
  await exited
  return acknowledged
}
