import { pino } from 'pino'
import { encodedSilence } from '../../../src/audio/encoded-audio.ts'
import type { Briefing, EngineSession } from '../../../src/engines/engine.ts'
import { createOpenAiEngine } from '../../../src/engines/openai/openai-engine.ts'
import type { OpenAiSettings } from '../../../src/engines/openai/session-settings.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { type ScriptedConnection, ScriptedRealtimeServer } from '../../fakes/scripted-realtime-server.ts'
import { HeardEvents } from '../heard-events.ts'
import { API_KEY, SETTINGS } from './openai-provider.ts'

export const BRIEFING: Briefing = {
  instructions: 'Answer the phone.',
  tools: [{ name: 'book', description: 'Books.', parameters: { type: 'object' } }],
  language: 'es-MX',
  history: [],
  callerKey: 'hash-of-a-caller',
}

export const CREATED = { type: 'session.created', session: { type: 'realtime', id: 'sess_1' } }
export const UPDATED = { type: 'session.updated', session: { type: 'realtime', id: 'sess_1' } }

/** The end of response `resp_1`. */
export const done = (rest: object) => ({ type: 'response.done', response: { id: 'resp_1', output: [], ...rest } })

/** Speech within response `resp_1`. */
export const audio = (itemId: string, ms: number) => ({
  type: 'response.output_audio.delta',
  response_id: 'resp_1',
  item_id: itemId,
  delta: encodedSilence(ms).toString(),
})

interface Connected {
  readonly session: EngineSession
  readonly wire: ScriptedConnection
}

/** Our engine on one side, a scripted OpenAI on the other. Leaving it fails a test that left something over. */
class Stage implements AsyncDisposable {
  readonly clock = new FakeClock()
  readonly events = new HeardEvents()
  readonly abort = new AbortController()
  readonly logged: string[] = []
  readonly server: ScriptedRealtimeServer

  constructor(server: ScriptedRealtimeServer) {
    this.server = server
  }

  open(settings: OpenAiSettings = SETTINGS, briefing = BRIEFING): Promise<EngineSession> {
    const { clock, server, events, abort } = this
    const log = pino({ level: 'trace' }, { write: (line: string) => this.logged.push(line) })
    const engine = createOpenAiEngine({ apiKey: API_KEY, baseUrl: server.url, model: 'gpt-x', settings, clock, log })
    return engine.open(briefing, { signal: abort.signal, onEvent: events.listen })
  }

  async connect(briefing?: Briefing): Promise<Connected> {
    const opening = this.open(SETTINGS, briefing)
    const wire = await this.server.nextConnection()
    wire.send(CREATED)
    await wire.expect('session.update')
    wire.send(UPDATED)
    return { session: await opening, wire }
  }

  /** A live session with a running answer. */
  async connectAndAsk(): Promise<Connected> {
    const connected = await this.connect()
    connected.session.answer()
    await connected.wire.expect('response.create', { event_id: 'answer_1' })
    connected.wire.send({ type: 'response.created', response: { id: 'resp_1', status: 'in_progress' } })
    await this.events.first('answer.started')
    return connected
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.server[Symbol.asyncDispose]()
  }
}

export async function startStage(): Promise<Stage> {
  return new Stage(await ScriptedRealtimeServer.start())
}
