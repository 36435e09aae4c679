import { sleep } from '../lib/clock.ts'
import { HearthlineError } from '../lib/errors.ts'
import { createNoise } from './noise.ts'
import type { CallEvent } from './twilio/call-events.ts'
import type { Utterance } from './twilio/caller-voice.ts'
import type { EmulatedCall } from './twilio/emulated-call.ts'

/** One thing a caller does, as data. Audio is mu-law, 8 bytes a ms. */
export type CallerStep =
  | { readonly do: 'say'; readonly audio: Buffer }
  /** Lets the agent speak and goes on when it was silent for `silentMs` (800 unless set). */
  | ({ readonly do: 'hear the agent out'; readonly silentMs?: number } & Patience)
  /** Speaks over the agent, once it has been heard for `afterMs`. */
  | ({ readonly do: 'barge in'; readonly audio: Buffer; readonly afterMs: number } & Patience)
  | { readonly do: 'press'; readonly digits: string }
  | { readonly do: 'stay silent'; readonly ms: number }
  | { readonly do: 'make noise'; readonly ms: number }
  | { readonly do: 'hang up' }

interface Patience {
  /** The caller fails the step after this long; 30000 unless set. */
  readonly withinMs?: number
}

const DEFAULT_SILENT_MS = 800
const DEFAULT_WITHIN_MS = 30_000

/** As long as a thumb needs between two keys. */
const BETWEEN_KEYS_MS = 200

/**
 * A person on an emulated call, who does one step after the other. Steps that wait for the agent reject with a
 * HearthlineError: `agent_silent` (nothing came within the patience) or `call_over`.
 */
export class Caller implements Disposable {
  readonly #call: EmulatedCall
  readonly #utterances: Utterance[] = []
  readonly #listening: Disposable
  readonly #over = new AbortController()
  readonly #waiting = new Set<() => void>()
  /** Whether the agent has been heard since the caller last spoke. */
  #agentSpoke = false
  #agentSpeaks = false

  constructor(call: EmulatedCall) {
    this.#call = call
    this.#listening = call.listen((event) => this.#onEvent(event))
  }

  /** What the caller said, in order, with its place in the stream that carried it. */
  get utterances(): readonly Utterance[] {
    return this.#utterances
  }

  /** Does one step; resolves when it is done. */
  async perform(step: CallerStep): Promise<void> {
    switch (step.do) {
      case 'say':
        return this.say(step.audio)
      case 'hear the agent out':
        return this.hearOut(step)
      case 'barge in':
        return this.bargeIn(step.audio, step)
      case 'press':
        return this.press(step.digits)
      case 'stay silent':
        return this.silence(step.ms)
      case 'make noise':
        return this.noise(step.ms)
      case 'hang up':
        return this.hangUp()
      default:
        step satisfies never
    }
  }

  /** Says a clip in real time; resolves when its last frame has left. */
  async say(audio: Buffer): Promise<void> {
    // A leg that is over takes no frames: nobody would tell that it was said.
    this.#over.signal.throwIfAborted()
    const utterance = this.#call.voice.say(audio)
    this.#utterances.push(utterance)
    await utterance.ended
    this.#agentSpoke = this.#agentSpeaks
  }

  /** Resolves when the agent, having spoken since the caller last did, was silent for `silentMs`. */
  async hearOut({ silentMs = DEFAULT_SILENT_MS, withinMs = DEFAULT_WITHIN_MS }: { silentMs?: number } & Patience = {}) {
    await this.#agentState(() => this.#agentSpoke && !this.#agentSpeaks, silentMs, withinMs)
    this.#agentSpoke = false
  }

  /** Speaks over the agent once it has been heard for `afterMs` without a pause. */
  async bargeIn(
    audio: Buffer,
    { afterMs, withinMs = DEFAULT_WITHIN_MS }: { afterMs: number } & Patience,
  ): Promise<void> {
    await this.#agentState(() => this.#agentSpeaks, afterMs, withinMs)
    await this.say(audio)
  }

  async press(digits: string): Promise<void> {
    for (const [index, digit] of [...digits].entries()) {
      if (index > 0) await this.silence(BETWEEN_KEYS_MS)
      this.#call.press(digit)
    }
  }

  silence(ms: number): Promise<void> {
    return sleep(this.#call.carrier.clock, ms, this.#over.signal)
  }

  /** Coughs: loud, short, and without words. */
  noise(ms: number): Promise<void> {
    return this.say(createNoise(ms))
  }

  hangUp(): void {
    this.#call.hangUp()
  }

  /** Stops listening; does not hang up. */
  [Symbol.dispose](): void {
    this.#listening[Symbol.dispose]()
  }

  /** Resolves when `holds` was true for `forMs` without a break. */
  async #agentState(holds: () => boolean, forMs: number, withinMs: number): Promise<void> {
    this.#over.signal.throwIfAborted()
    const { clock } = this.#call.carrier
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    let lasting: Disposable | undefined
    const check = () => {
      if (this.#over.signal.aborted) return reject(this.#over.signal.reason)
      if (!holds()) lasting = void lasting?.[Symbol.dispose]()
      else lasting ??= clock.after(forMs, resolve)
    }
    using _patience = clock.after(withinMs, () => reject(agentSilent(withinMs)))
    this.#waiting.add(check)
    check()
    await promise.finally(() => {
      this.#waiting.delete(check)
      lasting?.[Symbol.dispose]()
    })
  }

  #onEvent(event: CallEvent): void {
    if (event.type === 'agent.began') this.#agentSpoke = this.#agentSpeaks = true
    else if (event.type === 'agent.fell-silent') this.#agentSpeaks = false
    else if (event.type === 'call.ended') this.#over.abort(callOver())
    else return
    for (const check of this.#waiting) check()
  }
}

function agentSilent(withinMs: number): HearthlineError {
  return new HearthlineError(
    'agent_silent',
    `The caller waited ${withinMs} ms for the agent in vain: see the call's events`,
  )
}

function callOver(): HearthlineError {
  return new HearthlineError('call_over', 'The call ended before the caller was done: see who ended it in its events')
}
