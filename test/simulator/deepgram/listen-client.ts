import { createClock } from '../../../src/lib/clock.ts'
import {
  type DeepgramEmulator,
  type DeepgramEmulatorOptions,
  startDeepgramEmulator,
} from '../../../src/simulator/deepgram/deepgram-emulator.ts'
import type { FluxMessage, NovaMessage } from '../../../src/simulator/deepgram/protocol.ts'
import { Hearing } from '../../../src/simulator/service/hearing.ts'
import { babble } from '../../../src/simulator/speech/babble.ts'
import { refusedWith, silence, silentLog, WireClient } from '../wire-client.ts'

type Message = NovaMessage | FluxMessage

export const NOVA = 'v1/listen?model=nova-3&encoding=mulaw&sample_rate=8000'
export const FLUX = 'v2/listen?model=flux-general-en&encoding=mulaw&sample_rate=8000'

const KEY = { authorization: 'Token dg-test' }

/** An emulator whose time runs fifty times faster than ours, and somebody to speak to it. */
export async function start(options: Partial<DeepgramEmulatorOptions> = {}) {
  const hearing = new Hearing()
  const emulator = await startDeepgramEmulator({ clock: createClock(50), log: silentLog, hearing, ...options })
  return {
    emulator,
    /** What the caller says; in whole frames. */
    say(words: string, language?: string): Buffer {
      const clip = babble(words, 'caller')
      hearing.know(words, clip, language)
      return Buffer.concat([clip, silence(20)], Math.ceil(clip.length / 160) * 160)
    },
    [Symbol.asyncDispose]: () => emulator[Symbol.asyncDispose](),
  }
}

function urlOf({ baseUrl }: DeepgramEmulator, path: string): string {
  return `${baseUrl.replace('http', 'ws')}/${path}`
}

/** A line to either version of the API. */
export class ListenClient extends WireClient<Message> {
  static async connect(emulator: DeepgramEmulator, path: string): Promise<ListenClient> {
    const client = new ListenClient(urlOf(emulator, path), { headers: KEY })
    await client.opened()
    return client
  }

  /** Sends audio in pieces of 80 ms, as fast as they go. */
  hear(...audio: Buffer[]): void {
    const whole = Buffer.concat(audio)
    for (let at = 0; at < whole.length; at += 640) this.sendRaw(whole.subarray(at, at + 640))
  }
}

/** How a handshake is refused. */
export function refusal(emulator: DeepgramEmulator, path: string, headers: Record<string, string> = KEY) {
  return refusedWith(urlOf(emulator, path), headers)
}
