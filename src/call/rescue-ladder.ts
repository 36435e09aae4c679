import type { EngineError, EngineStanding } from '../engines/engine.ts'

/** An engine on the ladder, the call's own first. */
export interface Rung {
  /** Attempts at it, and sessions of it that did not last, since one did. */
  readonly failures: number
  /** How it fares over all calls, at the moment of asking. */
  readonly standing: () => EngineStanding
}

export interface RescueLadderOptions {
  readonly rungs: readonly Rung[]
  /** When the call is saved without us, if no session is there; monotonic ms. */
  readonly giveUpAtMs: number
  /** Why the session of the first rung was lost; undefined when the call has had none. */
  readonly lost?: EngineError | undefined
  /** The first attempt may take longer: the caller is being greeted meanwhile. */
  readonly patient: boolean
}

export type LadderStep =
  | { readonly do: 'open'; readonly rung: number; readonly timeoutMs: number }
  /** `late`: the time is up. Otherwise there is nothing left to try. */
  | { readonly do: 'give up'; readonly late: boolean }

/** No session so long after a loss: a person or a message takes the call (F1). */
export const GIVE_UP_AFTER_MS = 6_000
/** When the next engine is opened beside those that are tried already (F1). */
const HEDGE_AFTER_MS = 1_000
/** When an attempt is made, in ms after the loss or the failures before it (F1). */
const RETRY_AFTER_MS = [0, 250, 750] as const
/** One attempt may take this long (F1); one that nobody waits for in silence may take longer. */
export const ATTEMPT_TIMEOUT_MS = 1_500
export const PATIENT_TIMEOUT_MS = 4_000
/** A provider that asks for a longer pause is not waited for (F3). */
const LONGEST_PAUSE_MS = 1_000

/** The attempts at one engine. `shunned`: left alone because it is suspect, not because it failed this call. */
interface Lane {
  readonly rung: number
  failures: number
  dueMs: number
  state: 'waiting' | 'trying' | 'shunned' | 'out'
}

/**
 * Which engine is tried when, after a loss or at the ring: rules RL1-RL6 of SPEC.md. It decides, the race performs. All
 * times are monotonic ms and are handed in.
 */
export class RescueLadder {
  readonly #options: RescueLadderOptions
  /** One for each rung that was reached. */
  readonly #lanes: Lane[] = []
  #reachedAtMs = 0
  /** Nothing else is left: the call's own engine is tried although it is suspect. */
  #lastResort = false

  constructor(options: RescueLadderOptions) {
    this.#options = options
  }

  /** What is due now. To be asked until it says undefined; again at `dueMs`, and after every failure. */
  next(nowMs: number): LadderStep | undefined {
    if (nowMs >= this.#options.giveUpAtMs) return { do: 'give up', late: true }
    this.#shunSuspects(nowMs)
    this.#climb(nowMs)
    if (!this.#alive) this.#fallBack()
    const due = this.#lanes.find((lane) => isDue(lane, nowMs))
    if (due) return this.#try(due)
    return this.#alive ? undefined : { do: 'give up', late: false }
  }

  /** When something is due next, if nothing fails before. */
  get dueMs(): number {
    const { rungs, giveUpAtMs } = this.#options
    const waiting = this.#lanes.filter(({ state }) => state === 'waiting').map(({ dueMs }) => dueMs)
    const hedge = this.#lanes.length < rungs.length ? [this.#reachedAtMs + HEDGE_AFTER_MS] : []
    return Math.min(giveUpAtMs, ...waiting, ...hedge)
  }

  /** An attempt that was asked for has failed. */
  failed(rung: number, error: EngineError, nowMs: number): void {
    const lane = this.#lanes[rung]
    if (lane?.state !== 'trying') return
    lane.failures += 1
    this.#wait(lane, nowMs, error)
  }

  /** An attempt is being made, or will be. */
  get #alive(): boolean {
    return this.#lanes.some(isAlive)
  }

  /** [RL3] The next rung: at once when nothing else is tried, beside the others after a while. */
  #climb(nowMs: number): void {
    const { rungs, lost } = this.#options
    while (this.#lanes.length < rungs.length) {
      if (this.#alive && nowMs < this.#reachedAtMs + HEDGE_AFTER_MS) return
      const rung = this.#lanes.length
      const lane: Lane = { rung, failures: rungs[rung]?.failures ?? 0, dueMs: nowMs, state: 'waiting' }
      this.#lanes.push(lane)
      this.#wait(lane, nowMs, rung === 0 ? lost : undefined)
      if (isAlive(lane) && !this.#mayTry(lane)) this.#shun(lane)
      if (isAlive(lane)) this.#reachedAtMs = nowMs
    }
  }

  #wait(lane: Lane, nowMs: number, error: EngineError | undefined): void {
    const pauseMs = pauseBeforeAttemptMs(error, lane.failures)
    lane.state = pauseMs === undefined ? 'out' : 'waiting'
    lane.dueMs = nowMs + (pauseMs ?? 0)
  }

  /** [RL4] What other calls have learned meanwhile counts. */
  #shunSuspects(nowMs: number): void {
    for (const lane of this.#lanes) if (isDue(lane, nowMs) && !this.#mayTry(lane)) this.#shun(lane)
  }

  #mayTry({ rung }: Lane): boolean {
    const standing = this.#standingOf(rung)
    return standing === 'in order' || (standing === 'suspect' && rung === 0 && this.#lastResort)
  }

  #shun(lane: Lane): void {
    lane.state = this.#standingOf(lane.rung) === 'suspect' ? 'shunned' : 'out'
  }

  /** [RL4] Rather an engine that dropped others than none: it may be back, and this call has attempts left. */
  #fallBack(): void {
    const [own] = this.#lanes
    if (own?.state !== 'shunned') return
    this.#lastResort = true
    if (this.#mayTry(own)) own.state = 'waiting'
  }

  #try(lane: Lane): LadderStep {
    lane.state = 'trying'
    const isFirst = lane.rung === 0 && lane.failures === 0
    const timeoutMs = this.#options.patient && isFirst ? PATIENT_TIMEOUT_MS : ATTEMPT_TIMEOUT_MS
    return { do: 'open', rung: lane.rung, timeoutMs }
  }

  #standingOf(rung: number): EngineStanding {
    return this.#options.rungs[rung]?.standing() ?? 'out of order'
  }
}

function isAlive({ state }: Lane): boolean {
  return state === 'waiting' || state === 'trying'
}

function isDue({ state, dueMs }: Lane, nowMs: number): boolean {
  return state === 'waiting' && dueMs <= nowMs
}

/** Ms to wait before the next attempt after so many failures, the last of them `error`; undefined when there is none. */
function pauseBeforeAttemptMs(error: EngineError | undefined, failures: number): number | undefined {
  if (error?.failure === 'refused') return undefined
  const scheduledMs = RETRY_AFTER_MS[failures]
  if (scheduledMs === undefined || error?.failure !== 'limited') return scheduledMs
  return error.retryAfterMs !== undefined && error.retryAfterMs <= LONGEST_PAUSE_MS ? error.retryAfterMs : undefined
}
