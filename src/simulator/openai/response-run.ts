import type { Clock } from '../../lib/clock.ts'
import { createId } from '../../lib/ids.ts'
import type { Reply } from '../model/scripted-model.ts'
import type { Conversation, Entry } from './conversation.ts'
import { callFunction } from './function-calls.ts'
import type { ServerEvent, WireResponse } from './protocol.ts'
import type { AudioFormat } from './session-schema.ts'
import { SpokenMessage } from './spoken-message.ts'
import { AGENT_MS_PER_TOKEN, type Bill, type Tokens, textTokens } from './usage.ts'

/** How fast and in what pieces speech is made. */
export interface Pace {
  /** Audio is made this many times faster than it plays. */
  readonly speedUp: number
  /** Length of one audio delta. */
  readonly deltaMs: number
}

export interface ResponseTask {
  readonly reply: Reply
  /** Mu-law of what is said; empty when nothing is. */
  readonly audio: Promise<Buffer>
  readonly thinkMs: number
  readonly pace: Pace
  readonly format: AudioFormat
  readonly voice: string
  readonly maxOutputTokens: number | 'inf'
  readonly metadata: Record<string, string> | null
  readonly failure: ResponseFailure | undefined
  readonly duplicateCalls: 'same id' | 'new id' | undefined
  readonly lateDeltas: number
  readonly conversation: Conversation
  readonly conversationId: string
  readonly bill: (output: Tokens) => Bill
}

export interface ResponseFailure {
  readonly code: string
  readonly message: string
}

export interface ResponseListener {
  readonly clock: Clock
  readonly send: (event: ServerEvent, audioMs?: number) => void
  /** Once, after `response.done`. */
  readonly onEnd: (end: ResponseEnd) => void
}

export interface ResponseEnd {
  /** How long its speech plays. */
  readonly audioMs: number
  /** Null when it failed. */
  readonly usage: Bill | null
}

/** Turn detection cancels for the caller, `response.cancel` for the client. */
export type CancelReason = 'turn_detected' | 'client_cancelled'

/** Codes that are their own error type (RELIABILITY 2.2). */
const FATAL_CODES: readonly string[] = ['insufficient_quota', 'rate_limit_exceeded']

/** One response from `response.created` to `response.done`, in the order of contract section 6. */
export class ResponseRun implements Disposable {
  readonly id = createId('resp')
  readonly #task: ResponseTask
  readonly #listener: ResponseListener
  readonly #output: Entry[] = []
  readonly #ladder = this.#climb()
  #message: SpokenMessage | undefined
  #waiting: Disposable | undefined
  #ended = false

  constructor(task: ResponseTask, listener: ResponseListener) {
    this.#task = task
    this.#listener = listener
    // A response that is cancelled while it thinks never asks for its speech; a failure to make it is then no news.
    task.audio.catch(() => {})
  }

  start(): void {
    this.#listener.send({ type: 'response.created', response: this.#wire({ status: 'in_progress' }) })
    this.#continue()
  }

  cancel(reason: CancelReason): void {
    if (this.#ended) return
    this.#waiting?.[Symbol.dispose]()
    this.#message?.close('incomplete')
    this.#end({ status: 'cancelled', status_details: { type: 'cancelled', reason } })
    for (let late = 0; late < this.#task.lateDeltas; late++) this.#message?.speakNext()
  }

  [Symbol.dispose](): void {
    this.#ended = true
    this.#waiting?.[Symbol.dispose]()
  }

  /** Runs the ladder up to where it next waits, for time or for speech to be made. */
  #continue(): void {
    if (this.#ended) return
    const step = this.#ladder.next()
    if (step.done) return
    if (typeof step.value === 'number') this.#waiting = this.#listener.clock.after(step.value, () => this.#continue())
    else
      step.value.then(
        () => this.#continue(),
        (error) => this.#fail({ code: 'server_error', message: String(error) }),
      )
  }

  /** Yields the ms it waits, or what it waits for. */
  *#climb(): Generator<number | Promise<unknown>, void> {
    const { reply, audio, thinkMs, failure } = this.#task
    yield thinkMs
    if (failure) return this.#fail(failure)
    if (reply.say !== undefined) yield* this.#speak(reply.say, audio)
    if (this.#message && !this.#message.isWhole) return this.#endCutShort()
    this.#message = undefined
    for (const call of reply.calls) this.#call(call)
    this.#end({ status: 'completed' })
  }

  *#speak(text: string, audioMade: Promise<Buffer>): Generator<number | Promise<unknown>, void> {
    let audio: Buffer = Buffer.alloc(0)
    yield audioMade.then((made) => {
      audio = made
    })
    const { pace, reply } = this.#task
    const message = this.#openMessage(text, audio)
    let { stallMs } = reply.rule
    while (message.speakNext()) {
      yield pace.deltaMs / pace.speedUp
      if (stallMs === undefined || !message.isHalfSpoken) continue
      yield stallMs
      stallMs = undefined
    }
    message.close(message.isWhole ? 'completed' : 'incomplete')
  }

  #openMessage(text: string, audio: Buffer): SpokenMessage {
    const { conversation, format, pace } = this.#task
    const { send } = this.#listener
    const cutAtMs = this.#cutAtMs(audio)
    const place = { responseId: this.id, outputIndex: 0 }
    const message = new SpokenMessage({
      ...place,
      text,
      audio,
      format,
      deltaMs: pace.deltaMs,
      cutAtMs,
      conversation,
      send,
    })
    this.#message = message
    this.#output.push(message.entry)
    message.open()
    return message
  }

  #cutAtMs(audio: Buffer): number {
    const { maxOutputTokens, reply } = this.#task
    const allowedMs = maxOutputTokens === 'inf' ? Number.MAX_SAFE_INTEGER : maxOutputTokens * AGENT_MS_PER_TOKEN
    return reply.rule.cutShort ? Math.min(allowedMs, audio.length / 16) : allowedMs
  }

  #call(call: { name: string; arguments: string }): void {
    const { conversation, duplicateCalls } = this.#task
    const { send } = this.#listener
    const callId = createId('call')
    const callIds = { 'same id': [callId, callId], 'new id': [callId, createId('call')], once: [callId] }
    for (const id of callIds[duplicateCalls ?? 'once']) {
      const place = { responseId: this.id, outputIndex: this.#output.length }
      this.#output.push(callFunction({ ...place, ...call, callId: id, conversation, send }))
    }
  }

  #fail({ code, message }: ResponseFailure): void {
    // Speech may fail to be made after the response was cancelled.
    if (this.#ended) return
    this.#message?.close('incomplete')
    const error = { type: FATAL_CODES.includes(code) ? code : 'server_error', code, message }
    this.#end({ status: 'failed', status_details: { type: 'failed', error } })
  }

  #endCutShort(): void {
    this.#end({ status: 'incomplete', status_details: { type: 'incomplete', reason: 'max_output_tokens' } })
  }

  #end(outcome: Pick<WireResponse, 'status' | 'status_details'>): void {
    this.#ended = true
    const { send, onEnd } = this.#listener
    const usage = outcome.status === 'failed' ? null : this.#task.bill(this.#tokens())
    send({ type: 'response.done', response: this.#wire({ ...outcome, usage }) })
    onEnd({ audioMs: this.#audioMs(), usage })
  }

  #tokens(): Tokens {
    const text = this.#output.reduce((sum, { words }) => sum + textTokens(words), 0)
    return { text, audio: Math.ceil(this.#audioMs() / AGENT_MS_PER_TOKEN) }
  }

  #audioMs(): number {
    return this.#output.reduce((sum, { audioMs }) => sum + audioMs, 0)
  }

  #wire(outcome: Pick<WireResponse, 'status' | 'status_details' | 'usage'>): WireResponse {
    const { conversationId, format, voice, maxOutputTokens, metadata } = this.#task
    return {
      object: 'realtime.response',
      id: this.id,
      status_details: null,
      usage: null,
      output: this.#output.map(({ item }) => item),
      conversation_id: conversationId,
      output_modalities: ['audio'],
      audio: { output: { format, voice } },
      max_output_tokens: maxOutputTokens,
      metadata,
      ...outcome,
    }
  }
}
