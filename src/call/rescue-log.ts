import type { CallFact, RescueRung } from './facts.ts'

interface Rescue {
  readonly lostEngine: string
  /** When the loss was noticed. */
  readonly lostAtMs: number
  /** When the caller began to wait: the loss, or the end of what was still to be heard. */
  readonly waitsFromMs: number
  attempts: number
  /** The engine that is back, and has yet to speak. */
  back?: { readonly engine: string; readonly sinceMs: number }
}

/** What the caller said to the lost session may have been nothing that wants an answer: then none comes in this time. */
const ANSWERED_WITHIN_MS = 5_000

/**
 * Follows each rescue from the loss to the first sound of an answer, or to whoever took the call instead, and notes how
 * long it took (RL9). Times are monotonic ms.
 */
export class RescueLog {
  readonly #note: (fact: CallFact) => void
  #rescue: Rescue | undefined

  constructor(note: (fact: CallFact) => void) {
    this.#note = note
  }

  /** The caller has heard nobody since the loss. */
  get underWay(): boolean {
    return this.#rescue !== undefined
  }

  /**
   * A session was lost, or none can be had at all. `goesOn`: the one that was to be the rescue from an earlier loss. Gives
   * when the rescue began.
   */
  began(lostEngine: string, moment: { nowMs: number; unheardMs: number; goesOn: boolean }): number {
    const { nowMs, unheardMs, goesOn } = moment
    if (!this.#rescue || !goesOn) {
      this.#rescue = { lostEngine, lostAtMs: nowMs, waitsFromMs: nowMs + unheardMs, attempts: 0 }
    }
    return this.#rescue.lostAtMs
  }

  /** A session is there again. `answers`: it may owe the caller an answer; otherwise nobody was kept waiting any longer. */
  opened(engine: string, attempts: number, { nowMs, answers }: { nowMs: number; answers: boolean }): void {
    if (!this.#rescue) return
    this.#rescue.attempts += attempts
    this.#rescue.back = { engine, sinceMs: nowMs }
    if (!answers) this.spoke(nowMs)
  }

  /** Hot path: speech came. */
  spoke(nowMs: number): void {
    const { back, lostEngine } = this.#rescue ?? {}
    if (back) this.#end(back.engine === lostEngine ? 'same engine' : 'other engine', nowMs)
  }

  /** Nobody waits for us just now. */
  nobodyWaits(nowMs: number): void {
    const back = this.#rescue?.back
    if (back && nowMs - back.sinceMs >= ANSWERED_WITHIN_MS) this.spoke(back.sinceMs)
  }

  /** The call is over; what came of the answer that was due, nobody waits for any more. */
  over(): void {
    const back = this.#rescue?.back
    if (back) this.spoke(back.sinceMs)
  }

  /** All attempts were in vain. */
  gaveUp(attempts: number): void {
    if (this.#rescue) this.#rescue.attempts += attempts
  }

  /** Somebody else takes the call, as the caller hears now. */
  handedOver(rung: 'person' | 'message', nowMs: number): void {
    if (!this.#rescue) return
    delete this.#rescue.back
    this.#end(rung, nowMs)
  }

  #end(rung: RescueRung, nowMs: number): void {
    const rescue = this.#rescue
    this.#rescue = undefined
    if (!rescue) return
    const { lostEngine, back, attempts, waitsFromMs } = rescue
    const gapMs = Math.round(Math.max(0, nowMs - waitsFromMs))
    const by = back ? { engine: back.engine } : {}
    this.#note({ type: 'rescue.ended', rung, gapMs, attempts, lostEngine, ...by })
  }
}
