import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TurnTaking, type WordsMean } from '../../src/call/turn-taking.ts'

const FALSE_ALARM_MS = 1_000
const NUMBER_PAUSE_MS = 1_200

function taking(): TurnTaking {
  return new TurnTaking({ falseAlarmMs: FALSE_ALARM_MS, numberPauseMs: NUMBER_PAUSE_MS })
}

describe('a caller who speaks while we do', () => {
  it('[TT1] silences us at once', () => {
    expect(taking().callerStarted(0, true)).toBe('yield')
  })

  it('[TT5] is answered when words come, partial ones too', () => {
    const turns = taking()
    turns.callerStarted(0, true)
    expect(turns.callerStopped(400, 't1')).toBeUndefined()
    expect(turns.callerSaid(400, 't1', 'a turn', false)).toBe('answer')
  })

  it('[TT5] is answered at once when words came before they stopped', () => {
    const turns = taking()
    turns.callerStarted(0, true)
    turns.callerSaid(400, 't1', 'a turn', false)
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
    expect(turns.callerSaid(400, 'before', 'a turn', true)).toBeUndefined()
    expect(turns.callerStopped(2_300, 'cough')).toBeUndefined()
    expect(turns.callerSaid(400, 'cough', 'nothing', true)).toBe('continue sentence')
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
    expect(turns.callerSaid(400, 't1', 'a turn', true)).toBeUndefined()
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
    expect(turns.callerSaid(400, 't1', 'nothing', true)).toBeUndefined()
    expect(turns.callerSaid(400, 't2', 'nothing', true)).toBe('continue sentence')
  })

  it('[TT9] is answered after all when the words come after we took it for a cough', () => {
    const turns = taking()
    turns.callerStarted(0, true)
    turns.callerStopped(300, 't1')
    turns.tick(2_000)
    expect(turns.callerSaid(400, 't1', 'a turn', true)).toBe('answer after all')
    expect(turns.callerSaid(400, 't1', 'a turn', true)).toBeUndefined()
  })
})

describe('words in passing', () => {
  it('[TT11] have the sentence go on as soon as they are known, without waiting for the final ones', () => {
    const turns = taking()
    turns.callerStarted(0, true)
    turns.callerStopped(400, 't1')
    expect(turns.callerSaid(450, 't1', 'in passing', false)).toBe('continue sentence')
    expect(turns.callerSaid(600, 't1', 'in passing', true)).toBeUndefined()
    expect(turns.callerHasFloor).toBe(false)
  })

  it('[TT11] have it go on at the end of the speech when they were known before', () => {
    const turns = taking()
    turns.callerStarted(0, true)
    turns.callerSaid(250, 't1', 'in passing', false)
    expect(turns.callerStopped(400, 't1')).toBe('continue sentence')
  })

  it('[TT11] have it go on in the middle of the speech when they are all there is for 300 ms', () => {
    const turns = taking()
    turns.callerStarted(0, true)
    turns.callerSaid(250, 't1', 'in passing', false)
    expect(turns.tick(549)).toBeUndefined()
    expect(turns.tick(550)).toBe('continue sentence')
    expect(turns.callerStopped(800, 't1')).toBeUndefined()
    expect(turns.callerHasFloor).toBe(false)
  })

  it('[TT9] were the beginning of a turn when more follows, while the caller speaks and afterwards', () => {
    const during = taking()
    during.callerStarted(0, true)
    during.callerSaid(250, 't1', 'in passing', false)
    during.tick(600)
    expect(during.callerSaid(700, 't1', 'a turn', false)).toBe('yield')
    expect(during.callerStopped(1_500, 't1')).toBe('answer')
    const after = taking()
    after.callerStarted(0, true)
    after.callerSaid(250, 't1', 'in passing', false)
    after.callerStopped(400, 't1')
    expect(after.callerSaid(900, 't1', 'a turn', true)).toBe('answer after all')
  })

  it('[TT11] are a turn when words that are none went before them', () => {
    const turns = taking()
    turns.callerStarted(0, true)
    turns.callerSaid(200, 't1', 'a turn', false)
    turns.callerSaid(300, 't1', 'in passing', true)
    expect(turns.callerStopped(400, 't1')).toBe('answer')
  })
})

describe('a number that may go on', () => {
  it('[TT12] is not answered before the pause is over', () => {
    const turns = taking()
    turns.callerStarted(0, false)
    expect(turns.callerStopped(1_000, 't1', true)).toBeUndefined()
    expect(turns.callerSaid(1_250, 't1', 'unfinished number', true)).toBeUndefined()
    expect(turns.callerHasFloor).toBe(true)
    expect(turns.tick(999 + NUMBER_PAUSE_MS)).toBeUndefined()
    expect(turns.tick(1_000 + NUMBER_PAUSE_MS)).toBe('answer')
  })

  it('[TT12] is answered once when it goes on, and at once when its words are whole', () => {
    const turns = taking()
    turns.callerStarted(0, false)
    turns.callerStopped(1_000, 't1', true)
    expect(turns.callerStarted(1_500, false)).toBeUndefined()
    expect(turns.callerSaid(1_600, 't1', 'unfinished number', true)).toBeUndefined()
    expect(turns.callerStopped(2_500, 't2', true)).toBeUndefined()
    expect(turns.callerSaid(2_750, 't2', 'a turn', true)).toBe('answer')
    expect(turns.tick(9_000)).toBeUndefined()
  })

  it('[TT12] is waited for after a short piece that cut us, too', () => {
    const turns = taking()
    turns.callerStarted(0, true)
    turns.callerStopped(400, 't1')
    expect(turns.callerSaid(500, 't1', 'unfinished number', true)).toBeUndefined()
    expect(turns.tick(399 + NUMBER_PAUSE_MS)).toBeUndefined()
    expect(turns.tick(400 + NUMBER_PAUSE_MS)).toBe('answer')
  })

  it('[TT12] a caller who coughs where we asked for one is answered', () => {
    const turns = taking()
    turns.callerStarted(0, false)
    turns.callerStopped(200, 't1', true)
    expect(turns.callerSaid(400, 't1', 'nothing', true)).toBe('answer')
  })
})

it('[TT3] a caller who had not cut us is answered as soon as they stop', () => {
  const turns = taking()
  expect(turns.callerStarted(0, false)).toBeUndefined()
  expect(turns.callerStopped(100, 't1')).toBe('answer')
  expect(turns.callerSaid(400, 't1', 'a turn', true)).toBeUndefined()
})

type Step =
  | { do: 'start'; weSpeak: boolean }
  | { do: 'stop'; mayGoOn: boolean }
  | { do: 'say'; turn: number; mean: WordsMean; final: boolean }
  | { do: 'reset' }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('start' as const), weSpeak: fc.boolean() }),
  fc.record({ do: fc.constant('stop' as const), mayGoOn: fc.boolean() }),
  fc.record({
    do: fc.constant('say' as const),
    turn: fc.nat(6),
    mean: fc.constantFrom<WordsMean>('nothing', 'in passing', 'unfinished number', 'a turn'),
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
        else if (step.do === 'stop') turns.callerStopped(nowMs, `t${stops++}`, step.mayGoOn)
        else if (step.do === 'say') turns.callerSaid(nowMs, `t${step.turn}`, step.mean, step.final)
        else turns.reset()
      }
      turns.callerStopped(nowMs, 'last')
      turns.tick(nowMs + NUMBER_PAUSE_MS)
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
        else if (step.do === 'stop') count(turns.callerStopped(nowMs, `t${stops++}`, step.mayGoOn))
        else if (step.do === 'say') count(turns.callerSaid(nowMs, `t${step.turn}`, step.mean, step.final))
      }
      expect(answers).toBeLessThanOrEqual(stops)
    }),
  )
})
