import { once } from 'node:events'
import { WebSocket } from 'ws'
import { BYTES_PER_MS, SILENCE } from '../../../src/audio/encoded-audio.ts'
import { createClock } from '../../../src/lib/clock.ts'
import { createLog } from '../../../src/lib/log.ts'
import { type ModelScript, modelScriptSchema } from '../../../src/simulator/model/model-script.ts'
import type { ClientEvent } from '../../../src/simulator/openai/client-event.ts'
import {
  type OpenAiEmulator,
  type OpenAiEmulatorOptions,
  startOpenAiEmulator,
} from '../../../src/simulator/openai/openai-emulator.ts'
import type { SentEvent } from '../../../src/simulator/openai/protocol.ts'
import { Hearing } from '../../../src/simulator/service/hearing.ts'
import { babble } from '../../../src/simulator/speech/babble.ts'
import type { Speech } from '../../../src/simulator/speech/speech.ts'

type SentType = SentEvent['type']
type SentOf<Type extends SentType> = Extract<SentEvent, { type: Type }>

/** 65 ms a character, at once. */
const instantSpeech: Speech = { speak: async (text, voice) => babble(text, voice) }

const silentLog = createLog({ level: 'silent' })

export function silence(ms: number): Buffer {
  return Buffer.alloc(ms * BYTES_PER_MS, SILENCE)
}

/** The rules as a scenario writes them. */
export function script(...rules: unknown[]): ModelScript {
  return modelScriptSchema.parse(rules)
}

/** An emulator whose time runs fifty times faster than ours, with `hearing` at hand. */
export async function start(
  options: Partial<OpenAiEmulatorOptions> = {},
): Promise<{ emulator: OpenAiEmulator; hearing: Hearing } & AsyncDisposable> {
  const hearing = new Hearing()
  const parts = { clock: createClock(50), script: script(), speech: instantSpeech, log: silentLog, hearing }
  const emulator = await startOpenAiEmulator({ ...parts, ...options })
  return { emulator, hearing, [Symbol.asyncDispose]: () => emulator[Symbol.asyncDispose]() }
}

/** A telephone's session: mu-law both ways, transcripts, turns by 500 ms of silence. */
export const TELEPHONE_SESSION = {
  type: 'realtime',
  audio: {
    input: {
      format: { type: 'audio/pcmu' },
      transcription: { model: 'gpt-live-transcribe' },
      turn_detection: { type: 'server_vad', silence_duration_ms: 500 },
    },
    output: { format: { type: 'audio/pcmu' } },
  },
} as const

/** A client that knows nothing but the wire. */
export class RealtimeClient implements AsyncDisposable {
  readonly events: SentEvent[] = []
  /** Messages that were no JSON. */
  readonly garbage: string[] = []
  readonly #socket: WebSocket
  readonly #closed: Promise<{ code: number; reason: string }>
  #readUpTo = 0
  #wake = Promise.withResolvers<void>()

  constructor(url: string, headers: Record<string, string>) {
    this.#socket = new WebSocket(url, { headers })
    this.#closed = new Promise((resolve) => {
      this.#socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }))
    })
    // A broken connection shows as its close.
    this.#socket.on('error', () => {})
    this.#socket.on('message', (data) => this.#take(data.toString()))
  }

  /** Connects and waits until the session is there. */
  static async connect(
    { baseUrl }: OpenAiEmulator,
    headers: Record<string, string> = { authorization: 'Bearer sk-test' },
  ): Promise<RealtimeClient> {
    const client = new RealtimeClient(`${baseUrl.replace('http', 'ws')}/realtime?model=gpt-realtime-2.1`, headers)
    await client.next('session.created')
    return client
  }

  /** Connects and makes it a telephone's session. */
  static async dial(emulator: OpenAiEmulator, session: object = TELEPHONE_SESSION): Promise<RealtimeClient> {
    const client = await RealtimeClient.connect(emulator)
    client.send({ type: 'session.update', session } as ClientEvent)
    await client.next('session.updated')
    return client
  }

  get types(): string[] {
    return this.events.map(({ type }) => type)
  }

  get closed(): Promise<{ code: number; reason: string }> {
    return this.#closed
  }

  send(event: ClientEvent | { type: string; [key: string]: unknown }): void {
    this.#socket.send(JSON.stringify(event))
  }

  sendRaw(text: string): void {
    this.#socket.send(text)
  }

  /** Sends audio in 20 ms frames, as fast as they go. */
  hear(mulaw: Buffer): void {
    for (let at = 0; at < mulaw.length; at += 160)
      this.send({ type: 'input_audio_buffer.append', audio: mulaw.subarray(at, at + 160).toString('base64') })
  }

  /** The next event of this type, skipping all others; those before it are behind us then. */
  async next<Type extends SentType>(type: Type): Promise<SentOf<Type>> {
    for (;;) {
      while (this.#readUpTo < this.events.length) {
        const event = this.events[this.#readUpTo++]!
        if (event.type === type) return event as SentOf<Type>
      }
      await this.#wake.promise
    }
  }

  all<Type extends SentType>(type: Type): SentOf<Type>[] {
    return this.events.filter((event): event is SentOf<Type> => event.type === type)
  }

  /** Resolves when a ping is answered: all that was sent before has been taken up then. */
  ping(): Promise<unknown> {
    const pong = once(this.#socket, 'pong')
    this.#socket.ping()
    return pong
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.terminate()
    await this.#closed
  }

  #take(text: string): void {
    try {
      this.events.push(JSON.parse(text) as SentEvent)
    } catch {
      this.garbage.push(text)
    }
    this.#wake.resolve()
    this.#wake = Promise.withResolvers()
  }
}

/** The status and headers of a handshake that is refused. */
export async function refusedWith(
  { baseUrl }: OpenAiEmulator,
  headers: Record<string, string> = { authorization: 'Bearer sk-test' },
): Promise<{ status: number | undefined; retryAfter: string | undefined }> {
  const socket = new WebSocket(`${baseUrl.replace('http', 'ws')}/realtime?model=gpt-realtime-2.1`, { headers })
  socket.on('error', () => {})
  const [request, response] = await once(socket, 'unexpected-response')
  request.destroy()
  return { status: response.statusCode, retryAfter: response.headers['retry-after'] }
}
