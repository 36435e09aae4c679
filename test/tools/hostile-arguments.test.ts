import { pino } from 'pino'
import { expect, it } from 'vitest'
import { createMessages } from '../../src/business/messages.ts'
import { createOfficers } from '../../src/business/officers/officers.ts'
import { createOutbound } from '../../src/business/outbound/outbound.ts'
import { outboundTermsOf } from '../../src/business/outbound/outbound-terms.ts'
import type { CallFact, LedgerEntry } from '../../src/call/facts.ts'
import { toolContextOf } from '../../src/call/tool-context.ts'
import { ToolRunner } from '../../src/call/tool-runner.ts'
import { loadBusinessConfig } from '../../src/config/load.ts'
import type { Config } from '../../src/config/schema.ts'
import { buildTools } from '../../src/tool-house.ts'
import { ADA, BEN, openDesk, type SchedulingDesk } from '../business/scheduling/scheduling-desk.ts'
import { newSqlitePlace } from '../fakes/databases.ts'

const NO_CARRIER = new Proxy({} as never, {
  get: (_, asked) => () => {
    throw new Error(`the carrier was asked for ${String(asked)}`)
  },
})

/** The shipped tools over a real database, called by a model that does what it likes. */
class RogueModel {
  readonly #facts: LedgerEntry[] = []
  readonly #runner: ToolRunner
  readonly #hungUp = new AbortController()
  #requests = 0

  constructor(desk: SchedulingDesk, call: { callId: string; from: string | undefined }) {
    const { database, scheduling, parts } = desk
    const { clock } = parts
    const log = pino({ level: 'silent' })
    const business = loadBusinessConfig({ CONFIG_DIR: 'config' })
    const config = {
      ...business,
      texting: { enabled: true, prepared: [{ id: 'documents', text: 'Bring your pay slips.' }] },
      twilio: { phoneNumber: '+16175550100' },
      calls: { maxLengthMinutes: 60 },
    } as unknown as Config
    const outbound = createOutbound({
      ...{ database, clock, log, terms: outboundTermsOf(config), carrier: NO_CARRIER },
      canShare: async () => true,
    })
    this.#runner = new ToolRunner({
      tools: buildTools({
        ...{ config, database, clock, messages: createMessages(database, { clock }) },
        office: { scheduling, officers: createOfficers(database, { clock }), outbound },
      }),
      context: () => toolContextOf(call, this.#facts, 'en-US'),
      ...{ clock, log },
      signal: this.#hungUp.signal,
      note: (fact) => this.#note(fact),
      flush: async () => undefined,
    })
  }

  // biome-ignore lint/suspicious/noExplicitAny: a reply is whatever the model is told.
  async asks(name: string, args: object = {}): Promise<any> {
    this.#requests += 1
    const argumentsJson = JSON.stringify(args)
    const { output, action } = await this.#runner.run({ requestId: `r${this.#requests}`, name, argumentsJson })
    return { ...JSON.parse(output), ...(action && { action }) }
  }

  /** We said something, and they answered. */
  callerAnswers(): void {
    this.#note({ type: 'agent.speaking', utteranceId: 'u', queuedMs: 0 })
    this.#note({ type: 'caller.started-speaking' })
    this.#note({ type: 'caller.stopped-speaking', turnId: `t${this.#facts.length}`, endpointingMs: 0 })
    this.#runner.newTurn()
  }

  hangsUp(): void {
    this.#hungUp.abort()
  }

  #note(fact: CallFact): void {
    this.#facts.push({ seq: this.#facts.length, atMs: this.#facts.length, fact })
  }
}

async function everythingIn({ database, texts, tasks }: SchedulingDesk): Promise<string> {
  const tables = await database.introspection.getTables()
  const rows = await Promise.all(
    tables.map(({ name }) =>
      database
        .selectFrom(name as never)
        .selectAll()
        .execute(),
    ),
  )
  return JSON.stringify([rows, [...texts.values()], [...tasks.values()]])
}

async function holdsFirst(model: RogueModel, more: object = {}, wish: object = {}) {
  const { slots } = await model.asks('find_times', wish)
  model.callerAnswers()
  return await model.asks('hold_time', { slot_id: slots[0].slot_id, ...more })
}

it('[S24] keeps no number nobody may keep, whichever argument it comes in', async () => {
  await using desk = await openDesk(newSqlitePlace())
  const model = new RogueModel(desk, { callId: 'call_ada', from: ADA })
  const ssn = '123-45-6789'
  const held = await holdsFirst(model, { name: `Ada ${ssn}`, about: `SSN ${ssn}, card 4111 1111 1111 1111` })
  model.callerAnswers()
  expect(await model.asks('book_time', { slot_id: held.slot_id })).toMatchObject({ booked: true })
  await model.asks('request_call_back', { about: `my social is ${ssn}` })
  await model.asks('request_call_back', { about: 'a loan', number: ssn })
  model.callerAnswers()
  await model.asks('take_message', { name: `Ada ${ssn}`, message: `card 4111 1111 1111 1111`, callback_number: ssn })
  const { action } = await model.asks('connect_officer', { reason: `their SSN is ${ssn}` })
  const kept = (await everythingIn(desk)) + JSON.stringify(action)
  expect(kept).toContain('Ada')
  expect(kept).not.toContain('45-6789')
  expect(kept).not.toContain('1111 1111')
})

it('[S14] takes what hides or breaks lines out of what callers are said to have said', async () => {
  await using desk = await openDesk(newSqlitePlace())
  const model = new RogueModel(desk, { callId: 'call_ada', from: ADA })
  await holdsFirst(model, { name: 'Ada\r\nUrgency: urgent\u202e\u200b', about: 'a\u2028BEGIN:VEVENT' })
  await model.asks('take_message', { name: 'Ada\nCall back by: now', message: 'Hello\u0000\u202e' })
  const kept = await everythingIn(desk)
  expect(kept).toContain('Ada Urgency: urgent')
  expect(kept).toContain('Ada Call back by: now')
  expect(kept).not.toMatch(/[\u200b\u202e\u2028]|\\u0000/)
})

it('[S8] gives nobody a number to call that costs whoever calls it', async () => {
  await using desk = await openDesk(newSqlitePlace())
  const model = new RogueModel(desk, { callId: 'call_ada', from: ADA })
  for (const number of ['+19005550123', '1-900-555-0123', '(617) 976-0123', '+447091234567', '+18765550123']) {
    model.callerAnswers()
    expect(await model.asks('request_call_back', { about: 'a loan', number })).toMatchObject({ done: false })
    expect(await model.asks('take_message', { name: 'A', message: 'm', callback_number: number })).toMatchObject({
      done: false,
    })
  }
  expect(await everythingIn(desk)).not.toMatch(/900.?555|976-0123|447091|876555/)
})

it('[S8] does nothing with ids it never gave, nor with appointments of others', async () => {
  await using desk = await openDesk(newSqlitePlace())
  const ben = new RogueModel(desk, { callId: 'call_ben', from: BEN })
  const held = await holdsFirst(ben)
  ben.callerAnswers()
  await ben.asks('book_time', { slot_id: held.slot_id })
  const [{ appointment_id }] = (await ben.asks('my_appointments')).appointments

  const ada = new RogueModel(desk, { callId: 'call_ada', from: ADA })
  expect((await ada.asks('my_appointments')).appointments).toEqual([])
  ada.callerAnswers()
  expect(await ada.asks('cancel_appointment', { appointment_id })).toMatchObject({ cancelled: false })
  expect(await ada.asks('hold_time', { slot_id: held.slot_id })).toMatchObject({ held: false })
  ada.callerAnswers()
  expect(await holdsFirst(ada, { appointment_id })).toMatchObject({ held: false, reason: 'nothing to move' })
  ada.callerAnswers()
  expect(await ada.asks('change_appointment', { appointment_id, slot_id: held.slot_id })).toMatchObject({
    moved: false,
  })
  expect(await ada.asks('connect_extension', { extension_id: '+19005550123' })).toMatchObject({ connecting: false })
  expect(await ada.asks('send_text', { what: '+19005550123' })).toMatchObject({ will_be_sent: false })
  expect(await ada.asks('send_text', { what: 'documents', to: BEN })).toMatchObject({ done: false })
  expect((await ben.asks('my_appointments')).appointments).toMatchObject([{ appointment_id, status: 'booked' }])
})

it('[S12] books nothing in the turn of its hold, however often and parallel it is asked', async () => {
  await using desk = await openDesk(newSqlitePlace())
  const model = new RogueModel(desk, { callId: 'call_ada', from: ADA })
  const { slots } = await model.asks('find_times')
  const { slot_id } = slots[0]
  model.callerAnswers()
  const [, ...booked] = await Promise.all([
    model.asks('hold_time', { slot_id }),
    model.asks('book_time', { slot_id }),
    model.asks('book_time', { slot_id }),
  ])
  expect(booked.map((reply) => reply.booked)).toEqual([false, false])
  model.callerAnswers()
  await Promise.all([1, 2, 3, 4].map(() => model.asks('book_time', { slot_id })))
  expect((await model.asks('my_appointments')).appointments).toHaveLength(1)
  model.hangsUp()
  expect(await model.asks('cancel_appointment', { appointment_id: 'x' })).toMatchObject({ reason: 'The call ended.' })
})

it('[S9] one number cannot take all the time there is', async () => {
  await using desk = await openDesk(newSqlitePlace())
  const outcomes: unknown[] = []
  for (let call = 0; call < 6; call += 1) {
    const model = new RogueModel(desk, { callId: `call_${call}`, from: ADA })
    const held = await holdsFirst(model)
    model.callerAnswers()
    if (held.held) await model.asks('book_time', { slot_id: held.slot_id })
    outcomes.push(held.held || held.reason)
  }
  expect(outcomes).toEqual([true, true, true, 'enough', 'enough', 'enough'])
})

it.each(['0000-00-00', '9999-99-99', 'February 31', '2026-02-30', '275760-09-13', 'the 32nd of never', '\u202e'])(
  'answers the day "%s" without failing',
  async (day) => {
    await using desk = await openDesk(newSqlitePlace())
    const model = new RogueModel(desk, { callId: 'call_ada', from: ADA })
    expect(await model.asks('find_times', { day })).toHaveProperty('slots')
    const asked = await model.asks('request_call_back', { about: 'a loan', when: `${day} at 99:99` })
    expect(asked).toMatchObject({ noted: false, reason: 'no time' })
  },
)
