import { describe, expect, it } from 'vitest'
import type { CallOutcome } from '../../../src/business/call-outcome/call-outcome.ts'
import { extractOf } from '../../../src/business/call-outcome/extract.ts'
import { type CallMatter, outcomeOf } from '../../../src/business/call-outcome/outcome-of.ts'
import type { ConsentEvent } from '../../../src/business/consent/consents.ts'
import type { Message } from '../../../src/business/messages.ts'
import type { Appointment } from '../../../src/business/scheduling/appointments.ts'
import type { Task } from '../../../src/business/tasks.ts'
import type { CallFact } from '../../../src/call/facts.ts'
import { transcriptOf } from '../../../src/call/transcript.ts'
import {
  answered,
  confirmed,
  found,
  ledgerOf,
  mood,
  PLACED,
  said,
  stated,
  TRANSFER,
  toolEnded,
  transferEnded,
} from './ledger.ts'

/** Tuesday, 24 November 2026, 10:00 in New York. */
const TUESDAY = Date.UTC(2026, 10, 24, 15)
const EASTERN = 'America/New_York'

const APPOINTMENT: Appointment = {
  ...{ id: 'appointment_1', officerId: 'dana-lee', number: '+16175550123', name: undefined, callId: 'call_1' },
  ...{ timeZone: EASTERN, language: 'en-US', subject: undefined, status: 'booked', heldUntil: undefined },
  ...{ heldTurn: undefined, replaces: undefined, eventId: 'e', calendarState: 'none' },
  ...{ startsAt: TUESDAY, endsAt: TUESDAY + 1_800_000 },
}
const MESSAGE: Message = {
  ...{ id: 'message_1', idempotencyKey: 'k', callId: 'call_1', callerNumber: '+16175550123', name: 'Ada' },
  ...{ callbackNumber: undefined, text: 'Call me', urgency: 'urgent', takenAt: 0 },
}
const TASK: Task = {
  ...{ id: 'task_1', kind: 'call back', officerId: 'dana-lee', contactNumber: '+16175550123', callId: 'call_1' },
  ...{ messageId: undefined, dueAt: TUESDAY, urgency: 'normal', note: '', createdAt: 0 },
  ...{ doneAt: undefined, doneBecause: undefined },
}
const STOPPED: ConsentEvent = {
  ...{ number: '+16175550123', event: 'revoked', channel: 'all', scope: 'all', written: false, seller: 'all' },
  ...{ source: 'spoken', callId: 'call_1', at: 0 },
}

const WANTED = [said('Hi.'), said('I would like to refinance my house in Texas.')]
const INTENT = found({ type: 'intent found', intent: 'refinance', confidence: 0.9 })

function matterOf(facts: readonly CallFact[], more: Partial<CallMatter> = {}): CallMatter {
  return {
    ...{ endReason: 'caller hung up', talkedMs: 60_000, turns: 3, robocall: false, languages: ['en-US', 'es-US'] },
    ...{ appointments: [], talkedWithOfficerMs: new Map(), messages: [], tasks: [], texts: [], consents: [] },
    entries: ledgerOf(facts),
    ...more,
  }
}

function summaryOf(matter: CallMatter, outcome = outcomeOf(matter)): string {
  const officers = new Map([['dana-lee', 'Dana Lee']])
  return extractOf({ outcome, transcript: transcriptOf(matter.entries), officers, timeZone: EASTERN })
}

describe('what came of a call', () => {
  it.each<[string, readonly CallFact[], Partial<CallMatter>, Partial<CallOutcome>]>([
    ['booked', WANTED, { appointments: [APPOINTMENT] }, { disposition: 'appointment booked', reached: 'agent' }],
    ['connected', TRANSFER, {}, { disposition: 'transferred', reached: 'officer' }],
    [
      'taken down',
      WANTED,
      { messages: [MESSAGE], tasks: [TASK] },
      { disposition: 'message taken', reached: 'message' },
    ],
    ['promised', WANTED, { tasks: [TASK] }, { disposition: 'call back promised', reached: 'agent' }],
    ['answered', [toolEnded('answer_question', { found: true })], {}, { disposition: 'question answered' }],
    ['not known', [toolEnded('answer_question', { found: false })], {}, { disposition: 'other' }],
    ['a robot', [], { robocall: true }, { disposition: 'robocall' }],
    ['stopped', WANTED, { consents: [STOPPED], messages: [MESSAGE] }, { disposition: 'opted out', optedOut: true }],
    ['missed', [], { turns: 0 }, { disposition: 'abandoned', reached: 'nobody', followUp: 'they were not served' }],
    ['left on hold', transferEnded('caller left'), {}, { disposition: 'abandoned', reached: 'agent' }],
    ['not picked up', [PLACED], { turns: 0 }, { disposition: 'other', direction: 'out', reached: 'nobody' }],
    ['turned away', [], { turns: 0, endReason: 'screened out' }, { disposition: 'other' }],
  ])('is told of one that was %s', (_what, facts, more, expected) => {
    expect(outcomeOf(matterOf(facts, more))).toMatchObject(expected)
  })

  it('has the officer, and how long they talked once they have parted', () => {
    const talked = { talkedWithOfficerMs: new Map([['transfer_1', 125_000]]) }
    expect(outcomeOf(matterOf(TRANSFER)).transfer).toEqual({ outcome: 'bridged', officerId: 'dana-lee' })
    expect(outcomeOf(matterOf(TRANSFER, talked)).transfer).toMatchObject({ talkedMs: 125_000 })
  })

  it('takes what was confirmed for more than what was only said, and no hidden number for a value', () => {
    const facts = [
      ...[stated('name', 'Eda'), confirmed('name', 'Ada Byron'), stated('name', 'Aida')],
      ...[stated('property state', 'TX'), stated('property state', 'FL')],
      stated('call-back number', '[phone ..0123]'),
    ]
    expect(outcomeOf(matterOf(facts)).facts).toEqual([
      { key: 'name', value: 'Ada Byron', confirmed: true },
      { key: 'property state', value: 'FL', confirmed: false },
    ])
  })

  it.each([
    [[0.1, 0.2], 'calm'],
    [[0.7, 0.2], 'recovered'],
    [[0.1, 0.8], 'frustrated'],
  ])('knows a mood of %j for %s', (moods, trend) => {
    expect(outcomeOf(matterOf(moods.map(mood))).mood?.trend).toBe(trend)
  })

  it.each<[readonly CallFact[], Partial<CallMatter>, CallOutcome['followUp']]>([
    [transferEnded('nobody free'), {}, 'nobody was free for them'],
    [transferEnded('nobody free'), { tasks: [TASK] }, undefined],
    [WANTED, { appointments: [{ ...APPOINTMENT, status: 'held' }] }, 'an appointment was left open'],
    [[mood(0.9)], {}, 'they left annoyed'],
    [[mood(0.9), ...TRANSFER], {}, undefined],
    [WANTED, {}, undefined],
  ])('says what nobody has to do yet (%#)', (facts, more, followUp) => {
    expect(outcomeOf(matterOf(facts, more)).followUp).toBe(followUp)
  })

  it('speaks only languages we speak', () => {
    const inSpanish = found({ type: 'language changed', language: 'es', because: 'spoken' })
    const inThai = found({ type: 'language changed', language: 'th', because: 'spoken' })
    expect(outcomeOf(matterOf([inSpanish, inThai])).language).toBe('es-US')
  })
})

describe('the summary without a model', () => {
  it('tells what they wanted in their words, what was done, and how it ended', () => {
    const facts = [confirmed('name', 'Ada Byron'), ...WANTED, ...answered('Gladly.'), INTENT]
    expect(summaryOf(matterOf(facts, { appointments: [APPOINTMENT], endReason: 'agent ended' }))).toBe(
      'Ada Byron said (refinance): "I would like to refinance my house in Texas." An appointment with Dana Lee on Tuesday, November 24 at 10 AM Eastern was booked. Ended: agent ended.',
    )
  })

  it('does not say that a held time was booked, or that somebody picked up of whom nobody knows', () => {
    const held = matterOf([], { appointments: [{ ...APPOINTMENT, status: 'held' }] })
    expect(summaryOf(held)).toContain('was held and not booked')
    const handedOver = matterOf([{ type: 'call.handed-over', to: 'person', because: 'asked' }])
    expect(summaryOf(handedOver)).toContain('whether somebody picked up is not known')
  })

  it('tells what is owed to them, and by whom', () => {
    expect(summaryOf(matterOf(WANTED, { messages: [MESSAGE], tasks: [TASK] }))).toContain(
      'A message was taken. It is urgent. They are to be called back by Dana Lee, until Tuesday, November 24 at 10 AM Eastern.',
    )
  })

  it('says of silence that it was silence', () => {
    expect(summaryOf(matterOf([], { turns: 0 }))).toBe(
      'The caller said nothing. They were not served. Ended: caller hung up.',
    )
  })

  it('lets words of theirs end no quotation, and no line', () => {
    expect(summaryOf(matterOf([said('He said "you owe\nme" a lot of "money".')]))).toContain(
      'said: "He said you owe me a lot of money ."',
    )
  })
})
