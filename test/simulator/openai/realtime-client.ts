import { createClock } from '../../../src/lib/clock.ts'
import {
  type OpenAiEmulator,
  type OpenAiEmulatorOptions,
  startOpenAiEmulator,
} from '../../../src/simulator/openai/openai-emulator.ts'
import type { SentEvent } from '../../../src/simulator/openai/protocol.ts'
import { Hearing } from '../../../src/simulator/service/hearing.ts'
import { instantSpeech, refusedWith, script, silentLog, WireClient } from '../wire-client.ts'

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

type Headers = Record<string, string>

const KEY: Headers = { authorization: 'Bearer sk-test' }

function urlOf({ baseUrl }: OpenAiEmulator): string {
  return `${baseUrl.replace('http', 'ws')}/realtime?model=gpt-realtime-2.1`
}

/** A telephone line to a Realtime session. */
export class RealtimeClient extends WireClient<SentEvent> {
  constructor(emulator: OpenAiEmulator, headers: Headers = KEY) {
    super(urlOf(emulator), { headers })
  }

  /** Connects and waits until the session is there. */
  static async connect(emulator: OpenAiEmulator, headers: Headers = KEY): Promise<RealtimeClient> {
    const client = new RealtimeClient(emulator, headers)
    await client.next('session.created')
    return client
  }

  /** Connects and makes it a telephone's session. */
  static async dial(emulator: OpenAiEmulator, session: object = TELEPHONE_SESSION): Promise<RealtimeClient> {
    const client = await RealtimeClient.connect(emulator)
    client.send({ type: 'session.update', session })
    await client.next('session.updated')
    return client
  }

  /** Sends audio in 20 ms frames, as fast as they go. */
  hear(mulaw: Buffer): void {
    for (let at = 0; at < mulaw.length; at += 160)
      this.send({ type: 'input_audio_buffer.append', audio: mulaw.subarray(at, at + 160).toString('base64') })
  }
}

/** How a handshake is refused. */
export function refusal(emulator: OpenAiEmulator, headers: Headers = KEY) {
  return refusedWith(urlOf(emulator), headers)
}
