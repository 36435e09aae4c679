import type { Clock } from '../lib/clock.ts'
import type { AnswerOutcome } from './engine.ts'

export interface AnswerRequestsOptions {
  readonly clock: Clock
  /** Makes the agent answer now, in place of what it may be about to say. */
  readonly ask: (instructions: string | undefined) => void
  /** Lets it know how to answer, without asking; for an agent that still listens to that while it thinks. */
  readonly instruct?: (instructions: string) => void
  /** Even asking got no answer. */
  readonly onUnanswered: () => void
}

/** The agent answers a turn within 1 to 2 s by itself; after this long without a sign that it noticed the turn, we ask. */
const ASK_AFTER_MS = 2_500

/** After this long without an answer to our asking, the call must hear so. */
const UNANSWERED_AFTER_MS = 5_000

/** An interruption so soon after we asked is the provider's way to take our message. */
const OWN_INTERRUPTION_MS = 1_000

/** No model answers a message sooner; what begins before that was on its way already, without knowing the message. */
const SOONEST_ANSWER_MS = 300

/**
 * Fits the call, which asks for each answer, to an agent that answers by itself: after the caller's turns and after tool
 * results it goes on without being asked, and asking all the same would have it answer twice, or begin anew.
 */
export class AnswerRequests {
  readonly #options: AnswerRequestsOptions
  /** The agent is about to answer by itself; `sure`: it has words or a result to answer. */
  #due: { readonly sinceMs: number; readonly sure: boolean } | undefined
  /** Asked for and not begun. `sent`: by a message of ours. */
  #asked: { sinceMs: number; readonly sent: boolean; readonly instructions: string | undefined } | undefined
  /** To be asked for when the running answer is over, or the caller has stopped speaking. */
  #waiting: { readonly instructions: string | undefined } | undefined
  #running = false
  #callerSpeaks = false
  /** It answered before the call has asked, as its own ear found the end of the turn sooner. */
  #unclaimed = false
  /** What was asked for or due was called off before it began; it may begin all the same. */
  #calledOff = false
  /** The latest message of ours; `insteadOfDue`: the agent was about to answer by itself. */
  #sent: { readonly atMs: number; readonly instructions: string | undefined; insteadOfDue: boolean } | undefined

  constructor(options: AnswerRequestsOptions) {
    this.#options = options
  }

  /** Whether an interruption now is the echo of a message of ours. */
  get justAsked(): boolean {
    return this.#sent !== undefined && this.#nowMs - this.#sent.atMs <= OWN_INTERRUPTION_MS
  }

  /** Asks for an answer, now or when the present one is over. Waiting requests are one; the last instructions hold. */
  request(instructions?: string): void {
    const isOnItsWay = this.#asked?.sent && (instructions ?? this.#asked.instructions) === this.#asked.instructions
    if (isOnItsWay) return
    const isDue = this.#comesSoon && (instructions === undefined || this.#options.instruct !== undefined)
    this.#calledOff = false
    if (this.#unclaimed && instructions === undefined) this.#unclaimed = false
    else if (isDue) this.#expect(instructions)
    else if (this.#running || this.#callerSpeaks)
      this.#waiting = { instructions: instructions ?? this.#waiting?.instructions }
    else this.#send(instructions)
  }

  /** Calls off whatever was asked for until now, or is about to come unasked. Says whether anything was asked for. */
  callOff(): boolean {
    const wasAsked = this.#asked !== undefined
    this.forget()
    this.#calledOff ||= wasAsked || this.#due !== undefined
    return wasAsked
  }

  /** Nobody waits for what was asked for until now; should it begin all the same, it may be heard. */
  forget(): void {
    this.#waiting = undefined
    this.#unclaimed = false
    this.#asked = undefined
  }

  /** `forSure`: something that is asked for now had better wait for the end of it. */
  callerStarted(forSure = true): void {
    this.#callerSpeaks = forSure
    this.#due = undefined
    this.#unclaimed = false
  }

  callerStopped(): void {
    this.#callerSpeaks = false
    this.#calledOff = false
    // Otherwise this is the turn it answers already.
    if (!this.#unclaimed) this.#due = { sinceMs: this.#nowMs, sure: false }
  }

  /** The agent has the caller's words, so it answers them, however long it takes to think. */
  callerUnderstood(): void {
    if (this.#due) this.#due = { sinceMs: this.#nowMs, sure: true }
  }

  toolAnswered(): void {
    this.#due = { sinceMs: this.#nowMs, sure: true }
    this.#unclaimed = false
  }

  /** Something was told of which an answer that began before does not know. */
  contextGrew(): void {
    this.#unclaimed = false
  }

  /** An answer begins; false when it is one that was called off. */
  began(): boolean {
    if (this.#isOvertaken()) {
      this.#running = true
      return false
    }
    const wanted = !this.#calledOff
    this.#unclaimed = wanted && this.#asked === undefined
    this.#due = undefined
    this.#asked = undefined
    this.#running = true
    return wanted
  }

  /** `byUs`: a message of ours cut it, as it was on its way before; the answer to the message is still to come. */
  ended(outcome: AnswerOutcome, byUs = false): void {
    this.#running = false
    if (outcome !== 'spoke' && outcome !== 'asked for tools') this.#unclaimed = false
    if (byUs && this.#sent) this.#asked = { sinceMs: this.#nowMs, sent: true, instructions: this.#sent.instructions }
    this.#askWaiting()
  }

  /** To be called every 100 ms. */
  tick(nowMs: number): void {
    this.#askWaiting()
    if (!this.#asked) return
    if (this.#running || this.#callerSpeaks) this.#asked.sinceMs = nowMs
    const { sent, sinceMs } = this.#asked
    if (!sent && !this.#due?.sure && nowMs - sinceMs >= ASK_AFTER_MS) this.#send(undefined)
    else if (sent && nowMs - sinceMs >= UNANSWERED_AFTER_MS) {
      this.#asked = undefined
      this.#options.onUnanswered()
    }
  }

  /** Whether what begins is the answer a message of ours was sent in place of; there is one such at most. */
  #isOvertaken(): boolean {
    if (!this.#sent?.insteadOfDue || !this.#asked?.sent) return false
    this.#sent.insteadOfDue = false
    return this.#nowMs - this.#sent.atMs < SOONEST_ANSWER_MS
  }

  /** Whether the agent is about to answer by itself. What was called off for being late has to be asked for. */
  get #comesSoon(): boolean {
    return this.#due !== undefined && !(this.#calledOff && this.#nowMs - this.#due.sinceMs >= ASK_AFTER_MS)
  }

  #expect(instructions: string | undefined): void {
    if (instructions !== undefined) this.#options.instruct?.(instructions)
    this.#asked ??= { sinceMs: this.#nowMs, sent: false, instructions }
  }

  #askWaiting(): void {
    const waiting = this.#waiting
    if (!waiting || this.#running || this.#callerSpeaks) return
    this.#waiting = undefined
    this.request(waiting.instructions)
  }

  #send(instructions: string | undefined): void {
    this.#sent = { atMs: this.#nowMs, instructions, insteadOfDue: this.#due !== undefined }
    this.#due = undefined
    this.#asked = { sinceMs: this.#nowMs, sent: true, instructions }
    this.#options.ask(instructions)
  }

  get #nowMs(): number {
    return this.#options.clock.monotonicMs()
  }
}
