import { once } from 'node:events'
import type { IncomingHttpHeaders } from 'node:http'
import { text } from 'node:stream/consumers'
import { type ClientOptions, WebSocket } from 'ws'
import { BYTES_PER_MS, SILENCE } from '../../src/audio/encoded-audio.ts'
import { parseJson } from '../../src/lib/json.ts'
import { createLog } from '../../src/lib/log.ts'
import { type ModelScript, modelScriptSchema } from '../../src/simulator/model/model-script.ts'
import { babble } from '../../src/simulator/speech/babble.ts'
import type { Speech } from '../../src/simulator/speech/speech.ts'

/** 65 ms a character, at once. */
export const instantSpeech: Speech = { speak: async (text, voice) => babble(text, voice) }

export const silentLog = createLog({ level: 'silent' })

export function silence(ms: number): Buffer {
  return Buffer.alloc(ms * BYTES_PER_MS, SILENCE)
}

/** The rules as a scenario writes them. */
export function script(...rules: unknown[]): ModelScript {
  return modelScriptSchema.parse(rules)
}

/** A client of a JSON socket that knows nothing but the wire. */
export class WireClient<Event extends { readonly type: string }> implements AsyncDisposable {
  readonly events: Event[] = []
  /** Messages that were no JSON. */
  readonly garbage: string[] = []
  readonly closed: Promise<{ code: number; reason: string }>
  readonly #socket: WebSocket
  readonly #onEvent: (event: Event) => void
  #readUpTo = 0
  #wake = Promise.withResolvers<void>()

  protected constructor(url: string, options: ClientOptions, onEvent: (event: Event) => void = () => {}) {
    this.#socket = new WebSocket(url, options)
    this.#onEvent = onEvent
    this.closed = new Promise((resolve) => {
      this.#socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }))
    })
    // A broken connection shows as its close.
    this.#socket.on('error', () => {})
    this.#socket.on('message', (data) => this.#take(data.toString()))
  }

  static async open<Event extends { readonly type: string }>(
    url: string,
    { onEvent = () => {}, ...options }: ClientOptions & { onEvent?: (event: Event) => void } = {},
  ): Promise<WireClient<Event>> {
    const client = new WireClient<Event>(url, options, onEvent)
    await client.opened()
    return client
  }

  get types(): string[] {
    return this.events.map(({ type }) => type)
  }

  send(message: object): void {
    this.sendRaw(JSON.stringify(message))
  }

  sendRaw(message: string | Buffer): void {
    this.#socket.send(message)
  }

  /** The next event of this type that fits, skipping all others; those before it are behind us then. */
  async next<Type extends Event['type']>(
    type: Type,
    fits: (event: Extract<Event, { type: Type }>) => unknown = () => true,
  ): Promise<Extract<Event, { type: Type }>> {
    const isWanted = (event: Event): event is Extract<Event, { type: Type }> =>
      event.type === type && Boolean(fits(event as Extract<Event, { type: Type }>))
    for (;;) {
      while (this.#readUpTo < this.events.length) {
        const event = this.events[this.#readUpTo++]!
        if (isWanted(event)) return event
      }
      await this.#wake.promise
    }
  }

  all<Type extends Event['type']>(type: Type): Extract<Event, { type: Type }>[] {
    return this.events.filter((event): event is Extract<Event, { type: Type }> => event.type === type)
  }

  /** Resolves when a ping is answered: all that was sent before has been taken up then, and what it caused has come. */
  ping(): Promise<unknown> {
    const pong = once(this.#socket, 'pong')
    this.#socket.ping()
    return pong
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.terminate()
    await this.closed
  }

  protected async opened(): Promise<void> {
    await once(this.#socket, 'open')
  }

  #take(text: string): void {
    const event = parseJson(text) as Event | undefined
    if (event === undefined) this.garbage.push(text)
    else {
      this.events.push(event)
      this.#onEvent(event)
    }
    this.#wake.resolve()
    this.#wake = Promise.withResolvers()
  }
}

/** How a handshake is refused; the body is JSON. */
export async function refusedWith(
  url: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: IncomingHttpHeaders; body: unknown }> {
  const socket = new WebSocket(url, { headers })
  socket.on('error', () => {})
  const [request, response] = await once(socket, 'unexpected-response')
  const body = await text(response)
  request.destroy()
  return { status: response.statusCode, headers: response.headers, body: parseJson(body) }
}
