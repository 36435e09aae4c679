import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { OfferedSlot } from '../../../src/business/scheduling/offers.ts'
import { type Clock, systemClock } from '../../../src/lib/clock.ts'
import { describeOnEachDatabase } from '../../fakes/databases.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { caller, holdAndBook, openDesk, type SchedulingDesk } from './scheduling-desk.ts'

const NOW = Date.parse('2026-11-20T10:00-05:00')
const CALLERS = 200
/** The calendar stands still, while waits for the database are real. */
const NOON: Clock = {
  now: () => NOW,
  monotonicMs: () => systemClock.monotonicMs(),
  after: (delayMs, callback) => systemClock.after(delayMs, callback),
  every: (periodMs, callback) => systemClock.every(periodMs, callback),
}

describeOnEachDatabase('scheduling in a rush', (newPlace) => {
  it('gives one time to one of 200 callers who all want it, and the others two other times', async () => {
    await using desk = await openDesk(await newPlace(), { clock: NOON })
    const [slot] = await desk.offer()
    const numbers = Array.from({ length: CALLERS }, (_, n) => `+1617555${String(1000 + n)}`)
    const ends = await Promise.all(
      numbers.map((number, n) => holdAndBook(desk.scheduling, slot.id, caller(`call_${n}`, { number }))),
    )
    const refused = ends.filter((end) => !end.booked)
    expect(ends.length - refused.length).toBe(1)
    for (const end of refused) {
      expect(end).toMatchObject({ reason: 'taken' })
      const next = 'next' in end ? end.next : []
      expect(next.map(({ startsAt }) => startsAt)).not.toContain(slot.startsAt)
      expect(next).toHaveLength(2)
    }
    expect(await bookedOf(desk, slot.officerId)).toHaveLength(1)
  }, 60_000)

  it('gives it to one of 200 who hold nothing but chose it by text', async () => {
    await using desk = await openDesk(await newPlace(), { clock: NOON })
    const [slot] = await desk.offer()
    const ends = await Promise.all(
      Array.from({ length: CALLERS }, (_, n) =>
        desk.scheduling.bookWritten(slot.id, { number: `+1617555${1000 + n}`, language: 'en-US', key: `text:${n}` }),
      ),
    )
    expect(ends.filter(({ booked }) => booked)).toHaveLength(1)
    expect(desk.texts.size).toBe(1)
  }, 60_000)

  it('never books two appointments of an officer that overlap, whatever is done in whatever order', async () => {
    const clock = new FakeClock(NOW)
    await using desk = await openDesk(await newPlace(), { clock, settings: { gridMinutes: 15, noticeMinutes: 0 } })
    const slots = await slotsOf(desk)
    const run = async (steps: Action[][]) => {
      for (const table of ['appointments', 'outbox'] as const) await desk.database.deleteFrom(table).execute()
      for (const actions of steps) {
        // Those of one step happen at the same moment.
        await Promise.all(actions.map((action) => perform(desk, { clock, slots, action })))
        expectNoOverlap(await bookedOf(desk, 'dana-lee'))
      }
    }
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), run), { numRuns: 15 })
  }, 120_000)
})

interface Action {
  readonly kind: 'hold' | 'book' | 'hold and book' | 'cancel' | 'move' | 'keep' | 'book kept' | 'wait'
  /** Which of four calls, and which of the times. */
  readonly call: number
  readonly slot: number
}

const step = fc.array(
  fc.record<Action>({
    kind: fc.constantFrom('hold', 'book', 'hold and book', 'cancel', 'move', 'keep', 'book kept', 'wait'),
    call: fc.nat(3),
    slot: fc.nat(5),
  }),
  { minLength: 1, maxLength: 3 },
)

let turn = 1

async function perform(
  { scheduling }: SchedulingDesk,
  { clock, slots, action }: { clock: FakeClock; slots: readonly OfferedSlot[]; action: Action },
): Promise<unknown> {
  turn += 1
  const callId = `call_${action.call}`
  const number = `+1617555020${action.call}`
  const holder = caller(callId, { number, turn })
  const slotId = slots[action.slot]?.id ?? ''
  const [own] = await scheduling.ofContact(number)
  switch (action.kind) {
    case 'hold':
      return await scheduling.hold(slotId, holder)
    case 'book':
      return await scheduling.book(slotId, holder)
    case 'hold and book':
      return await holdAndBook(scheduling, slotId, holder)
    case 'cancel':
      return await scheduling.cancel(own?.id ?? '', { number, because: 'asked by voice' })
    case 'move':
      return await holdAndBook(scheduling, slotId, { ...holder, ...(own && { replaces: own.id }) })
    case 'keep':
      return await scheduling.keepHold(callId)
    case 'book kept': {
      const [hold] = await scheduling.holdsOfCall(callId)
      return await scheduling.bookKept(hold?.id ?? '', number)
    }
    case 'wait':
      return clock.advance(2 * 60_000)
  }
}

/** Six times of Dana's a quarter of an hour apart: each overlaps its neighbours. */
async function slotsOf(desk: SchedulingDesk): Promise<OfferedSlot[]> {
  const found: OfferedSlot[] = []
  while (found.length < 6) {
    const except = found.map(({ id }) => id)
    found.push(...(await desk.offer({ officerId: 'dana-lee', date: '2026-11-24', until: '10:30', except })))
  }
  return found
}

async function bookedOf(desk: SchedulingDesk, officerId: string) {
  const rows = desk.database.selectFrom('appointments').select(['starts_at', 'ends_at']).where('status', '=', 'booked')
  return await rows.where('officer_id', '=', officerId).orderBy('starts_at').execute()
}

function expectNoOverlap(booked: readonly { starts_at: number; ends_at: number }[]): void {
  booked.slice(1).forEach((later, n) => {
    expect(later.starts_at).toBeGreaterThanOrEqual(booked[n]?.ends_at ?? 0)
  })
}
