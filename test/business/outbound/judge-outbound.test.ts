import { describe, expect, it } from 'vitest'
import { placesOf } from '../../../src/business/outbound/calling-hours.ts'
import { judgeOutbound, type OutboundFacts } from '../../../src/business/outbound/judge-outbound.ts'
import { outboundSchema } from '../../../src/config/outbound-schema.ts'

const DAY_MS = 24 * 3_600_000
const BOSTON = '+16175550123'
const NOON = Date.parse('2026-11-18T12:00-05:00')
const NONE = {
  ...{ sameSubject: 0, sameNumber: 0, campaign: 0, lastHour: 0, lastSecond: 0 },
  ...{ underWay: 0, underWayToNumber: 0, answered: 0, abandoned: 0 },
}

/** A marketing call that may be made. */
const LAWFUL: OutboundFacts = {
  at: NOON,
  settings: outboundSchema.parse({}),
  switchedOn: true,
  number: BOSTON,
  purpose: 'marketing',
  callerId: '+16175550100',
  optedOut: false,
  consent: { at: NOON - DAY_MS, written: true, textVersion: 'v1' },
  doNotCall: { loadedAt: NOON - DAY_MS, listed: false },
  places: placesOf(BOSTON, undefined),
  counts: NONE,
}

type Change = (facts: OutboundFacts) => Partial<OutboundFacts>
const counts =
  (count: Partial<OutboundFacts['counts']>): Change =>
  (facts) => ({ counts: { ...facts.counts, ...count } })
const number =
  (value: string): Change =>
  () => ({ number: value })

/** Every way to fail, the step it belongs to, and whether waiting helps. */
const FAILURES: readonly [reason: string, step: number, waits: boolean, change: Change][] = [
  ['outbound is not enabled', 1, false, ({ settings }) => ({ settings: { ...settings, enabled: false } })],
  ['outbound is switched off', 1, true, () => ({ switchedOn: false })],
  ['not a number', 2, false, number('+1617555')],
  ['premium number', 2, false, number('+19005551234')],
  ['premium number', 2, false, number('+16179765123')],
  ['country not allowed', 2, false, number('+18765551234')],
  ['country not allowed', 2, false, number('+442079460123')],
  ['nobody has this number', 2, false, number('+18005550123')],
  ['no number of ours to call from', 3, false, () => ({ callerId: undefined })],
  ['opted out', 4, false, () => ({ optedOut: true })],
  ['no consent', 5, false, () => ({ consent: undefined })],
  ['consent is not in writing', 5, false, () => ({ consent: { at: NOON, written: false, textVersion: undefined } })],
  [
    'do-not-call list is missing or too old',
    6,
    false,
    () => ({ doNotCall: { loadedAt: NOON - 32 * DAY_MS, listed: false } }),
  ],
  ['do-not-call list is missing or too old', 6, false, () => ({ doNotCall: { loadedAt: undefined, listed: false } })],
  [
    'on the do-not-call list',
    6,
    false,
    () => ({
      doNotCall: { loadedAt: NOON, listed: true },
      consent: { at: NOON, written: true, textVersion: undefined },
    }),
  ],
  [
    'consent too old for a reassigned number',
    6,
    false,
    () => ({ consent: { at: NOON - 541 * DAY_MS, written: true, textVersion: 'v1' } }),
  ],
  ['nobody knows their time zone', 7, false, () => ({ places: [] })],
  ['outside calling hours', 7, true, () => ({ places: placesOf(BOSTON, 'HI') })],
  ['called often enough about it', 8, false, counts({ sameSubject: 3 })],
  ['called often enough this week', 8, false, counts({ sameNumber: 7 })],
  ['campaign is full for today', 8, false, counts({ campaign: 200 })],
  ['too many abandoned calls', 8, false, counts({ answered: 40, abandoned: 1 })],
  ['too many calls this hour', 8, true, counts({ lastHour: 100 })],
  ['another call to them goes on', 8, true, counts({ underWayToNumber: 1 })],
  ['all lines are in use', 8, true, counts({ underWay: 5 })],
  ['too many calls this second', 8, true, counts({ lastSecond: 1 })],
]

function changed(changes: readonly Change[]): OutboundFacts {
  let facts = LAWFUL
  for (const change of changes) facts = { ...facts, ...change(facts) }
  return facts
}

describe('the outbound gate', () => {
  it('lets a lawful call pass', () => {
    expect(judgeOutbound(LAWFUL)).toEqual({ allowed: true })
  })

  it.each(FAILURES)('refuses: %s (step %i)', (reason, step, waits, change) => {
    const judgement = judgeOutbound(changed([change]))
    expect(judgement).toMatchObject({ allowed: false, reason, step })
    expect('until' in judgement && judgement.until! > NOON).toBe(waits)
  })

  it('goes by the first step that fails, in 200 random combinations', () => {
    const random = seeded(5_1)
    for (let round = 0; round < 200; round++) {
      // One failure of a step at most: a second would undo the first where both change the same fact.
      const chosen = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((step) => {
        const ofStep = FAILURES.filter((failure) => failure[1] === step)
        return random() < 0.3 ? [ofStep[Math.floor(random() * ofStep.length)]!] : []
      })
      const judgement = judgeOutbound(changed(chosen.toReversed().map(([, , , change]) => change)))
      const [first] = chosen
      if (first) expect(judgement, `round ${round}`).toMatchObject({ step: first[1], reason: first[0] })
      else expect(judgement).toEqual({ allowed: true })
    }
  })

  it('looks at steps 4 to 8 only when somebody answers', () => {
    for (const [reason, step, , change] of FAILURES) {
      const judgement = judgeOutbound(changed([change]), 'at answer')
      expect(judgement, reason).toMatchObject(step < 4 ? { allowed: true } : { step, reason })
    }
  })

  it('asks for no writing and no list where nothing is sold, and still for consent', () => {
    const spoken = {
      ...LAWFUL,
      purpose: 'informational',
      consent: { at: NOON, written: false, textVersion: undefined },
    }
    expect(judgeOutbound({ ...spoken, doNotCall: { loadedAt: undefined, listed: true } } as OutboundFacts)).toEqual({
      allowed: true,
    })
  })

  it('calls a listed number whose owner signed for it', () => {
    expect(judgeOutbound({ ...LAWFUL, doNotCall: { loadedAt: NOON, listed: true } })).toEqual({ allowed: true })
  })

  it('takes a do-not-call list of 31 days for good', () => {
    const loadedAt = NOON - 31 * DAY_MS
    expect(judgeOutbound({ ...LAWFUL, doNotCall: { loadedAt, listed: false } })).toEqual({ allowed: true })
  })
})

/** A small generator, so that a round that fails fails again. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
