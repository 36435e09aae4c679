import type { Clock } from '../../../lib/clock.ts'
import type { Log } from '../../../lib/log.ts'
import type { EngineError } from '../../engine.ts'
import { ProviderSocket, type SocketListener } from '../../wire/provider-socket.ts'
import type { SpeechListener, SpokenUtterance } from '../speaker.ts'
import { endedEarly, voiceFailures } from './failures.ts'
import {
  addText,
  INACTIVITY_TIMEOUT_S,
  parseSpeechMessage,
  type SpeechMessage,
  type VoiceSettings,
} from './protocol.ts'
import { SpeechContext } from './speech-context.ts'

export interface SpeechSocketOptions {
  readonly url: URL
  readonly apiKey: string
  readonly voiceSettings: VoiceSettings
  readonly clock: Clock
  readonly log: Log
  /** It was lost, or let go because nobody used it: not to be used again. */
  readonly onGone: () => void
}

/** The server closes the socket at the sixth context; one that was closed counts until the server says it is final. */
const MOST_CONTEXTS = 5

/** Three quarters of the server's own limit: text that crosses its close on the wire would be lost. */
const IDLE_LIMIT_MS = INACTIVITY_TIMEOUT_S * 750

/** The voice makes its first sound within some 100 ms. */
const SOUND_LIMIT_MS = 4_000

/**
 * A socket to ElevenLabs that carries the utterances of a call, each in a context of its own. One socket and many
 * contexts rather than a socket for each utterance: an interruption costs one small message and not a handshake, and
 * the next answer starts on a warm connection.
 */
export class SpeechSocket implements SocketListener<SpeechMessage>, AsyncDisposable {
  readonly #options: SpeechSocketOptions
  readonly #socket: ProviderSocket<SpeechMessage>
  /** Those the server has not called final. */
  readonly #contexts = new Map<string, SpeechContext>()
  /** What was said before the socket was open; undefined since then. */
  #unsent: object[] | undefined = []
  #contextCount = 0
  #idle: Disposable
  #over = false

  constructor(options: SpeechSocketOptions) {
    const { url, apiKey, clock } = options
    this.#options = options
    this.#idle = this.#watchIdle()
    this.#socket = new ProviderSocket({
      url,
      headers: { 'xi-api-key': apiKey },
      clock,
      parse: parseSpeechMessage,
      failures: voiceFailures,
      listener: this,
    })
  }

  /** No further utterance can be begun here. */
  get isFull(): boolean {
    return this.#contexts.size >= MOST_CONTEXTS
  }

  get expectsEvents(): boolean {
    for (const context of this.#contexts.values()) if (context.owesSound(SOUND_LIMIT_MS)) return true
    return false
  }

  begin(listener: SpeechListener): SpokenUtterance {
    this.#contextCount += 1
    const context = new SpeechContext({
      contextId: `utterance_${this.#contextCount}`,
      voiceSettings: this.#options.voiceSettings,
      listener,
      send: (message) => this.#send(message),
      nowMs: () => this.#options.clock.monotonicMs(),
    })
    this.#contexts.set(context.contextId, context)
    return context
  }

  opened(): void {
    const unsent = this.#unsent ?? []
    this.#unsent = undefined
    for (const message of unsent) this.#socket.send(message)
  }

  received(message: SpeechMessage): void {
    if (message.type === 'speech') this.#hear(message)
    else if (message.type === 'error') this.#lose(voiceFailures.closed(message.closeCode ?? 0, message.name, 0))
    else this.#options.log.debug({ type: message.type }, 'message of the voice passed over')
  }

  lost(error: EngineError): void {
    this.#lose(error)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end()
    await this.#socket[Symbol.asyncDispose]()
  }

  /** Hot path. */
  #hear(message: Extract<SpeechMessage, { type: 'speech' }>): void {
    const context = this.#contexts.get(message.contextId)
    if (message.final) this.#contexts.delete(message.contextId)
    if (context && !context.hear(message)) context.fail(endedEarly())
  }

  #send(message: object): void {
    if (this.#over) return
    this.#idle[Symbol.dispose]()
    this.#idle = this.#watchIdle()
    if (this.#unsent) this.#unsent.push(message)
    else this.#socket.send(message)
  }

  #watchIdle(): Disposable {
    return this.#options.clock.after(IDLE_LIMIT_MS, () => this.#onIdle())
  }

  #onIdle(): void {
    const open = [...this.#contexts.values()].filter(({ isOpen }) => isOpen)
    // Empty text keeps a context alive and makes no sound.
    for (const { contextId } of open) this.#send(addText(contextId, ''))
    if (open.length > 0) return
    this.#letGo()
    this.#options.onGone()
  }

  #lose(error: EngineError): void {
    if (this.#over) return
    const contexts = [...this.#contexts.values()]
    this.#letGo()
    this.#options.onGone()
    this.#options.log.debug({ code: error.code }, 'connection of the voice lost')
    for (const context of contexts) context.fail(error)
  }

  /** The socket may take its time to close, and nobody waits for it. Never rejects. */
  #letGo(): void {
    void this[Symbol.asyncDispose]()
  }

  #end(): void {
    this.#over = true
    this.#idle[Symbol.dispose]()
    this.#contexts.clear()
  }
}
