import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TurnTaking } from '../../src/call/turn-taking.ts'

const FALSE_ALARM_MS = 1_000

function taking(): TurnTaking {
  return new TurnTaking({ falseAlarmMs: FALSE_ALARM_MS })
}

describe('a caller who speaks while we do', () => {
  it('[TT1] silences us at once', () => {
    expect(taking().callerStarted(0, true)).toBe('yield')
  })

  it('[TT5] is answered when words come, partial ones too', () => {
    const turns = taking()
    turns.callerStarted(0, true)
    expect(turns.callerStopped(400, 't1')).toBeUndefined()
    expect(turns.callerSaid('t1', 'wai', false)).toBe('answer')
  })

  it('[TT5] is answered at once when words came before they stopped', () => {
    const turns = taking()
    turns.callerStarted(0, true)
    turns.callerSaid('t1', 'wait', false)
    expect(turns.callerStopped(400, 't1')).toBe('answer')
  })

  it('[TT5] is answered at once when they spoke for more than 1.2 s', () => {
    const turns = taking()
    turns.callerStarted(0, true)
    expect(turns.callerStopped(1_200, 't1')).toBe('answer')
  })

  it('[TT5] is not taken for somebody who spoke by words that belong to an earlier turn', () => {
    const turns = taking()
    turns.callerStarted(0, false)
    turns.callerStopped(1_000, 'before')
    turns.callerStarted(2_000, true)
    expect(turns.callerSaid('before', 'I want a loan', true)).toBeUndefined()
    expect(turns.callerStopped(2_300, 'cough')).toBeUndefined()
    expect(turns.callerSaid('cough', '', true)).toBe('continue sentence')
  })

  it('[TT6] was a false alarm when the words are empty, or do not come in time', () => {
    const turns = taking()
    turns.callerStarted(0, true)
    turns.callerStopped(300, 't1')
    expect(turns.tick(300 + FALSE_ALARM_MS - 1)).toBeUndefined()
    expect(turns.tick(300 + FALSE_ALARM_MS)).toBe('continue sentence')
    expect(turns.callerHasFloor).toBe(false)
  })

  it('[TT7] keeps the floor when they speak again before it is decided', () => {
    const turns = taking()
    turns.callerStarted(0, true)
    turns.callerStopped(300, 't1')
    expect(turns.callerStarted(600, false)).toBeUndefined()
    expect(turns.tick(5_000)).toBeUndefined()
    expect(turns.callerSaid('t1', 'well', true)).toBeUndefined()
    expect(turns.callerStopped(5_100, 't2')).toBe('answer')
  })

  it('[TT7] has cut us even when the engine says twice that they began', () => {
    const turns = taking()
    turns.callerStarted(0, true)
    turns.callerStarted(100, false)
    expect(turns.callerStopped(300, 't1')).toBeUndefined()
    expect(turns.callerHasFloor).toBe(true)
  })

  it('[TT7] is in doubt until the words of every stretch are known', () => {
    const turns = taking()
    turns.callerStarted(0, true)
    turns.callerStopped(200, 't1')
    turns.callerStarted(400, false)
    turns.callerStopped(600, 't2')
    expect(turns.callerSaid('t1', '', true)).toBeUndefined()
    expect(turns.callerSaid('t2', '', true)).toBe('continue sentence')
  })

  it('[TT9] is answered after all when the words come after we took it for a cough', () => {
    const turns = taking()
    turns.callerStarted(0, true)
    turns.callerStopped(300, 't1')
    turns.tick(2_000)
    expect(turns.callerSaid('t1', 'Stop', true)).toBe('answer after all')
    expect(turns.callerSaid('t1', 'Stop', true)).toBeUndefined()
  })
})

it('[TT3] a caller who had not cut us is answered as soon as they stop', () => {
  const turns = taking()
  expect(turns.callerStarted(0, false)).toBeUndefined()
  expect(turns.callerStopped(100, 't1')).toBe('answer')
  expect(turns.callerSaid('t1', 'Hello', true)).toBeUndefined()
})

type Step =
  | { do: 'start'; weSpeak: boolean }
  | { do: 'stop' }
  | { do: 'say'; turn: number; text: string; final: boolean }
  | { do: 'reset' }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('start' as const), weSpeak: fc.boolean() }),
  fc.record({ do: fc.constant('stop' as const) }),
  fc.record({
    do: fc.constant('say' as const),
    turn: fc.nat(6),
    text: fc.constantFrom('', 'yes'),
    final: fc.boolean(),
  }),
  fc.record({ do: fc.constant('reset' as const) }),
)

it('[TT6] whatever the order of events, a caller who has stopped does not keep the floor', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(step, fc.nat(2_000)), { maxLength: 40 }), (steps) => {
      const turns = taking()
      let nowMs = 0
      let stops = 0
      for (const [step, passedMs] of steps) {
        nowMs += passedMs
        turns.tick(nowMs)
        if (step.do === 'start') turns.callerStarted(nowMs, step.weSpeak)
        else if (step.do === 'stop') turns.callerStopped(nowMs, `t${stops++}`)
        else if (step.do === 'say') turns.callerSaid(`t${step.turn}`, step.text, step.final)
        else turns.reset()
      }
      turns.callerStopped(nowMs, 'last')
      turns.tick(nowMs + FALSE_ALARM_MS)
      expect(turns.callerHasFloor).toBe(false)
    }),
  )
})

it('[TT5] whatever the order of events, no stretch of speech is answered twice', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(step, fc.nat(2_000)), { maxLength: 40 }), (steps) => {
      const turns = taking()
      let nowMs = 0
      let stops = 0
      let answers = 0
      const count = (decision: string | undefined) => {
        if (decision?.startsWith('answer')) answers += 1
      }
      for (const [step, passedMs] of steps) {
        nowMs += passedMs
        count(turns.tick(nowMs))
        if (step.do === 'start') count(turns.callerStarted(nowMs, step.weSpeak))
        else if (step.do === 'stop') count(turns.callerStopped(nowMs, `t${stops++}`))
        else if (step.do === 'say') count(turns.callerSaid(`t${step.turn}`, step.text, step.final))
      }
      expect(answers).toBeLessThanOrEqual(stops)
    }),
  )
})
