import type { IncomingMessage } from 'node:http'
import { WebSocket } from 'ws'
import type { Clock } from '../../lib/clock.ts'
import type { EngineError } from '../engine.ts'
import { Heartbeat } from './heartbeat.ts'
import type { ProviderFailures } from './provider-failures.ts'

export interface SocketListener<Message> {
  /** The socket is open; for providers that say nothing first and can be spoken to at once. */
  opened?(): void
  received(message: Message): void
  /** The connection is dead, or never came to be. Said once; nothing follows. */
  lost(error: EngineError): void
  /** Whether the provider is at work for us now, so that its silence means a stall. */
  readonly expectsEvents: boolean
}

/** A message as read off the wire; `malformed` is kept for what could not be. */
export interface WireMessage {
  readonly type: string
}

export interface ProviderSocketOptions<Message extends WireMessage> {
  readonly url: URL
  readonly headers: Record<string, string>
  readonly clock: Clock
  readonly listener: SocketListener<Message>
  /** Never throws: what cannot be read becomes a message of type `malformed`. */
  readonly parse: (data: Buffer) => Message
  readonly failures: ProviderFailures
}

const HANDSHAKE_LIMIT_MS = 5_000

/** One audio message is a few hundred kB at most; `session.updated` repeats the whole prompt. */
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024

/** About 20 s of caller audio: a provider that far behind hears the past, and memory must have an end. */
const MAX_BUFFERED_BYTES = 256 * 1024

/** RELIABILITY F28. */
const MAX_MALFORMED_PER_SECOND = 20

/** How long the other side may take to agree to a close, or to finish saying why it refuses a connection. */
const FAREWELL_LIMIT_MS = 1_000

/**
 * One socket to the provider: events out, parsed messages in, and one word when it is dead. Opens at once; there is no
 * need to wait for the handshake, as nothing may be sent before `opened` or the provider's first message anyway.
 */
export class ProviderSocket<Message extends WireMessage> implements AsyncDisposable {
  readonly #socket: WebSocket
  readonly #clock: Clock
  readonly #parse: (data: Buffer) => Message
  readonly #failures: ProviderFailures
  #listener: SocketListener<Message>
  #heartbeat: Heartbeat | undefined
  #openedAtMs = 0
  #malformed = { sinceMs: 0, count: 0 }
  #over = false

  constructor({ url, headers, clock, listener, parse, failures }: ProviderSocketOptions<Message>) {
    this.#clock = clock
    this.#parse = parse
    this.#failures = failures
    this.#listener = listener
    this.#socket = new WebSocket(url, {
      headers,
      handshakeTimeout: HANDSHAKE_LIMIT_MS,
      maxPayload: MAX_MESSAGE_BYTES,
      perMessageDeflate: false,
    })
    this.#socket.on('open', () => this.#opened())
    this.#socket.on('message', (data: Buffer) => this.#received(data))
    this.#socket.on('pong', () => this.#heartbeat?.pong())
    this.#socket.on('error', (error) => this.#lose(failures.socket(error)))
    this.#socket.on('close', (code, reason) => this.#lose(failures.closed(code, reason.toString(), this.#ageMs())))
    this.#socket.on('unexpected-response', (_request, answer) => void this.#refused(answer))
  }

  /** Hands the connection to its next listener, between two messages. */
  set listener(listener: SocketListener<Message>) {
    this.#listener = listener
  }

  /** Does nothing once the connection is over. */
  send(message: object): void {
    if (!this.#over) this.#socket.send(JSON.stringify(message))
  }

  /**
   * Hot path: sends a finished message as it is, or gives false when too much is waiting to be sent already.
   * `binary`: as a binary frame, for providers that take raw audio.
   */
  sendAudio(message: Buffer, binary = false): boolean {
    if (this.#socket.bufferedAmount > MAX_BUFFERED_BYTES) return false
    if (!this.#over) this.#socket.send(message, { binary })
    return true
  }

  /** Resolves when the socket is gone; the listener hears nothing any more. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#end()
    if (this.#socket.readyState === WebSocket.CLOSED) return
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#socket.once('close', resolve)
    if (this.#socket.readyState === WebSocket.CONNECTING) this.#socket.terminate()
    else this.#socket.close(1000)
    using _limit = this.#clock.after(FAREWELL_LIMIT_MS, () => this.#socket.terminate())
    await promise
  }

  #opened(): void {
    this.#openedAtMs = this.#clock.monotonicMs()
    this.#heartbeat = new Heartbeat({
      clock: this.#clock,
      ping: () => this.#socket.ping(),
      expectsEvents: () => this.#listener.expectsEvents,
      onStalled: (code) => this.#lose(this.#failures.stalled(code)),
    })
    this.#listener.opened?.()
  }

  #received(data: Buffer): void {
    if (this.#over) return
    this.#heartbeat?.event()
    const message = this.#parse(data)
    if (message.type === 'malformed' && this.#isFlood()) this.#lose(this.#failures.flood('malformed_flood'))
    else this.#listener.received(message)
  }

  #isFlood(): boolean {
    const nowMs = this.#clock.monotonicMs()
    if (nowMs - this.#malformed.sinceMs >= 1_000) this.#malformed = { sinceMs: nowMs, count: 0 }
    this.#malformed.count += 1
    return this.#malformed.count > MAX_MALFORMED_PER_SECOND
  }

  async #refused(answer: IncomingMessage): Promise<void> {
    using _limit = this.#clock.after(FAREWELL_LIMIT_MS, () => answer.destroy())
    const body = await readStart(answer)
    this.#lose(this.#failures.handshake(answer.statusCode ?? 0, answer.headers, body))
  }

  #ageMs(): number {
    return this.#clock.monotonicMs() - this.#openedAtMs
  }

  #lose(error: EngineError): void {
    if (this.#over) return
    this.#end()
    this.#socket.terminate()
    this.#listener.lost(error)
  }

  #end(): void {
    this.#over = true
    this.#heartbeat?.[Symbol.dispose]()
  }
}

/** An error body is a few hundred bytes; what is longer, broken off or too slow is judged by what came of it. */
async function readStart(answer: IncomingMessage): Promise<string> {
  let body = ''
  try {
    for await (const chunk of answer) {
      body += String(chunk)
      if (body.length > 16_384) break
    }
  } catch {
    // Broken off: the status alone will do.
  }
  return body
}
