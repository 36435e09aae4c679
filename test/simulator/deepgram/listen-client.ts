import { once } from 'node:events'
import { WebSocket } from 'ws'
import { createClock } from '../../../src/lib/clock.ts'
import { createLog } from '../../../src/lib/log.ts'
import {
  type DeepgramEmulator,
  type DeepgramEmulatorOptions,
  startDeepgramEmulator,
} from '../../../src/simulator/deepgram/deepgram-emulator.ts'
import type { FluxMessage, NovaMessage } from '../../../src/simulator/deepgram/protocol.ts'
import { Hearing } from '../../../src/simulator/service/hearing.ts'
import { babble } from '../../../src/simulator/speech/babble.ts'

type Message = NovaMessage | FluxMessage
type MessageOf<Type extends Message['type']> = Extract<Message, { type: Type }>

export const NOVA = 'v1/listen?model=nova-3&encoding=mulaw&sample_rate=8000'
export const FLUX = 'v2/listen?model=flux-general-en&encoding=mulaw&sample_rate=8000'

const KEY = { authorization: 'Token dg-test' }

export function silence(ms: number): Buffer {
  return Buffer.alloc(ms * 8, 0xff)
}

/** An emulator whose time runs fifty times faster than ours, and somebody to speak to it. */
export async function start(options: Partial<DeepgramEmulatorOptions> = {}) {
  const hearing = new Hearing()
  const log = createLog({ level: 'silent' })
  const emulator = await startDeepgramEmulator({ clock: createClock(50), log, hearing, ...options })
  return {
    emulator,
    /** What the caller says; in whole frames. */
    say(words: string): Buffer {
      const clip = babble(words, 'caller')
      hearing.know(words, clip)
      return Buffer.concat([clip, silence(20)], Math.ceil(clip.length / 160) * 160)
    },
    [Symbol.asyncDispose]: () => emulator[Symbol.asyncDispose](),
  }
}

/** A client that knows nothing but the wire. */
export class ListenClient implements AsyncDisposable {
  readonly messages: Message[] = []
  readonly garbage: string[] = []
  readonly closed: Promise<{ code: number; reason: string }>
  readonly #socket: WebSocket
  #readUpTo = 0
  #wake = Promise.withResolvers<void>()

  private constructor(url: string) {
    this.#socket = new WebSocket(url, { headers: KEY })
    this.closed = new Promise((resolve) => {
      this.#socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }))
    })
    // A broken connection shows as its close.
    this.#socket.on('error', () => {})
    this.#socket.on('message', (data) => this.#take(data.toString()))
  }

  static async connect({ baseUrl }: DeepgramEmulator, path: string): Promise<ListenClient> {
    const client = new ListenClient(`${baseUrl.replace('http', 'ws')}/${path}`)
    await once(client.#socket, 'open')
    return client
  }

  /** Sends audio in pieces of 80 ms, as fast as they go. */
  hear(...audio: Buffer[]): void {
    const whole = Buffer.concat(audio)
    for (let at = 0; at < whole.length; at += 640) this.#socket.send(whole.subarray(at, at + 640))
  }

  send(message: object | string | Buffer): void {
    const isRaw = typeof message === 'string' || Buffer.isBuffer(message)
    this.#socket.send(isRaw ? message : JSON.stringify(message))
  }

  /** The next message of this type that fits; those before it are behind us then. */
  async next<Type extends Message['type']>(
    type: Type,
    fits: (message: MessageOf<Type>) => unknown = () => true,
  ): Promise<MessageOf<Type>> {
    for (;;) {
      while (this.#readUpTo < this.messages.length) {
        const message = this.messages[this.#readUpTo++]!
        if (message.type === type && fits(message as MessageOf<Type>)) return message as MessageOf<Type>
      }
      await this.#wake.promise
    }
  }

  all<Type extends Message['type']>(type: Type): MessageOf<Type>[] {
    return this.messages.filter((message): message is MessageOf<Type> => message.type === type)
  }

  /** Resolves when a ping is answered: all that was sent before has been taken up then. */
  async ping(): Promise<void> {
    const pong = once(this.#socket, 'pong')
    this.#socket.ping()
    await pong
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.terminate()
    await this.closed
  }

  #take(text: string): void {
    try {
      this.messages.push(JSON.parse(text) as Message)
    } catch {
      this.garbage.push(text)
    }
    this.#wake.resolve()
    this.#wake = Promise.withResolvers()
  }
}

/** The status, headers and body of a handshake that is refused. */
export async function refusedWith(
  { baseUrl }: DeepgramEmulator,
  path: string,
  headers: Record<string, string> = KEY,
): Promise<{ status: number; headers: Record<string, unknown>; body: { err_code: string; request_id: string } }> {
  const socket = new WebSocket(`${baseUrl.replace('http', 'ws')}/${path}`, { headers })
  socket.on('error', () => {})
  const [request, response] = await once(socket, 'unexpected-response')
  const body = JSON.parse(String(await once(response, 'data')))
  request.destroy()
  return { status: response.statusCode, headers: response.headers, body }
}
