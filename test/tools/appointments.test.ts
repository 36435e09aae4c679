import { describe, expect, it } from 'vitest'
import { createBookTime, type TimeBooker } from '../../src/tools/book-time.ts'
import type { BookingMade } from '../../src/tools/booking-told.ts'
import { type AppointmentCanceller, createCancelAppointment } from '../../src/tools/cancel-appointment.ts'
import { createChangeAppointment } from '../../src/tools/change-appointment.ts'
import { createHoldTime, type TimeKeeper } from '../../src/tools/hold-time.ts'
import { createMyAppointments } from '../../src/tools/my-appointments.ts'
import { anonymous, answering, CALLER, contextOf } from './tool-context.ts'

const WORDS = 'Tuesday, December 1 at 3 PM Eastern'
const APPOINTMENT = { id: 'a1', officerName: 'Dana Lee', words: WORDS }
const OTHER = {
  id: 's2',
  officerId: 'dana-lee',
  officerName: 'Dana Lee',
  words: 'Wednesday, December 2 at 9 AM Eastern',
}
const texts = { reaches: async () => true }

describe('hold_time', () => {
  function keeper(...held: Awaited<ReturnType<TimeKeeper['hold']>>[]) {
    const { ask, asked } = answering<Parameters<TimeKeeper['hold']>, Awaited<ReturnType<TimeKeeper['hold']>>>(...held)
    return { tool: createHoldTime({ hold: ask }), asked }
  }

  it('holds for the caller of this call and gives what to read back', async () => {
    const { tool, asked } = keeper({ held: true, appointment: APPOINTMENT })
    const { reply } = await tool.run(
      { slot_id: 's1', name: 'Maria', about: 'refinance' },
      contextOf({ given: { s1: 2 } }),
    )
    expect(reply).toMatchObject({ held: true, slot_id: 's1', read_back: `${WORDS} with Dana Lee` })
    const holder = {
      callId: 'call_1',
      number: CALLER,
      turn: 3,
      name: 'Maria',
      subject: 'refinance',
      replaces: undefined,
    }
    expect(asked).toMatchObject([['s1', holder]])
  })

  it('[S8] holds nothing that no tool of this call gave', async () => {
    const { tool, asked } = keeper()
    expect((await tool.run({ slot_id: 's1' }, contextOf())).reply).toMatchObject({
      held: false,
      reason: 'no such time',
    })
    expect(asked).toEqual([])
  })

  it('[F13] offers two others when it was taken', async () => {
    const { tool } = keeper({ held: false, reason: 'taken', next: [OTHER] })
    const { reply } = await tool.run({ slot_id: 's1' }, contextOf({ given: { s1: 2 } }))
    expect(reply).toMatchObject({
      held: false,
      next: [{ slot_id: 's2', when: OTHER.words }],
      say: expect.stringContaining('just taken'),
    })
  })

  it('needs a number to hold it for', async () => {
    expect((await keeper().tool.run({ slot_id: 's1' }, anonymous())).reply).toMatchObject({ held: false })
  })

  it('[S11] takes no number from the model', () => {
    expect(keeper().tool.arguments.safeParse({ slot_id: 's1', number: '+19005550100' }).success).toBe(false)
  })
})

function booker(made: BookingMade, holds: { replaces: string | undefined }[] = []) {
  const { ask, asked } = answering<Parameters<TimeBooker['book']>, BookingMade>(made)
  return { times: { book: ask, holdsOfCall: async () => holds }, asked }
}

describe('book_time', () => {
  it('says booked only when it is, and whether a text comes', async () => {
    const { times, asked } = booker({ booked: true, appointment: APPOINTMENT })
    const { reply } = await createBookTime({ times, texts }).run({ slot_id: 's1' }, contextOf())
    expect(reply).toEqual({
      booked: true,
      appointment_id: 'a1',
      when: WORDS,
      officer: 'Dana Lee',
      text: 'will be sent',
    })
    expect(asked).toMatchObject([['s1', { callId: 'call_1', turn: 3 }, expect.any(AbortSignal)]])
  })

  it('promises no text to who gets none', async () => {
    const { times } = booker({ booked: false, reason: 'confirming', appointment: APPOINTMENT })
    const tool = createBookTime({ times, texts: { reaches: async () => false } })
    const { reply } = await tool.run({ slot_id: 's1' }, contextOf())
    expect(reply).toMatchObject({ text: 'cannot be sent', say: expect.not.stringContaining('you will get a text') })
  })

  it('[F12] never says booked while the calendar has not answered', async () => {
    const { times } = booker({ booked: false, reason: 'confirming', appointment: APPOINTMENT })
    const { reply } = await createBookTime({ times, texts }).run({ slot_id: 's1' }, contextOf())
    expect(reply).toMatchObject({
      booked: false,
      reason: 'confirming',
      say: `I have noted ${WORDS}; you will get a text to confirm.`,
    })
  })

  it.each(['no hold', 'not confirmed', 'no such time'] as const)('[S12] tells what is missing: %s', async (reason) => {
    const { times } = booker({ booked: false, reason, next: [] })
    const { reply } = await createBookTime({ times, texts }).run({ slot_id: 's1' }, contextOf())
    expect(reply).toMatchObject({ booked: false, reason, say: expect.any(String) })
    expect(reply).not.toHaveProperty('appointment_id')
  })

  it('[F13] offers two others when it was taken', async () => {
    const { times } = booker({ booked: false, reason: 'taken', next: [OTHER] })
    const { reply } = await createBookTime({ times, texts }).run({ slot_id: 's1' }, contextOf())
    expect(reply).toMatchObject({ booked: false, next: [{ slot_id: 's2' }] })
  })
})

describe('my_appointments', () => {
  it("tells those of the caller's own number, with their ids", async () => {
    const asked: string[] = []
    const ofContact = async (number: string) => {
      asked.push(number)
      return [{ ...APPOINTMENT, status: 'confirming' }]
    }
    const { reply } = await createMyAppointments({ ofContact }).run({}, contextOf())
    expect(reply).toEqual({
      appointments: [{ appointment_id: 'a1', when: WORDS, officer: 'Dana Lee', status: 'not confirmed yet' }],
    })
    expect(asked).toEqual([CALLER])
  })

  it('knows nothing of a number that is withheld, and asks nobody', async () => {
    const ofContact = async () => await Promise.reject(new Error('asked'))
    expect((await createMyAppointments({ ofContact }).run({}, anonymous())).reply).toMatchObject({ appointments: [] })
  })
})

describe('change_appointment', () => {
  const args = { appointment_id: 'a0', slot_id: 's1' }

  it('moves to the time that is held for it', async () => {
    const { times } = booker({ booked: true, appointment: APPOINTMENT }, [{ replaces: 'a0' }])
    const { reply } = await createChangeAppointment({ times, texts }).run(args, contextOf())
    expect(reply).toMatchObject({ moved: true, appointment_id: 'a1', when: WORDS })
  })

  it.each([undefined, 'a9'])('makes no second appointment of a hold for %s', async (replaces) => {
    const { times, asked } = booker({ booked: true, appointment: APPOINTMENT }, [{ replaces }])
    const { reply } = await createChangeAppointment({ times, texts }).run(args, contextOf())
    expect(reply).toMatchObject({ moved: false, reason: 'no hold' })
    expect(asked).toEqual([])
  })
})

describe('cancel_appointment', () => {
  type Cancelled = Awaited<ReturnType<AppointmentCanceller['cancel']>>

  function canceller(...outcomes: Cancelled[]) {
    const { ask, asked } = answering<Parameters<AppointmentCanceller['cancel']>, Cancelled>(...outcomes)
    return { tool: createCancelAppointment({ cancel: ask }), asked }
  }

  it('cancels what the caller has heard of and answered', async () => {
    const { tool, asked } = canceller({ cancelled: true, appointment: APPOINTMENT })
    const { reply } = await tool.run({ appointment_id: 'a1' }, contextOf({ given: { a1: 2 } }))
    expect(reply).toEqual({ cancelled: true, when: WORDS, officer: 'Dana Lee' })
    expect(asked).toMatchObject([['a1', { number: CALLER }]])
  })

  it('[S12] cancels nothing in the turn in which it was looked up', async () => {
    const { tool, asked } = canceller()
    const { reply } = await tool.run({ appointment_id: 'a1' }, contextOf({ given: { a1: 3 } }))
    expect(reply).toMatchObject({ cancelled: false, reason: 'not confirmed' })
    expect(asked).toEqual([])
  })

  it('[S8] cancels nothing that this call was not given, nor for somebody without a number', async () => {
    const { tool, asked } = canceller()
    for (const context of [contextOf(), anonymous()]) {
      expect((await tool.run({ appointment_id: 'a1' }, context)).reply).toMatchObject({ cancelled: false })
    }
    expect(asked).toEqual([])
  })

  it.each(['not found', 'too late'] as const)('does not claim it: %s', async (reason) => {
    const { tool } = canceller({ cancelled: false, reason })
    const { reply } = await tool.run({ appointment_id: 'a1' }, contextOf({ given: { a1: 2 } }))
    expect(reply).toMatchObject({ cancelled: false, reason, say: expect.any(String) })
  })
})
