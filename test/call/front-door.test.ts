import { expect, it } from 'vitest'
import type { CallRecord } from '../../src/call/call-store.ts'
import type { ChallengeReply, RingAnswer } from '../../src/call/ring-answer.ts'
import type { Screener, Screening, ScreeningVerdict } from '../../src/call/screener.ts'
import { CALLER, CallHouse, type HouseOptions } from '../fakes/call-house.ts'
import { settle } from '../fakes/fake-clock.ts'

const EVIDENCE = [{ layer: 'carrier', says: 'a sign', weight: 0.6 }] as const
const SILENCE = { key: undefined, words: undefined }
const first: Pick<ChallengeReply, 'asked'> = { asked: 1 }

function screening(verdict: ScreeningVerdict): Screening {
  return { verdict, suspicion: 0.6, evidence: EVIDENCE }
}

/** Gives one verdict on every ring, and counts them. */
class OneVerdict implements Screener {
  rings = 0
  readonly #verdict: () => Promise<Screening>

  constructor(verdict: ScreeningVerdict | (() => Promise<Screening>)) {
    this.#verdict = typeof verdict === 'string' ? async () => screening(verdict) : verdict
  }

  screen(): Promise<Screening> {
    this.rings += 1
    return this.#verdict()
  }

  async usualCostUsd(): Promise<number> {
    return 0.25
  }
}

function openHouse(verdict: ConstructorParameters<typeof OneVerdict>[0], options: HouseOptions = {}): CallHouse {
  const screener = new OneVerdict(verdict)
  const soundsRecorded = (words: string) => words.startsWith('This is an important message')
  const house = new CallHouse({ ...options, soundsRecorded, switchboard: { screener, ...options.switchboard } })
  return house
}

const reply = (house: CallHouse, given: ChallengeReply): Promise<RingAnswer> =>
  house.switchboard.challenged(CALLER, given)

const question = (asked: number): RingAnswer => ({
  do: 'challenge',
  asked,
  text: 'Phrase challenge.',
  language: 'en-US',
})

const onlyRecord = (house: CallHouse): CallRecord | undefined => {
  expect(house.store.records).toHaveLength(1)
  return house.store.records[0]
}

it('[SC7] a caller who comes in brings the evidence along, behind the ring', async () => {
  await using house = openHouse('accept')
  await house.ring()
  expect(house.facts.slice(0, 2)).toMatchObject([
    { type: 'call.rang' },
    { type: 'call.screened', verdict: 'accept', suspicion: 0.6, evidence: EVIDENCE },
  ])
  expect(house.session.call.screening).toEqual(screening('accept'))
})

it('[SC3][SC7] a rejected call is not answered, costs no engine, and ends once with its evidence', async () => {
  await using house = openHouse('reject')
  house.engine.script()
  const answers = await Promise.all([1, 2].map(() => house.switchboard.ring(CALLER)))
  expect(answers).toEqual([{ do: 'reject' }, { do: 'reject' }])
  await settle()
  expect(await house.switchboard.ring(CALLER)).toEqual({ do: 'reject' })
  expect(house.engine.attempts).toBe(0)
  expect(onlyRecord(house)).toMatchObject({ endReason: 'screened out', talkedMs: 0, costAvoidedUsd: 0.25 })
  expect(house.store.facts('CA1').map(({ type }) => type)).toEqual([
    'call.rang',
    'call.screened',
    'cost.avoided',
    'call.ended',
  ])
})

it('[SC2][SC7] a suspicious caller may leave a message, without the agent', async () => {
  await using house = openHouse('message')
  house.engine.script()
  expect(await house.switchboard.ring(CALLER)).toEqual({ do: 'take a message' })
  await settle()
  expect(onlyRecord(house)).toMatchObject({ endReason: 'screened out' })
  expect(house.of('call.handed-over')).toMatchObject([{ to: 'message' }])
})

it.each<[string, Omit<ChallengeReply, 'asked'>, 'key' | 'speech']>([
  ['any key', { key: '7', words: undefined }, 'key'],
  ['any words', { key: undefined, words: 'It is Maria Santos' }, 'speech'],
])('[SC5] %s shows a person, who is then served like anybody else', async (_what, given, by) => {
  await using house = openHouse('challenge')
  expect(await house.switchboard.ring(CALLER)).toEqual(question(1))
  await house.pass(8_000)
  expect(house.engine.attempts).toBe(0)
  const answer = await reply(house, { ...first, ...given })
  expect(answer.do).toBe('stream')
  house.connect()
  await house.pass(100)
  expect(house.phrases).toEqual(['opening'])
  expect(house.of('call.challenged')).toEqual([{ type: 'call.challenged', passed: true, by }])
  expect(house.of('call.screened')).toHaveLength(1)
  expect(house.store.calls).toBe(1)
})

it('[SC5] silence is asked once more, and then given to the message', async () => {
  await using house = openHouse('challenge')
  house.engine.script()
  await house.switchboard.ring(CALLER)
  expect(await reply(house, { asked: 1, ...SILENCE })).toEqual(question(2))
  expect(await reply(house, { asked: 2, ...SILENCE })).toEqual({ do: 'take a message' })
  await settle()
  expect(house.engine.attempts).toBe(0)
  expect(onlyRecord(house)).toMatchObject({ endReason: 'screened out', costAvoidedUsd: 0.25 })
  expect(house.of('call.challenged')).toEqual([{ type: 'call.challenged', passed: false, by: 'nothing' }])
})

it('[SC5] the words of a recording show nobody', async () => {
  await using house = openHouse('challenge')
  house.engine.script()
  await house.switchboard.ring(CALLER)
  const recording = { key: undefined, words: 'This is an important message about your account' }
  expect(await reply(house, { asked: 1, ...recording })).toEqual(question(2))
  expect(await reply(house, { asked: 2, ...recording })).toEqual({ do: 'take a message' })
  expect(house.of('call.challenged')).toEqual([])
  await settle()
  expect(house.of('call.challenged')).toEqual([{ type: 'call.challenged', passed: false, by: 'speech' }])
})

it('[SC6] a ring or a reply that comes twice gets the same answer and counts once', async () => {
  await using house = openHouse('challenge')
  house.engine.script()
  const rings = await Promise.all([1, 2, 3].map(() => house.switchboard.ring(CALLER)))
  expect(rings).toEqual([question(1), question(1), question(1)])
  const replies = await Promise.all([1, 2, 3].map(() => reply(house, { asked: 1, ...SILENCE })))
  expect(replies).toEqual([question(2), question(2), question(2)])
  expect(await house.switchboard.ring(CALLER)).toEqual(question(2))
  await reply(house, { asked: 2, ...SILENCE })
  expect(await reply(house, { asked: 2, key: '1', words: undefined })).toEqual({ do: 'take a message' })
  expect(await house.switchboard.ring(CALLER)).toEqual({ do: 'take a message' })
  await settle()
  onlyRecord(house)
})

it('[SC6] a reply that shows a person and comes twice gets one token', async () => {
  await using house = openHouse('challenge')
  await house.switchboard.ring(CALLER)
  const given = { asked: 1, key: '1', words: undefined }
  const [one, other] = await Promise.all([reply(house, given), reply(house, given)])
  expect(one).toEqual(other)
  expect(house.engine.attempts).toBe(1)
})

it.each([
  ['shows a person', { asked: 2, key: '1', words: undefined }, 'stream'],
  ['is silent for the second time', { asked: 2, ...SILENCE }, 'take a message'],
] as const)('[SC6] who %s is heard by another process, when the one that asked is gone', async (_what, given, does) => {
  const killed = openHouse('challenge')
  await killed.switchboard.ring(CALLER)
  await settle()
  await using house = openHouse('accept', { store: killed.store, clock: killed.clock })
  if (does !== 'stream') house.engine.script()
  expect((await reply(house, given)).do).toBe(does)
  await settle()
  expect(house.store.calls).toBe(1)
  if (does === 'stream') await house.session.close('caller hung up')
  await settle()
  expect(onlyRecord(house)).toMatchObject({ endReason: does === 'stream' ? 'caller hung up' : 'screened out' })
  await killed.switchboard.closeAll('shut down')
})

it('[SC6] a repeated ring of a call that another process has screened out gets what that one said', async () => {
  for (const verdict of ['reject', 'message'] as const) {
    await using house = openHouse(verdict)
    house.engine.script()
    const answer = await house.switchboard.ring(CALLER)
    await settle()
    await using another = openHouse('accept', { store: house.store, clock: house.clock })
    another.engine.script()
    expect(await another.switchboard.ring(CALLER)).toEqual(answer)
  }
})

it('[SC7] a caller who hangs up while they are asked leaves one record', async () => {
  await using house = openHouse('challenge')
  house.engine.script()
  await house.switchboard.ring(CALLER)
  expect(house.switchboard.holds('CA1')).toBe(true)
  await house.switchboard.carrierEnded('CA1')
  await house.switchboard.carrierEnded('CA1')
  expect(house.switchboard.holds('CA1')).toBe(false)
  expect(onlyRecord(house)).toMatchObject({ endReason: 'screened out' })
  expect(await reply(house, { asked: 1, key: '1', words: undefined })).toEqual({ do: 'hang up' })
})

it('[SC7] a caller the carrier forgets while they are asked leaves one record after a minute', async () => {
  await using house = openHouse('challenge')
  house.engine.script()
  await house.switchboard.ring(CALLER)
  await house.pass(59_000)
  expect(house.store.records).toEqual([])
  await house.pass(1_000)
  expect(onlyRecord(house)).toMatchObject({ endReason: 'screened out' })
})

it('[SC4] a screener that fails, or takes longer than a ring may wait, lets the caller in', async () => {
  await using failing = openHouse(() => Promise.reject(new Error('no such table')))
  expect((await failing.switchboard.ring(CALLER)).do).toBe('stream')
  await using slow = openHouse(() => new Promise(() => {}))
  const ringing = slow.switchboard.ring(CALLER)
  await slow.pass(1_500)
  expect((await ringing).do).toBe('stream')
  expect(slow.of('call.screened')).toEqual([])
})

it('[SC4] looking a call up and judging it share one second and a half', async () => {
  await using house = openHouse(() => new Promise(() => {}))
  const gate = Promise.withResolvers<void>()
  house.store.reading = gate.promise
  const ringing = house.switchboard.ring(CALLER)
  await house.pass(1_000)
  gate.resolve()
  await house.pass(500)
  expect((await ringing).do).toBe('stream')
})

it('[SC6] a person who is asked while the server drains is served, and waited for', async () => {
  await using house = openHouse('challenge')
  await house.switchboard.ring(CALLER)
  house.switchboard.drain()
  expect(house.switchboard.isEmpty).toBe(false)
  expect((await reply(house, { asked: 1, key: '1', words: undefined })).do).toBe('stream')
})

it('[SC7] a person for whom there is no desk any more is handed over, and kept so', async () => {
  await using house = openHouse('challenge', { switchboard: { capacity: 1 } })
  await house.switchboard.ring(CALLER)
  const other = { ...CALLER, carrierCallId: 'CA2' }
  await house.switchboard.ring(other)
  expect((await house.switchboard.challenged(other, { asked: 1, key: '1', words: undefined })).do).toBe('stream')
  expect(await reply(house, { asked: 1, key: '1', words: undefined })).toEqual({ do: 'take a message' })
  await settle()
  expect(onlyRecord(house)).toMatchObject({ endReason: 'message left', costAvoidedUsd: undefined })
  expect(house.turnedAway).toEqual(['full'])
})

it('[CS14] a full house looks into nobody', async () => {
  const screener = new OneVerdict('accept')
  await using house = new CallHouse({ switchboard: { capacity: 0, screener } })
  house.engine.script()
  expect(await house.switchboard.ring(CALLER)).toEqual({ do: 'reject as busy' })
  expect(screener.rings).toBe(0)
})
