import { pino } from 'pino'
import { createElevenLabsAgentEngine } from '../../../src/engines/elevenlabs/elevenlabs-agent-engine.ts'
import type { Briefing, EngineSession } from '../../../src/engines/engine.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import type { ScriptedConnection, ScriptedRealtimeServer } from '../../fakes/scripted-realtime-server.ts'
import { HeardEvents } from '../heard-events.ts'
import { API_KEY, isCallerNoise, metadata, SETTINGS, sendAll, startServer } from './elevenlabs-provider.ts'

export const BRIEFING: Briefing = {
  instructions: 'Answer the phone.',
  tools: [{ name: 'book', description: 'Books.', parameters: { type: 'object' } }],
  language: 'es-MX',
  history: [],
  callerKey: 'hash-of-a-caller',
}

interface Connected {
  readonly session: EngineSession
  readonly wire: ScriptedConnection
  /** Sends and waits until the engine has dealt with it. */
  readonly says: (...events: readonly { type: string }[]) => Promise<void>
}

/** Our engine on one side, a scripted agent on the other. Leaving it fails a test that left something over. */
class Stage implements AsyncDisposable {
  readonly clock = new FakeClock()
  readonly events = new HeardEvents()
  readonly abort = new AbortController()
  readonly logged: string[] = []
  readonly server: ScriptedRealtimeServer

  constructor(server: ScriptedRealtimeServer) {
    this.server = server
  }

  open(briefing: Partial<Briefing> = {}, voiceId?: string): Promise<EngineSession> {
    const { clock, server, events, abort } = this
    const engine = createElevenLabsAgentEngine({
      apiKey: API_KEY,
      baseUrl: `${new URL(server.url).origin}/`,
      agentId: 'agent_1',
      voiceId,
      settings: SETTINGS,
      clock,
      log: pino({ level: 'trace' }, { write: (line: string) => this.logged.push(line) }),
    })
    return engine.open({ ...BRIEFING, ...briefing }, { signal: abort.signal, onEvent: events.listen })
  }

  async connect(): Promise<Connected> {
    const opening = this.open()
    const wire = await this.server.nextConnection()
    wire.passesOver = isCallerNoise
    await wire.expect('conversation_initiation_client_data')
    wire.send(metadata())
    const says = async (...events: readonly { type: string }[]) => {
      sendAll(wire, ...events)
      await wire.settled()
    }
    return { session: await opening, wire, says }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.server[Symbol.asyncDispose]()
  }
}

export async function startStage(): Promise<Stage> {
  return new Stage(await startServer())
}
