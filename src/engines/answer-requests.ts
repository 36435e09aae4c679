import type { Clock } from '../lib/clock.ts'
import type { AnswerOutcome } from './engine.ts'

export interface AnswerRequestsOptions {
  readonly clock: Clock
  /** Makes the agent answer now. */
  readonly ask: (instructions: string | undefined) => void
  /** Lets the agent know how to answer, without asking. */
  readonly instruct: (instructions: string) => void
  /** Even asking got no answer. */
  readonly onUnanswered: () => void
}

/** The agent answers a turn or a tool result within 1 to 2 s by itself; after this long somebody has to ask. */
const ASK_AFTER_MS = 2_500

/** After this long without an answer to our asking, the call must hear so. */
const UNANSWERED_AFTER_MS = 5_000

/** An interruption so soon after we asked is the provider's way to take our message. */
const OWN_INTERRUPTION_MS = 1_000

/**
 * Fits the call, which asks for each answer, to an agent that answers by itself: after the caller's turns and after tool
 * results it goes on without being asked, and asking all the same would have it answer twice.
 */
export class AnswerRequests {
  readonly #options: AnswerRequestsOptions
  /** The agent is about to answer by itself. */
  #due = false
  /** Asked for and not begun. `sent`: by a message of ours. */
  #asked: { sinceMs: number; readonly sent: boolean } | undefined
  /** To be sent when the running answer is over. */
  #waiting: { readonly instructions: string | undefined } | undefined
  #running = false
  /** It answered before the call has asked, as its own ear found the end of the turn sooner. */
  #unclaimed = false
  /** What was asked for was called off before it began; it will begin all the same. */
  #calledOff = false
  #sentAtMs = Number.NEGATIVE_INFINITY

  constructor(options: AnswerRequestsOptions) {
    this.#options = options
  }

  /** Whether an interruption now is the echo of a message of ours. */
  get justAsked(): boolean {
    return this.#options.clock.monotonicMs() - this.#sentAtMs <= OWN_INTERRUPTION_MS
  }

  /** Asks for an answer, now or when the present one is over. Waiting requests are one; the last instructions hold. */
  request(instructions?: string): void {
    this.#calledOff = false
    if (this.#unclaimed && instructions === undefined) this.#unclaimed = false
    else if (this.#due) this.#expect(instructions)
    else if (this.#running) this.#waiting = { instructions: instructions ?? this.#waiting?.instructions }
    else this.#send(instructions)
  }

  /** Calls off whatever was asked for until now, and says whether anything was. */
  callOff(): boolean {
    const wasAsked = this.#asked !== undefined
    this.forget()
    this.#calledOff ||= wasAsked
    return wasAsked
  }

  /** Nobody waits for what was asked for until now; should it begin all the same, it may be heard. */
  forget(): void {
    this.#waiting = undefined
    this.#unclaimed = false
    this.#asked = undefined
  }

  callerStarted(): void {
    this.#due = false
    this.#unclaimed = false
  }

  callerStopped(): void {
    this.#calledOff = false
    // Otherwise this is the turn it answers already.
    if (!this.#unclaimed) this.#due = true
  }

  toolAnswered(): void {
    this.#due = true
    this.#unclaimed = false
  }

  /** Something was told of which an answer that began before does not know. */
  contextGrew(): void {
    this.#unclaimed = false
  }

  /** An answer begins; false when it is the one that was called off. */
  began(): boolean {
    const wanted = !this.#calledOff
    this.#unclaimed = wanted && this.#asked === undefined
    this.#due = false
    this.#asked = undefined
    this.#running = true
    return wanted
  }

  ended(outcome: AnswerOutcome): void {
    this.#running = false
    if (outcome !== 'spoke' && outcome !== 'asked for tools') this.#unclaimed = false
    const waiting = this.#waiting
    this.#waiting = undefined
    if (waiting && this.#due) this.#expect(waiting.instructions)
    else if (waiting) this.#send(waiting.instructions)
  }

  /** To be called every 100 ms. */
  tick(nowMs: number): void {
    if (!this.#asked) return
    if (this.#running) this.#asked.sinceMs = nowMs
    const { sent, sinceMs } = this.#asked
    if (!sent && nowMs - sinceMs >= ASK_AFTER_MS) this.#send(undefined)
    else if (sent && nowMs - sinceMs >= UNANSWERED_AFTER_MS) {
      this.#asked = undefined
      this.#options.onUnanswered()
    }
  }

  #expect(instructions: string | undefined): void {
    if (instructions !== undefined) this.#options.instruct(instructions)
    this.#asked ??= { sinceMs: this.#options.clock.monotonicMs(), sent: false }
  }

  #send(instructions: string | undefined): void {
    this.#due = false
    this.#sentAtMs = this.#options.clock.monotonicMs()
    this.#asked = { sinceMs: this.#sentAtMs, sent: true }
    this.#options.ask(instructions)
  }
}
