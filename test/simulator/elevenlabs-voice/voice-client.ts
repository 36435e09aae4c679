import { once } from 'node:events'
import { vi } from 'vitest'
import { WebSocket } from 'ws'
import { createClock } from '../../../src/lib/clock.ts'
import { createLog } from '../../../src/lib/log.ts'
import {
  type ElevenLabsVoiceEmulator,
  type ElevenLabsVoiceEmulatorOptions,
  startElevenLabsVoiceEmulator,
} from '../../../src/simulator/elevenlabs-voice/elevenlabs-voice-emulator.ts'
import { babble } from '../../../src/simulator/speech/babble.ts'

/** What is spoken of a text: 65 ms a character. */
export const spoken = (text: string) => babble(text, 'agent')

/** A voice whose time runs fifty times faster than ours. */
export function start(options: Partial<ElevenLabsVoiceEmulatorOptions> = {}): Promise<ElevenLabsVoiceEmulator> {
  const speech = { speak: async (text: string) => spoken(text) }
  return startElevenLabsVoiceEmulator({
    ...{ clock: createClock(50), log: createLog({ level: 'silent' }), speech },
    ...options,
  })
}

export interface Frame {
  readonly audio?: string | null
  readonly isFinal?: boolean
  readonly contextId?: string
  readonly alignment?: Alignment
  readonly normalizedAlignment?: Alignment
  readonly error?: string
  readonly code?: number
}

interface Alignment {
  readonly chars: string[]
  readonly charStartTimesMs: number[]
  readonly charDurationsMs: number[]
}

/** A client that knows nothing but the wire. */
export class VoiceClient {
  readonly frames: Frame[] = []
  readonly unreadable: string[] = []
  readonly closed: Promise<number>
  readonly #socket: WebSocket

  private constructor(socket: WebSocket) {
    this.#socket = socket
    const { promise, resolve } = Promise.withResolvers<number>()
    this.closed = promise
    socket.on('close', resolve)
    socket.on('error', () => {})
    socket.on('message', (data) => {
      try {
        this.frames.push(JSON.parse(data.toString()))
      } catch {
        this.unreadable.push(data.toString())
      }
    })
  }

  static async dial(
    { baseUrl }: ElevenLabsVoiceEmulator,
    { path = 'stream-input', query = 'auto_mode=true', key = 'xi-test' as string | null } = {},
  ): Promise<VoiceClient> {
    const url = `${baseUrl.replace('http', 'ws')}/v1/text-to-speech/anna/${path}?output_format=ulaw_8000&${query}`
    const socket = new WebSocket(url, { headers: key === null ? {} : { 'xi-api-key': key } })
    const client = new VoiceClient(socket)
    await once(socket, 'open')
    return client
  }

  send(...messages: object[]): void {
    for (const message of messages) this.#socket.send(JSON.stringify(message))
  }

  get audio(): Buffer {
    return Buffer.concat(this.frames.map(({ audio }) => Buffer.from(audio ?? '', 'base64')))
  }

  /** All characters of one kind of alignment, and when each begins in the whole audio. */
  timing(kind: 'alignment' | 'normalizedAlignment' = 'alignment'): { text: string; startsMs: number[] } {
    let text = ''
    let beforeMs = 0
    const startsMs: number[] = []
    for (const frame of this.frames) {
      text += frame[kind]?.chars.join('') ?? ''
      for (const ms of frame[kind]?.charStartTimesMs ?? []) startsMs.push(beforeMs + ms)
      beforeMs += Buffer.byteLength(frame.audio ?? '', 'base64') / 8
    }
    return { text, startsMs }
  }
}

/** Resolves when it holds. */
export async function until(holds: () => boolean): Promise<void> {
  await vi.waitUntil(holds, { interval: 2, timeout: 5_000 })
}
