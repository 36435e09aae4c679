import type { ElevenLabs } from '@elevenlabs/elevenlabs-js'
import { z } from 'zod'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import type { FragileSocket } from '../service/fragile-socket.ts'
import type { Speech } from '../speech/speech.ts'
import {
  type ContextMessage,
  contextMessageSchema,
  keyIn,
  type Settings,
  type StreamMessage,
  streamMessageSchema,
} from './client-message.ts'
import { type SpokenFrame, SpokenStream, type VoiceTiming } from './spoken-stream.ts'
import { DEFAULT_SCHEDULE } from './text-buffer.ts'

/** What was spoken in one stream: a socket's, or of one context on it. */
export interface Utterance {
  /** By the monotonic clock. */
  readonly atMs: number
  readonly voiceId: string
  readonly contextId: string | undefined
  /** All text received for it. */
  readonly text: string
  /** Audio sent for it. */
  readonly audioMs: number
  readonly finished: boolean
}

export interface VoiceSocketOptions {
  readonly clock: Clock
  readonly log: Log
  readonly speech: Speech
  readonly timing: VoiceTiming
  readonly socket: FragileSocket
  readonly url: URL
  readonly voiceId: string
  /** Contexts by name share the socket; otherwise it is one stream. */
  readonly multi: boolean
  /** The key came with the handshake; otherwise it has to come with the first message. */
  readonly isKnown: boolean
  readonly knows: (key: string) => boolean
  readonly onUtterance: (utterance: Utterance) => void
  readonly onComplaint: (complaint: string) => void
  /** A failure this stream is to have instead of its first audio. */
  readonly nextFailure: () => string | undefined
}

type ServerFrame =
  | SpokenFrame
  | (SpokenFrame & ElevenLabs.AudioOutputMulti)
  | (ElevenLabs.FinalOutput & { readonly audio: null })
  | ElevenLabs.FinalOutputMulti

const DEFAULT_INACTIVITY_S = 20
const LONGEST_INACTIVITY_S = 180
/** Open at once on one socket. The contract names no limit; public reports say that the sixth ends the socket. */
const MOST_CONTEXTS = 5
const POLICY_VIOLATION = 1008
const INTERNAL_ERROR = 1011
/** RFC 6455 allows 123 bytes. */
const LONGEST_REASON = 120

interface Speaking {
  readonly stream: SpokenStream
  readonly settings: string
  readonly utterance: { -readonly [Key in keyof Utterance]: Utterance[Key] }
}

/** One `stream-input` or `multi-stream-input` socket (contract 3). */
export class VoiceSocket implements Disposable {
  readonly #options: VoiceSocketOptions
  readonly #contexts = new Map<string | undefined, Speaking>()
  readonly #expiry = new DisposableStack()
  readonly #inactivityS: number
  #inactivity: Disposable | undefined
  #isKnown: boolean
  #closing = false

  constructor(options: VoiceSocketOptions) {
    const { clock, isKnown, socket, url } = options
    this.#options = options
    this.#isKnown = isKnown
    const wanted = Number(url.searchParams.get('inactivity_timeout') ?? DEFAULT_INACTIVITY_S)
    this.#inactivityS = Math.min(wanted, LONGEST_INACTIVITY_S)
    const expiry = socket.faults.find('early expiry')
    if (expiry) this.#expiry.use(clock.after(expiry.afterMs, () => this.#expire()))
    this.#awaitText()
  }

  /** One message of the client's. What is wrong with it ends the socket. */
  receive(data: string): void {
    if (this.#closing) return
    this.#awaitText()
    try {
      const message: unknown = JSON.parse(data)
      if (this.#options.multi) this.#onContextMessage(contextMessageSchema.parse(message))
      else this.#onStreamMessage(streamMessageSchema.parse(message))
    } catch (error) {
      if (error instanceof SyntaxError) this.#refuse('invalid_message', 'The message is not valid JSON.')
      else if (error instanceof z.ZodError) this.#refuse('invalid_message', z.prettifyError(error))
      else this.#onFailed(error)
    }
  }

  [Symbol.dispose](): void {
    this.#closing = true
    this.#inactivity?.[Symbol.dispose]()
    this.#expiry.dispose()
    for (const { stream } of this.#contexts.values()) stream[Symbol.dispose]()
  }

  #onStreamMessage(message: StreamMessage): void {
    const speaking = this.#contexts.get(undefined)
    if (!speaking) {
      if (message.text !== ' ') this.#refuse('invalid_message', 'The first message must have the text " ".')
      else this.#begin(undefined, message)
      return
    }
    if (!this.#keepsSettings(speaking, message)) return
    if (message.text === '') speaking.stream.finish()
    else this.#say(speaking, message.text, { flush: message.flush, tryTrigger: message.try_trigger_generation })
  }

  #onContextMessage(message: ContextMessage): void {
    if (message.close_socket) {
      this.#closeSocket()
      return
    }
    const contextId = message.context_id ?? undefined
    const speaking = this.#contexts.get(contextId)
    if (message.close_context) speaking?.stream.close()
    else if (speaking && this.#keepsSettings(speaking, message))
      this.#say(speaking, message.text ?? '', { flush: message.flush })
    // An empty text keeps a context alive, and begins none.
    else if (!speaking && message.text) {
      const begun = this.#begin(contextId, message)
      if (begun && message.text !== ' ') this.#say(begun, message.text, { flush: message.flush })
    }
  }

  /** What was begun is spoken first. */
  #closeSocket(): void {
    if (this.#contexts.size === 0) this.#close(1000, '')
    this.#closing = true
    for (const { stream } of [...this.#contexts.values()]) stream.finish()
  }

  #say(
    { stream, utterance }: Speaking,
    text: string,
    options: { flush?: boolean | undefined; tryTrigger?: boolean | undefined },
  ): void {
    utterance.text += text
    stream.say(text, options)
  }

  #begin(contextId: string | undefined, message: Settings): Speaking | undefined {
    const key = keyIn(message)
    this.#isKnown ||= key !== undefined && this.#options.knows(key)
    if (!this.#isKnown) {
      this.#fail(POLICY_VIOLATION, 'invalid_api_key', 'Invalid API key')
      return undefined
    }
    if (this.#contexts.size === MOST_CONTEXTS) {
      this.#refuse('max_contexts_exceeded', `Maximum simultaneous contexts exceeded (${MOST_CONTEXTS}).`)
      return undefined
    }
    const { clock, onUtterance, voiceId } = this.#options
    const utterance = { atMs: clock.monotonicMs(), voiceId, contextId, text: '', audioMs: 0, finished: false }
    const stream = this.#createStream(message, utterance)
    const speaking = { stream, utterance, settings: settingsOf(message) }
    this.#contexts.set(contextId, speaking)
    onUtterance(utterance)
    return speaking
  }

  #createStream(message: Settings, utterance: Speaking['utterance']): SpokenStream {
    const { clock, nextFailure, socket, speech, timing, url } = this.#options
    const failure = nextFailure()
    const slowMs = socket.faults.find('slow first audio')?.ms ?? 0
    const schedule = message.generation_config?.chunk_length_schedule ?? DEFAULT_SCHEDULE
    return new SpokenStream({
      ...{ clock, speech },
      timing: { ...timing, firstAudioMs: timing.firstAudioMs + slowMs },
      schedule: url.searchParams.get('auto_mode') === 'true' ? 'auto' : schedule,
      normalises: url.searchParams.get('apply_text_normalization') !== 'off',
      onAudio: (frame, audioMs) => {
        if (failure) this.#fail(POLICY_VIOLATION, failure, `The emulated service was told to fail with ${failure}.`)
        else this.#sendAudio(utterance, frame, audioMs)
      },
      onFinished: () => this.#onFinished(utterance),
      onFailed: (error) => this.#onFailed(error),
    })
  }

  /** The settings of a stream may be repeated, and not changed (contract 3). */
  #keepsSettings(speaking: Speaking, message: Settings): boolean {
    const settings = settingsOf(message)
    if (settings === NO_SETTINGS || settings === speaking.settings) return true
    this.#refuse('invalid_message', 'voice_settings and generation_config cannot change after the first message.')
    return false
  }

  #onFinished(utterance: Speaking['utterance']): void {
    const { multi } = this.#options
    const { contextId } = utterance
    utterance.finished = true
    this.#contexts.delete(contextId)
    if (multi) this.#send('final', { isFinal: true, ...(contextId === undefined ? {} : { contextId }) })
    else this.#send('final', { audio: null, isFinal: true })
    if (!multi || (this.#closing && this.#contexts.size === 0)) this.#close(1000, '')
  }

  #awaitText(): void {
    this.#inactivity?.[Symbol.dispose]()
    this.#inactivity = this.#options.clock.after(this.#inactivityS * 1000, () => this.#expire())
  }

  #expire(): void {
    const waited = `within the timeout of ${this.#inactivityS} seconds. Streaming input terminated.`
    this.#fail(POLICY_VIOLATION, 'input_timeout_exceeded', `Have not received a new text input ${waited}`)
  }

  #onFailed(error: unknown): void {
    this.#options.log.error({ err: error }, 'the emulated ElevenLabs voice failed')
    this.#fail(INTERNAL_ERROR, 'internal_error', 'An internal error occurred.')
  }

  #refuse(error: string, message: string): void {
    this.#options.onComplaint(message)
    this.#fail(POLICY_VIOLATION, error, message)
  }

  /** Errors come as a frame and then as a close (contract 3). */
  #fail(code: number, error: string, message: string): void {
    this.#options.socket.sendEvent('error', () => JSON.stringify({ message, error, code }))
    this.#close(code, message.slice(0, LONGEST_REASON))
  }

  #sendAudio(utterance: Speaking['utterance'], frame: SpokenFrame, audioMs: number): void {
    const { contextId } = utterance
    utterance.audioMs += audioMs
    this.#send('audio', contextId === undefined ? frame : { ...frame, contextId }, audioMs)
  }

  #send(type: 'audio' | 'final', frame: ServerFrame, audioMs = 0): void {
    this.#options.socket.sendEvent(type, () => JSON.stringify(frame), audioMs)
  }

  #close(code: number, reason: string): void {
    this.#options.socket.close(code, reason)
    this[Symbol.dispose]()
  }
}

function settingsOf({ voice_settings, generation_config }: Settings): string {
  return JSON.stringify([voice_settings ?? null, generation_config ?? null])
}

const NO_SETTINGS = settingsOf({})
