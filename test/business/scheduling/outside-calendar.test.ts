import { expect, it } from 'vitest'
import { createCalendarJob } from '../../../src/business/scheduling/calendar-job.ts'
import { offerOf } from '../../../src/business/texting/text-offers.ts'
import type { Calendar, CalendarEvent, Span } from '../../../src/calendar/calendar.ts'
import type { Job } from '../../../src/jobs/job.ts'
import { JobRunner } from '../../../src/jobs/job-runner.ts'
import { A_DAY_OF_TRIES } from '../../../src/jobs/retry-schedule.ts'
import { HearthlineError } from '../../../src/lib/errors.ts'
import { describeOnEachDatabase, silentLog } from '../../fakes/databases.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { ADA, caller, holdAndBook, openDesk, type SchedulingDesk } from './scheduling-desk.ts'

const NOW = Date.parse('2026-11-20T10:00-05:00')

describeOnEachDatabase('appointments of officers with a calendar outside', (newPlace) => {
  it('are booked once they stand there, under an id that stays the same', async () => {
    const calendar = new FakeCalendar()
    await using desk = await openDesk(await newPlace(), { calendar })
    const [slot] = await desk.offer()
    expect(await holdAndBook(desk.scheduling, slot.id, caller('call_1'))).toMatchObject({
      booked: true,
      appointment: { status: 'booked', calendarState: 'written' },
    })
    expect([...calendar.events.values()]).toMatchObject([
      { calendarId: 'dana@example.com', startsAt: slot.startsAt, title: 'Call with Ada', timeZone: 'America/New_York' },
    ])
    for (const id of calendar.events.keys()) expect(id).toMatch(/^[a-v0-9]{5,1024}$/)
  })

  it('are not offered while the calendar shows the officer busy, nor of a calendar that cannot be read', async () => {
    const calendar = new FakeCalendar()
    await using desk = await openDesk(await newPlace(), { calendar })
    const wish = { callerNumber: ADA, language: 'en-US', officerId: 'dana-lee' }
    const [slot] = await desk.offer(wish)
    calendar.busySpans = [slot]
    const [other] = await desk.offer(wish)
    expect(other.startsAt).toBeGreaterThan(slot.startsAt)
    calendar.failing = new HearthlineError('calendar.unreachable', 'no answer', { retryable: true })
    expect(await desk.scheduling.offer(wish)).toEqual({ none: 'calendar unreachable' })
    // Sam has no calendar outside.
    const [ofSam] = await desk.offer()
    expect(ofSam.officerName).toBe('Sam Roy')
  })

  it('are refused with two others when the calendar says that something stands there', async () => {
    const calendar = new FakeCalendar()
    await using desk = await openDesk(await newPlace(), { calendar })
    const [slot] = await desk.offer()
    calendar.answer = 'taken'
    expect(await holdAndBook(desk.scheduling, slot.id, caller('call_1'))).toMatchObject({
      booked: false,
      reason: 'taken',
      next: [{}, {}],
    })
    expect(await desk.scheduling.ofContact(ADA)).toEqual([])
    // They have heard it on the line.
    expect([desk.texts.size, desk.tasks.size]).toEqual([0, 0])
  })

  it('are only noted while the calendar does not answer, and texted about when it does', async () => {
    const clock = new FakeClock(NOW)
    const calendar = new FakeCalendar()
    await using desk = await openDesk(await newPlace(), { calendar, clock, runNow: () => new Promise(() => {}) })
    const [slot] = await desk.offer()
    expect(await patiently(clock, holdAndBook(desk.scheduling, slot.id, caller('call_1')))).toMatchObject({
      booked: false,
      reason: 'confirming',
      appointment: { status: 'confirming' },
    })
    expect(desk.texts.size).toBe(0)
    expect(await desk.scheduling.hold(slot.id, caller('call_2'))).toMatchObject({ reason: 'taken' })
    await desk.work()
    expect([...desk.texts.values()]).toMatchObject([{ template: 'confirmation' }])
    expect(await desk.scheduling.ofContact(ADA)).toMatchObject([{ status: 'booked' }])
  })

  it('are asked about again by text when the calendar refuses them after the caller was gone', async () => {
    const clock = new FakeClock(NOW)
    const calendar = new FakeCalendar()
    await using desk = await openDesk(await newPlace(), {
      calendar,
      clock,
      runNow: () => Promise.reject(new Error('no')),
    })
    const [slot] = await desk.offer()
    await holdAndBook(desk.scheduling, slot.id, caller('call_1'))
    calendar.answer = 'taken'
    await desk.work()
    expect([...desk.texts.values()]).toMatchObject([{ template: 'choose again', number: ADA }])
    expect([...desk.tasks.values()]).toMatchObject([{ kind: 'call back', officerId: 'dana-lee' }])
    const offer = await offerOf(desk.database, ADA, clock.now())
    expect(offer).toMatchObject({ kind: 'choose time', options: [{}, {}] })
    calendar.answer = 'written'
    const written = desk.scheduling.bookWritten(offer?.options[0]?.id ?? '', {
      number: ADA,
      language: 'en-US',
      key: 'SM1',
    })
    expect(await written).toMatchObject({ reason: 'confirming' })
  })

  it('are written once though the answer was lost, and given to the office when it goes on', async () => {
    const clock = new FakeClock(NOW)
    const calendar = new FakeCalendar()
    await using desk = await openDesk(await newPlace(), {
      calendar,
      clock,
      runNow: () => Promise.reject(new Error('no')),
    })
    const [slot] = await desk.offer()
    calendar.failing = new HearthlineError('calendar.unreachable', 'the answer was lost', { retryable: true })
    expect(await holdAndBook(desk.scheduling, slot.id, caller('call_1'))).toMatchObject({ reason: 'confirming' })
    for (const tasks of [0, 0, 1]) {
      await expect(desk.work()).rejects.toThrow('the answer was lost')
      expect(desk.tasks.size).toBe(tasks)
      clock.advance(30_000)
    }
    calendar.failing = undefined
    await desk.work()
    expect(calendar.events.size).toBe(1)
    expect([...desk.texts.values()]).toMatchObject([{ template: 'confirmation' }])
    // Nobody has to look into it any more.
    expect(desk.tasks.size).toBe(0)
  })

  it('are taken back after an hour and a half without an answer, and chosen again by text', async () => {
    const clock = new FakeClock(NOW)
    const calendar = new FakeCalendar()
    const runNow = () => Promise.reject(new Error('no'))
    await using desk = await openDesk(await newPlace(), { calendar, clock, runNow })
    const [, slot] = await desk.offer()
    calendar.failing = new HearthlineError('calendar.unreachable', 'the answer was lost', { retryable: true })
    await holdAndBook(desk.scheduling, slot.id, caller('call_1'))
    for (let tries = 1; tries < 8; tries += 1) {
      await expect(desk.work()).rejects.toThrow('the answer was lost')
      clock.advance(30_000)
    }
    expect(await desk.scheduling.ofContact(ADA)).toMatchObject([{ status: 'confirming' }])
    await desk.work()
    expect(await desk.scheduling.ofContact(ADA)).toEqual([])
    expect([...desk.texts.values()]).toMatchObject([{ template: 'choose again', number: ADA }])
    expect([...desk.tasks.values()]).toMatchObject([{ kind: 'call back', officerId: 'dana-lee' }])
    // The time can be had again, and what came to stand in the calendar unseen goes away.
    expect(await desk.scheduling.hold(slot.id, caller('call_2'))).toMatchObject({ held: true })
    calendar.failing = undefined
    await desk.work()
    expect(calendar.events.size).toBe(0)
  })

  it('are taken back at once when the calendar refuses for good', async () => {
    const calendar = new FakeCalendar()
    const clock = new FakeClock(NOW)
    const runNow = () => Promise.reject(new Error('no'))
    await using desk = await openDesk(await newPlace(), { calendar, clock, runNow })
    const [slot] = await desk.offer()
    await holdAndBook(desk.scheduling, slot.id, caller('call_1'))
    calendar.failing = new HearthlineError('calendar.refused', 'the calendar is not shared')
    await workThrough(desk)
    // The office sees why among the jobs that were given up.
    expect(await desk.outbox.deadLetters({ limit: 10 })).toMatchObject([{ lastError: 'the calendar is not shared' }])
    expect(await desk.scheduling.ofContact(ADA)).toEqual([])
    expect([...desk.texts.values()]).toMatchObject([{ template: 'choose again' }])
    expect([...desk.tasks.values()]).toMatchObject([{ kind: 'call back', officerId: 'dana-lee' }])
  })

  // The job then ended without its handler: the appointment waited for ever, and its time was nobody's.
  it('are taken back, and chosen again by text, when every worker was killed in the middle of its try', async () => {
    const calendar = new FakeCalendar()
    const clock = new FakeClock(NOW)
    const runNow = () => Promise.reject(new Error('no'))
    await using desk = await openDesk(await newPlace(), { calendar, clock, runNow })
    const [, slot] = await desk.offer()
    await holdAndBook(desk.scheduling, slot.id, caller('call_1'))
    await loseWorkers(desk, clock)
    expect(await desk.scheduling.ofContact(ADA)).toMatchObject([{ status: 'confirming' }])
    await workThrough(desk)
    expect(await desk.scheduling.ofContact(ADA)).toEqual([])
    expect([...desk.texts.values()]).toMatchObject([{ template: 'choose again', number: ADA }])
    expect([...desk.tasks.values()]).toMatchObject([{ kind: 'call back', officerId: 'dana-lee' }])
    expect(await desk.scheduling.hold(slot.id, caller('call_2'))).toMatchObject({ held: true })
  })

  it('are for the office to take out there when every worker was killed that tried', async () => {
    const calendar = new FakeCalendar()
    const clock = new FakeClock(NOW)
    await using desk = await openDesk(await newPlace(), { calendar, clock })
    const [slot] = await desk.offer()
    const booking = await holdAndBook(desk.scheduling, slot.id, caller('call_1'))
    if (!booking.booked) throw new Error('not booked')
    await desk.scheduling.cancel(booking.appointment.id, { number: ADA, because: 'asked by voice' })
    await loseWorkers(desk, clock)
    await workThrough(desk)
    expect([...desk.tasks.values()]).toMatchObject([{ kind: 'confirm appointment', officerId: 'dana-lee' }])
  })

  it('are taken out there when they are cancelled, even while they are being written', async () => {
    const calendar = new FakeCalendar()
    await using desk = await openDesk(await newPlace(), { calendar })
    const [one, other] = await desk.offer()
    const booking = await holdAndBook(desk.scheduling, one.id, caller('call_1'))
    if (!booking.booked) throw new Error('not booked')
    await desk.scheduling.cancel(booking.appointment.id, { number: ADA, because: 'asked by voice' })
    await desk.work()
    expect(calendar.events.size).toBe(0)
    calendar.whileWriting = async () => {
      const [waiting] = await desk.scheduling.ofContact(ADA)
      await desk.scheduling.cancel(waiting?.id ?? '', { number: ADA, because: 'asked by text' })
      await desk.run(`appointment.calendar:${waiting?.id}:remove`)
    }
    expect(await holdAndBook(desk.scheduling, other.id, caller('call_2'))).toMatchObject({ booked: false })
    expect(calendar.events.size).toBe(0)
  })

  it('keep the old time until the calendar has the new one, and keep it when that is refused', async () => {
    const calendar = new FakeCalendar()
    await using desk = await openDesk(await newPlace(), { calendar })
    const [one, other] = await desk.offer()
    const old = await holdAndBook(desk.scheduling, one.id, caller('call_1'))
    const replaces = old.booked ? old.appointment.id : ''
    calendar.answer = 'taken'
    expect(await holdAndBook(desk.scheduling, other.id, caller('call_2', { replaces }))).toMatchObject({
      reason: 'taken',
    })
    expect(await desk.scheduling.ofContact(ADA)).toMatchObject([{ id: replaces, status: 'booked' }])
    calendar.answer = 'written'
    expect(await holdAndBook(desk.scheduling, other.id, caller('call_3', { replaces }))).toMatchObject({ booked: true })
    await desk.work()
    expect([...calendar.events.values()].map(({ startsAt }) => startsAt)).toEqual([other.startsAt])
  })
})

/** As many workers take the rows as may, and are killed before they can say how it ended. */
async function loseWorkers({ outbox }: SchedulingDesk, clock: FakeClock): Promise<void> {
  for (let lost = 0; lost < A_DAY_OF_TRIES.tries; lost += 1) {
    await outbox.claim({ limit: 10, leaseMs: 1_000 })
    clock.advance(1_000)
  }
}

/** What the worker does with the rows that are due, to the end of each. */
async function workThrough({ outbox, parts }: SchedulingDesk): Promise<void> {
  const jobs = [createCalendarJob(parts) as Job]
  await using runner = new JobRunner({ outbox, jobs, clock: parts.clock, log: silentLog })
  await Promise.all(await runner.take({ limit: 10 }))
}

/** Goes on until the promise settles, as a caller who waits does. */
async function patiently<T>(clock: FakeClock, work: Promise<T>): Promise<T> {
  let settled = false
  void work.finally(() => {
    settled = true
  })
  for (let round = 0; !settled && round < 2_000; round += 1) {
    await new Promise((resolve) => setTimeout(resolve, 1))
    clock.advance(20)
  }
  return await work
}

class FakeCalendar implements Calendar {
  readonly name = 'google'
  readonly events = new Map<string, CalendarEvent>()
  busySpans: readonly Span[] = []
  answer: 'written' | 'taken' = 'written'
  failing: HearthlineError | undefined
  whileWriting: (() => Promise<void>) | undefined

  async busy(calendarIds: readonly string[]) {
    if (this.failing) throw this.failing
    return new Map(calendarIds.map((id) => [id, this.busySpans]))
  }

  async put(event: CalendarEvent) {
    if (this.answer === 'taken') return this.answer
    await this.whileWriting?.()
    this.events.set(event.eventId, event)
    if (this.failing) throw this.failing
    return this.answer
  }

  async remove({ eventId }: Pick<CalendarEvent, 'eventId'>) {
    this.events.delete(eventId)
  }
}
