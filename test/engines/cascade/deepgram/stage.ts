import type { Deepgram } from '@deepgram/sdk'
import { pino } from 'pino'
import { createFluxListener, type FluxSettings } from '../../../../src/engines/cascade/deepgram/flux-listener.ts'
import { createNovaListener, type NovaSettings } from '../../../../src/engines/cascade/deepgram/nova-listener.ts'
import type { Listener, ListenerEvent, ListenerSession } from '../../../../src/engines/cascade/listener.ts'
import { FakeClock } from '../../../fakes/fake-clock.ts'
import { type ScriptedConnection, ScriptedRealtimeServer } from '../../../fakes/scripted-realtime-server.ts'
import { HeardEvents } from '../../heard-events.ts'

export const API_KEY = 'dg-test-key-nobody-may-see'

export const NOVA: NovaSettings = {
  endpointingMs: 300,
  utteranceEndMs: 1000,
  multilingual: false,
  keyterms: ['escrow', 'Ann Lee'],
}
export const FLUX: FluxSettings = {
  eotThreshold: 0.7,
  eagerEotThreshold: 0.5,
  eotTimeoutMs: 5000,
  keyterms: ['escrow'],
}

interface Connected {
  readonly session: ListenerSession
  readonly wire: ScriptedConnection
}

/** Our listener on one side, a scripted Deepgram on the other. Leaving it fails a test that left something over. */
class Stage implements AsyncDisposable {
  readonly clock = new FakeClock()
  readonly events = new HeardEvents<ListenerEvent>()
  readonly abort = new AbortController()
  readonly logged: string[] = []
  readonly server: ScriptedRealtimeServer

  constructor(server: ScriptedRealtimeServer) {
    this.server = server
  }

  nova(settings: NovaSettings = NOVA, model = 'nova-3'): Listener {
    return createNovaListener({ ...this.#options(), model, settings })
  }

  flux(settings: FluxSettings = FLUX, model = 'flux-general-en'): Listener {
    return createFluxListener({ ...this.#options(), model, settings })
  }

  open(listener: Listener, language = 'en-US', hears: readonly string[] = []): Promise<ListenerSession> {
    return listener.open({ language, hears, signal: this.abort.signal, onEvent: this.events.listen })
  }

  async connectNova(): Promise<Connected> {
    const opening = this.open(this.nova())
    return { wire: await this.server.nextConnection(), session: await opening }
  }

  async connectFlux(): Promise<Connected> {
    const opening = this.open(this.flux())
    const wire = await this.server.nextConnection()
    wire.send(CONNECTED)
    return { wire, session: await opening }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.server[Symbol.asyncDispose]()
  }

  #options() {
    const log = pino({ level: 'trace' }, { write: (line: string) => this.logged.push(line) })
    return { apiKey: API_KEY, baseUrl: new URL(this.server.url).origin, clock: this.clock, log }
  }
}

export async function startStage(): Promise<Stage> {
  return new Stage(await ScriptedRealtimeServer.start())
}

export const CONNECTED = { type: 'Connected', request_id: 'r', sequence_id: 0 } as const

export const SPEECH_STARTED = { type: 'SpeechStarted', channel: [0, 1], timestamp: 0 } as const

export const utteranceEnd = (lastWordEndS: number) =>
  ({
    type: 'UtteranceEnd',
    channel: [0, 1],
    last_word_end: lastWordEndS,
  }) satisfies Deepgram.listen.ListenV1UtteranceEnd

type How = 'interim' | 'final' | 'speech final' | 'finalized'

/** Words from `startS` on, half a second each. */
export function results(how: How, transcript: string, startS = 0) {
  const words = transcript.split(' ').filter((word) => word !== '')
  return {
    type: 'Results',
    channel_index: [0, 1],
    start: startS,
    duration: Math.max(1, words.length / 2),
    is_final: how !== 'interim',
    speech_final: how === 'speech final',
    from_finalize: how === 'finalized',
    channel: {
      alternatives: [
        {
          transcript,
          confidence: 0.9970703,
          words: words.map((word, at) => {
            const start = startS + at / 2
            return { word: word.toLowerCase(), punctuated_word: word, start, end: start + 0.5, confidence: 0.99 }
          }),
        },
      ],
    },
    metadata: {
      request_id: 'r',
      model_uuid: 'm',
      model_info: { name: 'general-nova-3', version: '1', arch: 'nova-3' },
    },
  } satisfies Deepgram.listen.ListenV1Results
}

/** A message about a turn whose last word ended 0.24 s before the end of the audio. */
export function turnInfo(event: string, transcript: string, turnIndex = 0) {
  return {
    type: 'TurnInfo',
    request_id: 'r',
    sequence_id: 1,
    event,
    turn_index: turnIndex,
    audio_window_start: 0,
    audio_window_end: 1.24,
    transcript,
    words: transcript === '' ? [] : [{ word: transcript, confidence: 0.9, start: 0.1, end: 1 }],
    end_of_turn_confidence: 0.5,
  } satisfies Deepgram.listen.ListenV2TurnInfo
}
