import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RescueLadder, type RescueLadderOptions } from '../../src/call/rescue-ladder.ts'
import { EngineError, type EngineFailure, type EngineStanding } from '../../src/engines/engine.ts'

const GIVE_UP_MS = 6_000

function error(failure: EngineFailure, retryAfterMs?: number): EngineError {
  return new EngineError(failure, failure, failure, { retryAfterMs })
}

interface Opened {
  readonly rung: number
  readonly atMs: number
  readonly timeoutMs: number
  readonly standing: EngineStanding
}

interface Outcome {
  readonly at: readonly Opened[]
  readonly gaveUpAtMs: number | undefined
  readonly wonBy: number | undefined
  /** Rungs being tried when each attempt began, itself left out. */
  readonly beside: readonly number[]
}

/** What becomes of each attempt at a rung: `ms` later it fails, or is ready. Past the list it never ends by itself. */
type Fate = { readonly afterMs: number; readonly fails?: EngineError }

type Standing = (nowMs: number) => EngineStanding

interface Play {
  readonly fates: readonly (readonly Fate[])[]
  readonly standings?: readonly Standing[]
  readonly lost?: EngineError
  readonly failures?: readonly number[]
  readonly patient?: boolean
}

/** Lets a ladder run in 10 ms steps. */
function play({ fates, standings = [], lost, failures = [], patient = false }: Play): Outcome {
  let nowMs = 0
  const standingOf = (rung: number) => standings[rung]?.(nowMs) ?? 'in order'
  const options: RescueLadderOptions = {
    rungs: fates.map((_, rung) => ({ failures: failures[rung] ?? 0, standing: () => standingOf(rung) })),
    giveUpAtMs: GIVE_UP_MS,
    lost,
    patient,
  }
  const ladder = new RescueLadder(options)
  const at: Opened[] = []
  const beside: number[] = []
  const made = fates.map(() => 0)
  let running: { rung: number; endsAtMs: number; fails: EngineError | undefined }[] = []
  for (; nowMs <= GIVE_UP_MS + 1_000; nowMs += 10) {
    for (let settled = false; !settled; ) {
      for (const attempt of running.filter(({ endsAtMs }) => endsAtMs <= nowMs)) {
        if (!attempt.fails) return { at, beside, gaveUpAtMs: undefined, wonBy: attempt.rung }
        running = running.filter((other) => other !== attempt)
        ladder.failed(attempt.rung, attempt.fails, nowMs)
      }
      for (let step = ladder.next(nowMs); step; step = ladder.next(nowMs)) {
        if (step.do === 'give up') return { at, beside, gaveUpAtMs: nowMs, wonBy: undefined }
        const { rung, timeoutMs } = step
        const fate = fates[rung]?.[made[rung] ?? 0]
        made[rung] = (made[rung] ?? 0) + 1
        at.push({ rung, atMs: nowMs, timeoutMs, standing: standingOf(rung) })
        beside.push(running.length)
        const inTime = fate !== undefined && fate.afterMs < timeoutMs
        const endsAtMs = nowMs + (inTime ? fate.afterMs : timeoutMs)
        running.push({ rung, endsAtMs, fails: inTime ? fate.fails : error('stalled') })
      }
      settled = running.every(({ endsAtMs }) => endsAtMs > nowMs)
    }
    expect(ladder.dueMs).toBeGreaterThan(nowMs)
  }
  return { at, beside, gaveUpAtMs: undefined, wonBy: undefined }
}

const fails = (failure: EngineFailure, afterMs = 0, retryAfterMs?: number): Fate => ({
  afterMs,
  fails: error(failure, retryAfterMs),
})
const drops = [fails('dropped'), fails('dropped'), fails('dropped')]
const times = ({ at }: Outcome) => at.map(({ rung, atMs }) => [rung, atMs])

describe('the rescue ladder', () => {
  it('[RL1] tries the lost engine at once and 250 and 750 ms after failures, then nothing is left', () => {
    const outcome = play({ fates: [drops], lost: error('dropped') })
    expect(times(outcome)).toEqual([
      [0, 0],
      [0, 250],
      [0, 1_000],
    ])
    expect(outcome.gaveUpAtMs).toBe(1_000)
  })

  it('[RL1] gives an attempt 1.5 s, and the first of a call 4 s', () => {
    expect(play({ fates: [[]], lost: error('dropped') }).at.map(({ timeoutMs }) => timeoutMs)).toEqual([
      1_500, 1_500, 1_500,
    ])
    expect(play({ fates: [[]], patient: true }).at.map(({ timeoutMs }) => timeoutMs)).toEqual([4_000, 1_500])
  })

  it.each([
    ['refused', error('refused')],
    ['limited for more than a second', error('limited', 1_100)],
    ['limited, nobody knows how long', error('limited')],
  ])('[RL1] [RL3] goes on to the next engine at once when the lost one %s', (_, lost) => {
    expect(times(play({ fates: [[], [{ afterMs: 100 }]], lost }))).toEqual([[1, 0]])
  })

  it('[RL1] waits for a provider that asks for less than a second', () => {
    expect(times(play({ fates: [[{ afterMs: 0 }]], lost: error('limited', 400) }))).toEqual([[0, 400]])
  })

  it('[RL3] opens the next engine beside the first 1.0 s after it, and the one after that 1.0 s later', () => {
    const outcome = play({ fates: [[], [], [{ afterMs: 300 }]], lost: error('dropped') })
    expect(times(outcome)).toEqual([
      [0, 0],
      [1, 1_000],
      [0, 1_750],
      [2, 2_000],
    ])
    expect(outcome.wonBy).toBe(2)
  })

  it('[RL4] passes over an engine whose breaker is open, whichever way', () => {
    const standings: Standing[] = [() => 'in order', () => 'suspect', () => 'out of order', () => 'in order']
    const outcome = play({ fates: [[], [], [], [{ afterMs: 0 }]], standings })
    expect(times(outcome)).toEqual([
      [0, 0],
      [3, 1_000],
    ])
  })

  it('[RL4] leaves an engine between two attempts when it has become suspect, for one in order', () => {
    const standings: Standing[] = [(nowMs) => (nowMs > 100 ? 'suspect' : 'in order'), () => 'in order']
    const outcome = play({ fates: [drops, [{ afterMs: 50 }]], standings, lost: error('dropped') })
    expect(times(outcome)).toEqual([
      [0, 0],
      [1, 250],
    ])
  })

  it('[RL4] tries a suspect engine rather than none, but not a refused one', () => {
    const lost = error('dropped')
    const suspect = play({ fates: [drops, []], standings: [() => 'suspect', () => 'out of order'], lost })
    expect(times(suspect)).toEqual([
      [0, 0],
      [0, 250],
      [0, 1_000],
    ])
    const refused = play({ fates: [drops], standings: [() => 'out of order'], lost })
    expect(refused).toMatchObject({ at: [], gaveUpAtMs: 0 })
  })

  it('[RL5] gives up at once when everything refuses', () => {
    const outcome = play({ fates: [[fails('refused')], [fails('refused')], [fails('refused')]] })
    expect(outcome.at.map(({ rung }) => rung)).toEqual([0, 1, 2])
    expect(outcome.gaveUpAtMs).toBeLessThan(100)
  })

  it('[EL1] counts sessions that did not last as attempts', () => {
    expect(times(play({ fates: [drops], failures: [2], lost: error('dropped') }))).toEqual([[0, 750]])
    expect(play({ fates: [drops], failures: [3], lost: error('dropped') })).toMatchObject({ at: [], gaveUpAtMs: 0 })
  })

  it('[RL3] [RL4] [RL5] has an outcome by 6 s, hedges never before 1.0 s, and never tries a broken engine', () => {
    const failure = fc.constantFrom<EngineFailure>('dropped', 'stalled', 'limited', 'refused', 'expired')
    const fate = fc.record({
      afterMs: fc.nat(2_500),
      fails: fc.option(
        fc.tuple(failure, fc.option(fc.nat(2_000))).map(([kind, ms]) => error(kind, ms ?? undefined)),
        { nil: undefined },
      ),
    })
    const standing = fc
      .array(fc.tuple(fc.nat(6_000), fc.constantFrom<EngineStanding>('in order', 'suspect', 'out of order')))
      .map((changes) => {
        const inOrder = changes.toSorted(([a], [b]) => a - b)
        return (nowMs: number) => inOrder.findLast(([fromMs]) => fromMs <= nowMs)?.[1] ?? 'in order'
      })
    const lane = fc.record({ fates: fc.array(fate, { maxLength: 4 }), standing, failures: fc.nat(3) })
    const lost = fc.option(
      failure.map((kind) => error(kind, 500)),
      { nil: undefined },
    )
    fc.assert(
      fc.property(fc.array(lane, { maxLength: 4 }), lost, fc.boolean(), (lanes, why, patient) => {
        const { at, beside, gaveUpAtMs, wonBy } = play({
          fates: lanes.map(({ fates }) => fates as Fate[]),
          standings: lanes.map((one) => one.standing),
          failures: lanes.map(({ failures }) => failures),
          ...(why ? { lost: why } : {}),
          patient,
        })
        expect(wonBy !== undefined || (gaveUpAtMs !== undefined && gaveUpAtMs <= GIVE_UP_MS)).toBe(true)
        at.forEach(({ rung, atMs, standing: met }, nth) => {
          expect(met).not.toBe('out of order')
          if (met === 'suspect') expect(rung).toBe(0)
          const isFirst = !at.slice(0, nth).some((before) => before.rung === rung)
          if (isFirst && (beside[nth] ?? 0) > 0) expect(atMs).toBeGreaterThanOrEqual(1_000)
          expect(at.filter((before) => before.rung === rung).length).toBeLessThanOrEqual(3)
        })
      }),
      { numRuns: 500 },
    )
  })
})
