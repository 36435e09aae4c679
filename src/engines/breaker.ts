import type { Clock } from '../lib/clock.ts'
import { EngineError, type EngineStanding } from './engine.ts'

/** A provider that fails this often within this time is suspected (RELIABILITY 3.1). */
const FAILURES = 3
const WITHIN_MS = 10_000
/** How long it is left alone before one attempt may find out more. A refused key stays refused for longer. */
const SUSPECT_MS = 5_000
const REFUSED_MS = 60_000
/** A provider that asks for longer is asked again all the same: it may have meant another unit, or think better of it. */
const LONGEST_ASKED_PAUSE_MS = 10 * 60_000
/** The pause doubles with every attempt in vain, up to this. */
const LONGEST_GROWN_PAUSE_MS = 60_000

interface Trip {
  readonly standing: Exclude<EngineStanding, 'in order'>
  readonly pauseMs: number
  readonly untilMs: number
  /** The one attempt that is let through after the pause is under way. */
  readonly probed: boolean
}

/**
 * Remembers how one provider fared, over all calls (RELIABILITY F3, F4). After a pause one attempt is let through as a
 * probe; others keep away until it has succeeded or failed. State is this process's own.
 */
export class ProviderBreaker {
  readonly #clock: Clock
  readonly #onChange: (open: boolean) => void
  #failedAtMs: number[] = []
  #trip: Trip | undefined

  /** `onChange`: it left the provider alone from now on, or trusts it again. */
  constructor(clock: Clock, onChange: (open: boolean) => void = () => undefined) {
    this.#clock = clock
    this.#onChange = onChange
  }

  /** What an attempt that begins now would meet. */
  get standing(): EngineStanding {
    const trip = this.#trip
    return !trip || (this.#isPauseOver(trip) && !trip.probed) ? 'in order' : trip.standing
  }

  /** An attempt begins. True when it is the probe, of which is to be told what became of it. */
  begin(): boolean {
    const trip = this.#trip
    if (!trip || trip.probed || !this.#isPauseOver(trip)) return false
    this.#trip = { ...trip, probed: true }
    return true
  }

  /** The probe succeeded; unless its session was lost in the same moment. */
  proved(): void {
    if (this.#trip?.probed) this.#close()
  }

  /** The probe is over and showed nothing of this provider. */
  abandoned(): void {
    if (this.#trip) this.#trip = { ...this.#trip, probed: false }
  }

  /** A whole utterance came: whatever drops connections now and then, the provider works. */
  worked(): void {
    if (this.#trip?.standing !== 'out of order') this.#close()
  }

  failed(error: unknown): void {
    const failure = error instanceof EngineError ? error.failure : 'dropped'
    // The end of a session's time says nothing about the provider.
    if (failure === 'expired') return
    const nowMs = this.#clock.monotonicMs()
    if (failure === 'refused') this.#open('out of order', REFUSED_MS)
    else if (failure === 'limited') this.#open('out of order', pauseAskedFor(error as EngineError))
    else {
      this.#failedAtMs = [...this.#failedAtMs.filter((atMs) => nowMs - atMs < WITHIN_MS), nowMs]
      const onProbation = this.#trip !== undefined && this.#isPauseOver(this.#trip)
      if (onProbation || this.#failedAtMs.length >= FAILURES) this.#open('suspect', SUSPECT_MS)
    }
  }

  #open(standing: Trip['standing'], leastMs: number): void {
    const nowMs = this.#clock.monotonicMs()
    const before = this.#trip
    const inVain = before !== undefined && this.#isPauseOver(before)
    const pauseMs = Math.max(leastMs, inVain ? Math.min(LONGEST_GROWN_PAUSE_MS, before.pauseMs * 2) : 0)
    const stillOpen = before !== undefined && !inVain
    // A dropped connection does not make a refused key better.
    const worst = stillOpen && before.standing === 'out of order' ? before.standing : standing
    const untilMs = Math.max(stillOpen ? before.untilMs : 0, nowMs + pauseMs)
    this.#trip = { standing: worst, pauseMs, untilMs, probed: false }
    if (!before) this.#onChange(true)
  }

  #close(): void {
    this.#failedAtMs = []
    if (!this.#trip) return
    this.#trip = undefined
    this.#onChange(false)
  }

  #isPauseOver({ untilMs }: Trip): boolean {
    return this.#clock.monotonicMs() >= untilMs
  }
}

function pauseAskedFor({ retryAfterMs = SUSPECT_MS }: EngineError): number {
  return Math.min(retryAfterMs, LONGEST_ASKED_PAUSE_MS)
}
