import { pino } from 'pino'
import { encodeAudio } from '../../../src/audio/encoded-audio.ts'
import type { Briefing, EngineSession } from '../../../src/engines/engine.ts'
import { createOpenAiLiveEngine } from '../../../src/engines/openai-live/openai-live-engine.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import {
  type ScriptedConnection,
  ScriptedRealtimeServer,
  type WireMessage,
} from '../../fakes/scripted-realtime-server.ts'
import { HeardEvents } from '../heard-events.ts'
import { API_KEY, easeOff, SETTINGS, started } from './openai-live-provider.ts'

export const BRIEFING: Briefing = {
  instructions: 'Answer the phone.',
  tools: [{ name: 'book', description: 'Books.', parameters: { type: 'object' } }],
  language: 'es-MX',
  history: [],
  callerKey: 'hash-of-a-caller',
}

/** Sound of the model's. */
export const sound = (ms: number) => encodeAudio(Buffer.alloc(ms * 8, 0x20))

interface Connected {
  readonly session: EngineSession
  readonly wire: ScriptedConnection
  /** Sends and waits until the engine has dealt with it. */
  readonly says: (...messages: readonly WireMessage[]) => Promise<void>
}

/** Our engine on one side, a scripted OpenAI Live on the other. Leaving it fails a test that left something over. */
class Stage implements AsyncDisposable {
  readonly clock = new FakeClock()
  readonly events = new HeardEvents()
  readonly abort = new AbortController()
  readonly logged: string[] = []
  readonly server: ScriptedRealtimeServer

  constructor(server: ScriptedRealtimeServer) {
    this.server = server
  }

  open(briefing: Partial<Briefing> = {}): Promise<EngineSession> {
    const { clock, server, events, abort } = this
    const log = pino({ level: 'trace' }, { write: (line: string) => this.logged.push(line) })
    const engine = createOpenAiLiveEngine({
      apiKey: API_KEY,
      baseUrl: `${server.url}/`,
      settings: SETTINGS,
      clock,
      log,
    })
    return engine.open({ ...BRIEFING, ...briefing }, { signal: abort.signal, onEvent: events.listen })
  }

  async connect(): Promise<Connected> {
    const opening = this.open()
    const wire = await this.server.nextConnection()
    easeOff(wire)
    await wire.expect('session.start')
    wire.send(started())
    const says = async (...messages: readonly WireMessage[]) => {
      wire.send(...messages)
      await wire.settled()
    }
    return { session: await opening, wire, says }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.server[Symbol.asyncDispose]()
  }
}

export async function startStage(): Promise<Stage> {
  return new Stage(await ScriptedRealtimeServer.start())
}
