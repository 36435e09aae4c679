/**
 * Run as a process: `book-until-killed.ts <database file> <effects file> <started at> <writes>` takes calls that book
 * and cancel, and carries out what follows from them. Texts and calendar events are lines in the effects file, which
 * stands for the providers. At its so-manieth write it is killed with SIGKILL, in the midst of it; 0: it takes no calls
 * and ends when nothing is due any more.
 *
 * Prints `booked <appointment>` and the like once the caller would hear it.
 */
import { appendFileSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import type { KyselyPlugin } from 'kysely'
import { createOutbox } from '../../src/business/outbox.ts'
import { type Clock, createClock } from '../../src/lib/clock.ts'
import { createId } from '../../src/lib/ids.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { silentLog } from '../fakes/databases.ts'
import { Life } from './life.ts'
import { CALLERS } from './sim-office.ts'
import { type SimProcess, startProcess } from './sim-process.ts'
import { recordOfEnd } from './world.ts'

const [, , file = '', effects = '', startedAt = '', writes = ''] = process.argv

/** Faster than life, so that the leases of a killed one are soon over, and one time for all of them. */
const SPEED = 200
const now = () => Number(startedAt) + (Date.now() - Number(startedAt)) * SPEED
const clock: Clock = { ...createClock(SPEED), now }

const killedAt = Number(writes)
const real = await openDatabase({ file, log: silentLog })
const database = killedAt === 0 ? real : real.withPlugin(killAtWrite(killedAt))
const life = new Life({ name: 'child', endsAt: () => false, onPoint: () => {}, onDeath: () => {} })
const child = startProcess({ life, database, clock, carrier: { textsFor, callsFor }, calendar: { for: calendarFor } })

if (killedAt === 0) await workUntilIdle()
else await Promise.all(CALLERS.slice(0, 4).map(({ number, timeZone }) => callForEver(child, number, timeZone)))

async function callForEver({ calls, scheduling }: SimProcess, number: string, timeZone: string): Promise<never> {
  for (;;) {
    const callId = createId('call')
    const call = { callId, carrierCallId: `CA${callId}`, from: number, to: '+16175550100', agent: 'a', engine: 'e' }
    await calls.begin({ ...call, startedAt: now() })
    const holder = { callId, number, turn: 1, language: 'en-US', name: 'Ada' }
    const offered = await scheduling.offer({ callerNumber: number, language: 'en-US', timeZone })
    const [slot] = 'slots' in offered ? offered.slots : []
    if (slot && (await scheduling.hold(slot.id, holder)).held) {
      const booking = await scheduling.book(slot.id, { ...holder, turn: 2 })
      if ('appointment' in booking) print(booking.booked ? 'booked' : booking.reason, booking.appointment.id)
    }
    if (Math.random() < 0.3) await cancelOne(scheduling, number)
    await calls.end(recordOfEnd(callId, now()))
  }
}

async function cancelOne(scheduling: SimProcess['scheduling'], number: string): Promise<void> {
  const [own] = await scheduling.ofContact(number)
  if (!own) return
  print('cancels', own.id)
  const ended = await scheduling.cancel(own.id, { number, because: 'by phone' })
  if (ended.cancelled) print('cancelled', own.id)
}

async function workUntilIdle(): Promise<void> {
  const outbox = createOutbox(real, { clock })
  const isIdle = async () =>
    (await outbox.pending({ limit: 1000 })).every(({ topic }) => topic === 'appointment.remind')
  while (!(await isIdle())) await delay(20)
  process.exit(0)
}

function killAtWrite(write: number): KyselyPlugin {
  let count = 0
  return {
    transformQuery({ node }) {
      if (node.kind !== 'SelectQueryNode') count += 1
      // At once, before it is written, or a moment later: while it is, or when it has been.
      const kill = () => process.kill(process.pid, 'SIGKILL')
      if (count === write) Math.random() < 0.3 ? kill() : setTimeout(kill, Math.random() * 4)
      return node
    },
    transformResult: async ({ result }) => result,
  }
}

function textsFor(): ReturnType<Parameters<typeof startProcess>[0]['carrier']['textsFor']> {
  return {
    async send({ to, body, statusCallbackUrl }) {
      const textId = new URL(statusCallbackUrl).searchParams.get('text')
      appendFileSync(effects, `${JSON.stringify({ text: textId, to, body })}\n`)
      await delay(1)
      return { sid: `SM${textId}`, status: 'queued' }
    },
    async findSent({ to, body, except }) {
      const sent = effectLines().filter((line) => line.text && line.to === to && line.body?.endsWith(body))
      const found = sent.map(({ text }) => `SM${text}`).find((sid) => !except.includes(sid))
      return found === undefined ? undefined : { sid: found, status: 'sent' }
    },
  }
}

function callsFor(): never {
  return { place: noCalls, find: noCalls, statusOf: noCalls } as never
}

async function noCalls(): Promise<never> {
  throw new Error('nobody is called here')
}

function calendarFor(): ReturnType<Parameters<typeof startProcess>[0]['calendar']['for']> {
  const isThere = (eventId: string) => effectLines().findLast(({ event }) => event === eventId)?.isPut === true
  return {
    name: 'google',
    busy: async () => new Map(),
    async put({ eventId }) {
      if (!isThere(eventId)) appendFileSync(effects, `${JSON.stringify({ event: eventId, isPut: true })}\n`)
      await delay(1)
      return 'written'
    },
    async remove({ eventId }) {
      if (isThere(eventId)) appendFileSync(effects, `${JSON.stringify({ event: eventId, isPut: false })}\n`)
      await delay(1)
    },
  }
}

interface EffectLine {
  readonly text?: string
  readonly to?: string
  readonly body?: string
  readonly event?: string
  readonly isPut?: boolean
}

function effectLines(): EffectLine[] {
  return readFileSync(effects, 'utf8')
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
}

function print(what: string, id: string): void {
  process.stdout.write(`${what} ${id}\n`)
}
