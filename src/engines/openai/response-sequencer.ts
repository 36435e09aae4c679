import type { Clock } from '../../lib/clock.ts'
import type { AnswerOutcome } from '../engine.ts'

export interface SequencerOptions {
  readonly clock: Clock
  /** Sends `response.create`. */
  readonly create: (eventId: string, instructions: string | undefined) => void
  /** Sends `response.cancel`. */
  readonly cancel: (responseId: string) => void
  /** A `response.create` got neither a response nor an error in time and was given up. */
  readonly onUnanswered: () => void
}

/** As OpenAI's `error` event has them; each may be missing. */
export interface RequestError {
  readonly code: string | undefined
  readonly eventId: string | undefined
  readonly param: string | undefined
}

/** A response begins within a few 100 ms. After this long the request is lost, and the call must hear so. */
const CREATE_LIMIT_MS = 5_000

const ALREADY_ANSWERING = 'conversation_already_has_active_response'
const NOTHING_TO_CANCEL = 'response_cancel_not_active'

/**
 * Keeps the order of "answer" and "stop". OpenAI runs one response at a time: a create during another is an error, a
 * cancel before `response.created` does nothing, and both cross the server's own decisions on the wire. The sequencer
 * sends each create when the one before is over, and each cancel to the response it was meant for.
 */
export class ResponseSequencer {
  readonly #options: SequencerOptions
  /** Created and not done. */
  #running: { readonly responseId: string; endedBySpeech: boolean } | undefined
  /** Sent and not yet created. */
  #asked: { readonly eventId: string; readonly timer: Disposable; interrupted: boolean } | undefined
  /** Not sent: something runs or is asked for. */
  #waiting: { readonly instructions: string | undefined } | undefined
  /** The server answered unasked (it ignored `create_response: false`) and nobody has asked for that answer yet. */
  #unclaimed = false
  #askedCount = 0
  readonly #silenced = new Set<string>()

  constructor(options: SequencerOptions) {
    this.#options = options
  }

  /** Whether the provider owes us events. */
  get isAnswering(): boolean {
    return this.#running !== undefined
  }

  /** Whether what arrives of this response must not be heard any more, however late it arrives. */
  isSilenced(responseId: string): boolean {
    return this.#silenced.has(responseId)
  }

  /** Asks for an answer, now or when the present one is over. Waiting requests are one; the last instructions hold. */
  request(instructions?: string): void {
    if (this.#unclaimed && instructions === undefined) this.#unclaimed = false
    else if (this.#running || this.#asked) this.#waiting = { instructions: instructions ?? this.#waiting?.instructions }
    else this.#ask(instructions)
  }

  /**
   * Stops whatever was asked for until now: the running response, the one that has not begun, the request that waits.
   * Requests made afterwards stand.
   */
  interrupt(): void {
    this.#waiting = undefined
    this.#unclaimed = false
    if (this.#asked) this.#asked.interrupted = true
    if (this.#running) this.#silence(this.#running)
  }

  /** The server heard speech: by `interrupt_response` it cancels what runs, and a cancel of ours would only collide. */
  callerSpoke(): void {
    this.#unclaimed = false
    if (this.#running) this.#running.endedBySpeech = true
  }

  /** Something was added to the conversation which a response that began before does not know of. */
  contextGrew(): void {
    this.#unclaimed = false
  }

  created(responseId: string): void {
    const asked = this.#takeAsked()
    this.#unclaimed = asked === undefined
    this.#running = { responseId, endedBySpeech: false }
    if (asked?.interrupted) this.#silence(this.#running)
  }

  done(responseId: string, outcome: AnswerOutcome): void {
    if (this.#running?.responseId !== responseId) return
    this.#running = undefined
    // A failed answer is none: whoever asks next shall get one.
    if (outcome !== 'spoke' && outcome !== 'asked for tools') this.#unclaimed = false
    this.#sendWaiting()
  }

  /** Takes an error that may be about a create or a cancel. True when it only says that two messages crossed. */
  absorb({ code, eventId, param }: RequestError): boolean {
    if (code === NOTHING_TO_CANCEL) return true
    // Not asked again: the response in our way is the answer, and its `response.created` is on the wire.
    if (code === ALREADY_ANSWERING) return true
    // Some errors come without the id of their event; one about a field of `response` can only mean the create.
    const isOurs = eventId === undefined ? param?.startsWith('response') : eventId === this.#asked?.eventId
    if (isOurs && this.#takeAsked()) this.#sendWaiting()
    return false
  }

  [Symbol.dispose](): void {
    this.#waiting = undefined
    this.#takeAsked()
  }

  #ask(instructions: string | undefined): void {
    this.#askedCount += 1
    const eventId = `answer_${this.#askedCount}`
    const timer = this.#options.clock.after(CREATE_LIMIT_MS, () => this.#giveUp())
    this.#asked = { eventId, timer, interrupted: false }
    this.#options.create(eventId, instructions)
  }

  #giveUp(): void {
    const asked = this.#takeAsked()
    if (!asked?.interrupted) this.#options.onUnanswered()
    this.#sendWaiting()
  }

  #takeAsked() {
    const asked = this.#asked
    this.#asked = undefined
    asked?.timer[Symbol.dispose]()
    return asked
  }

  #sendWaiting(): void {
    const waiting = this.#waiting
    if (!waiting || this.#running || this.#asked) return
    this.#waiting = undefined
    this.#ask(waiting.instructions)
  }

  #silence({ responseId, endedBySpeech }: { responseId: string; endedBySpeech: boolean }): void {
    if (this.#silenced.has(responseId)) return
    this.#silenced.add(responseId)
    if (!endedBySpeech) this.#options.cancel(responseId)
  }
}
