import { expect, it } from 'vitest'
import { syncOfficers } from '../../../src/business/officers/officers.ts'
import { offerOf } from '../../../src/business/texting/text-offers.ts'
import { officersFileSchema } from '../../../src/config/officers-schema.ts'
import { describeOnEachDatabase } from '../../fakes/databases.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { ADA, BEN, caller, holdAndBook, openDesk } from './scheduling-desk.ts'

const MINUTE_MS = 60_000
/** Friday, ten in the morning in Boston. */
const NOW = Date.parse('2026-11-20T10:00-05:00')

describeOnEachDatabase('scheduling', (newPlace) => {
  it('offers two times that are a choice, after the notice, told in the zone of the caller', async () => {
    await using desk = await openDesk(await newPlace())
    const [first, second] = await desk.offer({ callerNumber: '+12145550123', state: 'TX' })
    expect([first.words, second.words]).toEqual([
      'Friday, November 20 at 11 AM Central',
      'Friday, November 20 at 2 PM Central',
    ])
    expect(first.officerName).toBe('Dana Lee')
  })

  it('asks for the zone when the number and the property are in different ones, and takes the answer', async () => {
    await using desk = await openDesk(await newPlace())
    const wish = { callerNumber: ADA, language: 'en-US', state: 'Texas' }
    expect(await desk.scheduling.offer(wish)).toMatchObject({
      ask: 'time zone',
      zones: [{ words: 'Eastern' }, { words: 'Central' }, { words: 'Mountain' }],
    })
    const [first] = await desk.offer({ ...wish, timeZone: 'America/Denver' })
    expect(first.words).toBe('Friday, November 20 at 10 AM Mountain')
    expect(await desk.scheduling.offer({ ...wish, timeZone: 'Texas time' })).toHaveProperty('ask')
  })

  it('keeps to the wished day and hours, and says so when nothing is free then', async () => {
    await using desk = await openDesk(await newPlace())
    const wish = { callerNumber: ADA, language: 'en-US', date: '2026-11-24', from: '13:00', until: '15:00' }
    const words = (offered: object) =>
      ('slots' in offered ? (offered.slots as { words: string }[]) : []).map((s) => s.words)
    const tuesday = await desk.scheduling.offer(wish)
    expect([tuesday, words(tuesday)]).toMatchObject([
      { asWished: true },
      ['Tuesday, November 24 at 1 PM Eastern', 'Tuesday, November 24 at 1:30 PM Eastern'],
    ])
    const thanksgiving = await desk.scheduling.offer({ ...wish, date: '2026-11-26' })
    expect([thanksgiving, words(thanksgiving)[0]]).toMatchObject([
      { asWished: false },
      'Friday, November 27 at 9 AM Eastern',
    ])
  })

  it('does not offer what the caller has turned down, nor who has no licence or no room', async () => {
    await using desk = await openDesk(await newPlace())
    const [first, second] = await desk.offer()
    const [other] = await desk.offer({ except: [first.id, second.id] })
    expect([first.id, second.id]).not.toContain(other.id)
    expect(await desk.scheduling.offer({ callerNumber: undefined, language: 'en-US', state: 'AL' })).toEqual({
      none: 'nobody',
    })
  })

  it('holds and books once the caller has spoken since the read-back, and texts them and reminds them', async () => {
    await using desk = await openDesk(await newPlace())
    const [slot] = await desk.offer({ date: '2026-11-24' })
    expect(await desk.scheduling.hold(slot.id, caller('call_1'))).toMatchObject({
      held: true,
      appointment: { words: 'Tuesday, November 24 at 9 AM Eastern', officerName: 'Dana Lee' },
    })
    const early = await desk.scheduling.book(slot.id, caller('call_1', { turn: 1 }))
    expect(early).toMatchObject({ booked: false, reason: 'not confirmed' })
    const booking = await desk.scheduling.book(slot.id, caller('call_1', { turn: 2 }))
    expect(booking).toMatchObject({ booked: true, appointment: { status: 'booked', startsAt: slot.startsAt } })
    expect(await desk.scheduling.ofContact(ADA)).toMatchObject([{ words: 'Tuesday, November 24 at 9 AM Eastern' }])
    expect([...desk.texts.values()]).toMatchObject([
      {
        template: 'confirmation',
        number: ADA,
        values: { when: 'Tuesday, November 24 at 9 AM Eastern', officer: 'Dana Lee' },
      },
    ])
    const reminders = desk.database
      .selectFrom('outbox')
      .select('available_at')
      .where('topic', '=', 'appointment.remind')
    const times = (await reminders.orderBy('available_at').execute()).map((row) =>
      new Date(row.available_at).toISOString(),
    )
    // An hour before nine is too early to text: the evening before.
    expect(times).toEqual(['2026-11-23T14:00:00.000Z', '2026-11-24T00:30:00.000Z'])
  })

  it('books nothing but what this call holds', async () => {
    await using desk = await openDesk(await newPlace())
    const [one, other] = await desk.offer()
    await desk.scheduling.hold(one.id, caller('call_1'))
    for (const [slot, callId] of [
      [other, 'call_1'],
      [one, 'call_2'],
    ] as const) {
      expect(await desk.scheduling.book(slot.id, caller(callId, { turn: 9 }))).toMatchObject({ reason: 'no hold' })
    }
    expect(await desk.scheduling.book('s1.made.up', caller('call_1', { turn: 9 }))).toMatchObject({
      reason: 'no such time',
    })
  })

  it('lets the last hold of a call go when it holds another time', async () => {
    await using desk = await openDesk(await newPlace())
    const [one, other] = await desk.offer()
    await desk.scheduling.hold(one.id, caller('call_1'))
    await desk.scheduling.hold(other.id, caller('call_1'))
    expect(await desk.scheduling.holdsOfCall('call_1')).toMatchObject([{ startsAt: other.startsAt }])
    expect(await desk.scheduling.hold(one.id, caller('call_2', { number: BEN }))).toMatchObject({ held: true })
  })

  it('gives a booked time again when the same call books it again, with one text', async () => {
    await using desk = await openDesk(await newPlace())
    const [slot] = await desk.offer()
    const first = await holdAndBook(desk.scheduling, slot.id, caller('call_1'))
    const again = await holdAndBook(desk.scheduling, slot.id, caller('call_1', { turn: 5 }))
    expect(first).toMatchObject({ booked: true })
    expect(again).toEqual(first)
    expect(desk.texts.size).toBe(1)
  })

  it('refuses a held time to others with two other times, and gives it when the hold is over', async () => {
    const clock = new FakeClock(NOW)
    await using desk = await openDesk(await newPlace(), { clock })
    const [slot] = await desk.offer()
    await desk.scheduling.hold(slot.id, caller('call_1'))
    clock.advance(5 * MINUTE_MS - 1)
    const refused = await desk.scheduling.hold(slot.id, caller('call_2', { number: BEN }))
    expect(refused).toMatchObject({ held: false, reason: 'taken', next: [{}, {}] })
    clock.advance(1)
    expect(await holdAndBook(desk.scheduling, slot.id, caller('call_2', { number: BEN }))).toMatchObject({
      booked: true,
    })
    expect(await desk.scheduling.book(slot.id, caller('call_1', { turn: 2 }))).toMatchObject({
      booked: false,
      reason: 'taken',
      next: [{}, {}],
    })
  })

  it('books a hold that ran out while its caller thought, if nobody took it', async () => {
    const clock = new FakeClock(NOW)
    await using desk = await openDesk(await newPlace(), { clock })
    const [slot] = await desk.offer()
    await desk.scheduling.hold(slot.id, caller('call_1'))
    clock.advance(6 * MINUTE_MS)
    expect(await desk.scheduling.book(slot.id, caller('call_1', { turn: 2 }))).toMatchObject({ booked: true })
  })

  it('keeps the buffer and the capacity of a day in the transaction', async () => {
    await using desk = await openDesk(await newPlace(), { settings: { bufferMinutes: 0 } })
    const [slot, other] = await desk.offer({ date: '2026-11-24', state: 'MA' })
    const officers = [{ id: 'dana-lee', name: 'Dana Lee', phone: '+16175550111', licences: ['MA'], dailyCapacity: 1 }]
    await syncOfficers(desk.database, officersFileSchema.parse({ officers }))
    expect(await holdAndBook(desk.scheduling, slot.id, caller('call_1'))).toMatchObject({ booked: true })
    const second = await holdAndBook(desk.scheduling, other.id, caller('call_2', { number: BEN }))
    expect(second).toMatchObject({ booked: false, reason: 'taken' })
    const [next] = 'next' in second ? second.next : []
    expect(next?.words).toMatch(/^(Monday|Wednesday)/)
  })

  it('moves an appointment once, also to the time right after it, and ends the old one', async () => {
    await using desk = await openDesk(await newPlace(), { settings: { bufferMinutes: 15 } })
    const [ten, halfPast] = await desk.offer({ date: '2026-11-24', from: '10:00', until: '11:00' })
    const old = await holdAndBook(desk.scheduling, ten.id, caller('call_1'))
    const replaces = old.booked ? old.appointment.id : 'none'
    const moved = await holdAndBook(desk.scheduling, halfPast.id, caller('call_2', { replaces }))
    const again = await desk.scheduling.book(halfPast.id, caller('call_2', { turn: 3 }))
    expect(moved).toMatchObject({ booked: true, appointment: { words: 'Tuesday, November 24 at 10:30 AM Eastern' } })
    expect(again).toEqual(moved)
    expect(await desk.scheduling.ofContact(ADA)).toHaveLength(1)
    expect([...desk.texts.values()].map(({ template }) => template)).toEqual(['confirmation', 'change'])
    const movedTo = moved.booked ? moved.appointment.id : ''
    expect(desk.briefs).toEqual([`booked ${replaces}`, `moved here ${movedTo}`])
    const stranger = caller('call_3', { number: BEN, replaces: moved.booked ? moved.appointment.id : '' })
    expect(await desk.scheduling.hold(ten.id, stranger)).toMatchObject({ reason: 'nothing to move' })
  })

  it('cancels once, for nobody but the number it belongs to', async () => {
    await using desk = await openDesk(await newPlace())
    const [slot] = await desk.offer()
    const booking = await holdAndBook(desk.scheduling, slot.id, caller('call_1'))
    const id = booking.booked ? booking.appointment.id : ''
    const cancel = (number: string) => desk.scheduling.cancel(id, { number, because: 'asked by voice' })
    expect(await cancel(BEN)).toEqual({ cancelled: false, reason: 'not found' })
    expect(await cancel(ADA)).toMatchObject({ cancelled: true })
    expect(await cancel(ADA)).toMatchObject({ cancelled: true })
    expect([...desk.texts.values()].map(({ template }) => template)).toEqual(['confirmation', 'cancellation'])
    expect(desk.briefs).toEqual([`booked ${id}`, `cancelled ${id}`])
    expect(await desk.scheduling.hold(slot.id, caller('call_2', { number: BEN }))).toMatchObject({ held: true })
  })

  it('keeps the hold of a dropped line and books it when the caller answers the text', async () => {
    const clock = new FakeClock(NOW)
    await using desk = await openDesk(await newPlace(), { clock })
    const [slot] = await desk.offer()
    await desk.scheduling.hold(slot.id, caller('call_1'))
    expect(await desk.scheduling.keepHold('call_1')).toBe(true)
    const offer = await offerOf(desk.database, ADA, clock.now())
    expect(offer).toMatchObject({ kind: 'keep hold', options: [{ told: slot.words }] })
    clock.advance(29 * MINUTE_MS)
    expect(await desk.scheduling.hold(slot.id, caller('call_2', { number: BEN }))).toMatchObject({ reason: 'taken' })
    const id = offer?.options[0]?.id ?? ''
    expect(await desk.scheduling.bookKept(id, BEN)).toMatchObject({ booked: false, reason: 'no hold' })
    expect(await desk.scheduling.bookKept(id, ADA)).toMatchObject({ booked: true })
    expect(await desk.scheduling.bookKept(id, ADA)).toMatchObject({ booked: true })
    expect([...desk.texts.values()].map(({ template }) => template)).toEqual(['keep hold', 'confirmation'])
  })

  it('lets a kept hold go for the number that answers so, without a text about it', async () => {
    await using desk = await openDesk(await newPlace())
    const [slot] = await desk.offer()
    const held = await desk.scheduling.hold(slot.id, caller('call_1'))
    const id = held.held ? held.appointment.id : ''
    await desk.scheduling.keepHold('call_1')
    expect(await desk.scheduling.cancel(id, { number: ADA, because: 'answered no' })).toMatchObject({ cancelled: true })
    expect(await desk.scheduling.bookKept(id, ADA)).toMatchObject({ reason: 'no hold' })
    expect([...desk.texts.values()].map(({ template }) => template)).toEqual(['keep hold'])
  })

  it('keeps nothing of a call that booked, let go, or whose hold was over', async () => {
    const clock = new FakeClock(NOW)
    await using desk = await openDesk(await newPlace(), { clock })
    const [one, other] = await desk.offer()
    await holdAndBook(desk.scheduling, one.id, caller('call_1'))
    await desk.scheduling.hold(other.id, caller('call_2'))
    await desk.scheduling.letGo('call_2')
    await desk.scheduling.hold(other.id, caller('call_3'))
    clock.advance(5 * MINUTE_MS)
    for (const callId of ['call_1', 'call_2', 'call_3']) expect(await desk.scheduling.keepHold(callId)).toBe(false)
  })

  it('books a time that was chosen by text, once for one answer', async () => {
    await using desk = await openDesk(await newPlace())
    const [slot] = await desk.offer()
    const answer = { number: ADA, language: 'en-US', key: 'text:SM1' }
    expect(await desk.scheduling.bookWritten(slot.id, answer)).toMatchObject({ booked: true })
    expect(await desk.scheduling.bookWritten(slot.id, answer)).toMatchObject({ booked: true })
    expect(await desk.scheduling.ofContact(ADA)).toHaveLength(1)
  })

  it('reminds of what stands when the time has come, and of nothing else', async () => {
    const clock = new FakeClock(NOW)
    await using desk = await openDesk(await newPlace(), { clock })
    const [first, second] = await desk.offer({ date: '2026-11-24', from: '12:00' })
    const kept = await holdAndBook(desk.scheduling, first.id, caller('call_1'))
    const dropped = await holdAndBook(desk.scheduling, second.id, caller('call_2', { number: BEN }))
    if (!kept.booked || !dropped.booked) throw new Error('not booked')
    await desk.scheduling.cancel(dropped.appointment.id, { number: BEN, because: 'asked by text' })
    clock.advance(second.startsAt - 60 * MINUTE_MS - NOW)
    await desk.work()
    const reminders = [...desk.texts.values()].filter(({ template }) => template === 'reminder')
    // The worker slept: the first appointment is over, the second was cancelled.
    expect(reminders).toEqual([])
    expect(await desk.work()).toEqual([])
  })

  it('reminds a day and an hour before', async () => {
    const clock = new FakeClock(NOW)
    await using desk = await openDesk(await newPlace(), { clock })
    const [slot] = await desk.offer({ date: '2026-11-24', from: '12:00' })
    await holdAndBook(desk.scheduling, slot.id, caller('call_1'))
    const reminders = () => [...desk.texts.values()].filter(({ template }) => template === 'reminder').length
    for (const [minutesBefore, sent] of [
      [1441, 0],
      [1440, 1],
      [61, 1],
      [60, 2],
    ] as const) {
      clock.advance(slot.startsAt - minutesBefore * MINUTE_MS - clock.now())
      await desk.work()
      expect(reminders()).toBe(sent)
    }
  })
})
