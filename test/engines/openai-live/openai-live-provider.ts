import type { ServerEvent } from 'openai/resources/live/live'
import { durationMs, type EncodedAudio, encodeAudio, encodedSilence } from '../../../src/audio/encoded-audio.ts'
import type { Engine, EngineSession, HistoryItem } from '../../../src/engines/engine.ts'
import { createOpenAiLiveEngine } from '../../../src/engines/openai-live/openai-live-engine.ts'
import type { OpenAiLiveSettings } from '../../../src/engines/openai-live/settings.ts'
import { createLog } from '../../../src/lib/log.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import {
  type ScriptedConnection,
  ScriptedRealtimeServer,
  type WireMessage,
} from '../../fakes/scripted-realtime-server.ts'
import type { Provider, ProviderCall, ToolRequest } from '../provider.ts'

export const API_KEY = 'sk-test-key-nobody-may-see'

export const SETTINGS: OpenAiLiveSettings = { model: 'gpt-live-1', voice: 'marin', backendModel: 'gpt-5.4-mini' }

export const started = () => event({ type: 'session.started', session: { id: 'live_1', status: 'active' } })

/** The next piece of output. */
export const output = (audio: EncodedAudio) => ({ type: 'session.output_audio.delta', delta: audio.toString() })

export const said = (who: 'input' | 'output', delta: string, startMs: number, endMs: number) =>
  event({ type: `session.${who}_transcript.delta`, delta, start_ms: startMs, end_ms: endMs })

/** An event of a response of the backend's. */
export const backend = (inner: object, delegationId: string | null = 'dlg_1') =>
  event({ type: 'response.event', delegation_id: delegationId, event: { sequence_number: 0, ...inner } })

export const functionCall = ({ requestId, name, argumentsJson }: ToolRequest, status = 'completed') => ({
  type: 'response.output_item.done',
  output_index: 0,
  item: { type: 'function_call', id: 'fc_1', status, call_id: requestId, name, arguments: argumentsJson },
})

/** `rest` goes into the response. */
export const responseEvent = (how: 'created' | 'completed' | 'failed', rest: object = {}) => ({
  type: `response.${how}`,
  response: { id: 'resp_1', output: [], tools: [], instructions: null, ...rest },
})

export const closed = (reason: string, seconds = 0) =>
  event({ type: 'session.closed', reason, session: { id: 'live_1' }, usage: { seconds } })

export const failed = (error: object) => event({ type: 'error', error: { type: 'invalid_request_error', ...error } })

/** Names that the provider's package does not know do not compile. */
function event(message: { type: ServerEvent['type'] } & Record<string, unknown>): WireMessage {
  return { event_id: 'evt_1', ...message }
}

/** As loud as speech gets on a telephone: 100 ms of it start a turn. */
const LOUD = encodeAudio(Buffer.alloc(100 * 8, Buffer.from([0x10, 0x90])))
const QUIET = encodedSilence(600)

export const speak = (session: EngineSession) => session.hear(LOUD)
export const fallSilent = (session: EngineSession) => session.hear(QUIET)

/** Passes over audio that a script does not ask about, and lets the engine go when it wants to. */
export function easeOff(connection: ScriptedConnection): void {
  const noise = [LOUD, QUIET, encodedSilence(100)].map(String)
  connection.passesOver = ({ type, audio }) => {
    if (type === 'session.close') connection.send(closed('close_requested'))
    return type === 'session.close' || (type === 'session.input_audio.append' && noise.includes(String(audio)))
  }
}

/** OpenAI Live as the conformance suite wants a provider; the caller's turns are sounds, as it does not report them. */
export async function startOpenAiLiveProvider(): Promise<Provider> {
  const server = await ScriptedRealtimeServer.start()
  const clock = new FakeClock()
  const sessions: EngineSession[] = []
  let accepted = 0
  const log = createLog({ level: 'silent' })
  const engine = createOpenAiLiveEngine({ apiKey: API_KEY, baseUrl: server.url, settings: SETTINGS, clock, log })
  return {
    engine: remembering(engine, sessions),
    clock,
    get attempts() {
      return server.attempts
    },
    refuseNext(why) {
      const error = { code: 'invalid_api_key', message: `Incorrect API key provided: ${API_KEY}` }
      if (why.because === 'bad key') server.refuseNext({ status: 401, body: { error } })
      else server.refuseNext({ status: 429, headers: { 'retry-after-ms': String(why.retryAfterMs) } })
    },
    accept: async () => {
      const connection = await server.nextConnection()
      easeOff(connection)
      const start = await connection.expect('session.start')
      connection.send(started())
      await connection.settled()
      const callerKey = String(connection.headers['openai-safety-identifier'])
      const number = accepted++
      return new OpenAiLiveCall(connection, briefingOf(start, callerKey), clock, () => sessions[number])
    },
    tellsLanguage: false,
    endings: ENDINGS,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

const sends = (message: WireMessage) => (call: ProviderCall) => (call as OpenAiLiveCall).sends(message)

const ENDINGS: Provider['endings'] = [
  { how: 'the longest session', failure: 'expired', end: sends(closed('expired')) },
  { how: 'a safety filter', failure: 'dropped', end: sends(closed('content')) },
  { how: 'trouble behind it', failure: 'dropped', end: sends(closed('connection_lost')) },
  { how: 'a hang-up', failure: 'dropped', end: sends(closed('remote_hangup')) },
  { how: 'a reason nobody knows', failure: 'dropped', end: sends(closed('boredom')) },
  { how: 'an empty account', failure: 'refused', end: sends(failed({ code: 'insufficient_quota' })) },
  { how: 'a close without a word', failure: 'dropped', end: (call) => call.hangUp(1000) },
  { how: 'a server error', failure: 'dropped', end: (call) => call.hangUp(1011) },
  { how: 'a broken connection', failure: 'dropped', end: (call) => call.drop() },
]

function remembering(engine: Engine, sessions: EngineSession[]): Engine {
  const open: Engine['open'] = async (...args) => {
    const session = await engine.open(...args)
    sessions.push(session)
    return session
  }
  return { ...engine, open }
}

interface WireStart {
  readonly instructions: string
  readonly input: readonly { readonly role: string; readonly content: readonly { readonly text: string }[] }[]
  readonly delegation: { readonly responses: { readonly tools: readonly { readonly name: string }[] } }
}

function briefingOf({ session }: WireMessage, callerKey: string): ProviderCall['briefed'] {
  const { instructions, input, delegation } = session as WireStart
  const roles: Record<string, HistoryItem['role']> = { user: 'caller', assistant: 'agent', developer: 'note' }
  return {
    instructions: instructions.split('\n\n')[0] ?? '',
    toolNames: delegation.responses.tools.map(({ name }) => name),
    history: input.map(({ role, content }) => ({ role: roles[role] ?? 'note', text: content[0]?.text ?? '' })),
    callerKey,
    hears: undefined,
  }
}

class OpenAiLiveCall implements ProviderCall {
  readonly briefed: ProviderCall['briefed']
  readonly #connection: ScriptedConnection
  readonly #clock: FakeClock
  readonly #session: () => EngineSession | undefined
  #outputMs = 0
  /** What it is saying, until it falls silent. */
  #utteranceId: string | undefined
  /** Words of the caller that their turn has yet to end with. */
  #wordsInTurn = false
  #callerSpeaks = false
  /** Who answers next without being asked: the voice its caller, or the backend its tool. */
  #due: 'voice' | 'backend' | undefined
  #backendWorks = false

  constructor(
    connection: ScriptedConnection,
    briefed: ProviderCall['briefed'],
    clock: FakeClock,
    session: () => EngineSession | undefined,
  ) {
    this.#connection = connection
    this.briefed = briefed
    this.#clock = clock
    this.#session = session
  }

  get closed() {
    return this.#connection.closed
  }

  async expectCallerAudio(audio: EncodedAudio): Promise<void> {
    await this.#connection.expect('session.input_audio.append', { audio: audio.toString() })
  }

  async expectAnswerRequest(): Promise<void> {
    if (this.#due === 'backend') await this.#connection.expect('response.create')
    else if (!this.#due) await this.#connection.expect('session.instructions.append')
    this.#due = undefined
  }

  /** It can only be told to. */
  async expectCancel(): Promise<void> {
    const { content } = await this.#connection.expect('session.instructions.append')
    if (!String(content).startsWith('Stop speaking')) throw new Error(`Expected a stop, got ${content}`)
  }

  /** Its memory cannot be cut: it is told, once; together with the stop where there is one. */
  async expectMemoryCut(): Promise<void> {
    await this.#connection.settled()
    const [told = ''] = this.#connection.leftOver
    if (!told.includes('The caller heard')) return
    await this.#connection.expect(`session.${told.includes('Stop') ? 'instructions' : 'thinking'}.append`)
  }

  async expectToolResult(callId: string, result: string): Promise<void> {
    const item = { type: 'function_call_output', call_id: callId, output: result }
    await this.#connection.expect('response.item.create', { item })
    this.#due = 'backend'
  }

  async expectNote(containing: string): Promise<void> {
    const { content } = await this.#connection.expect('session.thinking.append', { delegation_id: null })
    if (!String(content).includes(containing)) throw new Error(`Expected a note, got ${content}`)
  }

  /** All of it to the voice as an addition, and what the backend follows in its own settings. */
  async expectRebriefing({ instructions, language }: Parameters<ProviderCall['expectRebriefing']>[0]): Promise<void> {
    const update = JSON.stringify(await this.#connection.expect('session.update'))
    const { content } = await this.#connection.expect('session.instructions.append')
    const isTold = update.includes(instructions) && String(content).includes(instructions)
    if (!isTold || !String(content).includes(language)) throw new Error(`Expected a rebriefing, got ${content}`)
  }

  expectNothing(): Promise<void> {
    return this.#connection.expectNothing()
  }

  callerStartsSpeaking(): void {
    const session = this.#session()
    if (session) speak(session)
    this.#callerSpeaks = true
  }

  callerStopsSpeaking(): void {
    const session = this.#session()
    if (session) fallSilent(session)
    this.#callerSpeaks = false
    this.#due = 'voice'
    if (this.#wordsInTurn) this.#passTime()
  }

  /** In fragments, which cannot be taken back. */
  transcribes(_turnId: string, partial: readonly string[], final: string): void {
    const told = partial.join('')
    const fragments = final.startsWith(told) ? [...partial, final.slice(told.length)] : [final]
    for (const delta of fragments) this.#connection.send(said('input', delta, 0, 200))
    this.#wordsInTurn = this.#callerSpeaks
    if (!this.#callerSpeaks) this.#passTime()
  }

  /** It does not say so. */
  startsAnswer(): void {}

  speaks(_answerId: string, utteranceId: string, audio: EncodedAudio, words: string): void {
    if (this.#utteranceId !== utteranceId) this.#fallSilent()
    this.#utteranceId = utteranceId
    const fromMs = this.#outputMs
    this.#output(audio)
    this.#connection.send(said('output', words, fromMs, this.#outputMs))
  }

  /** It does not say so either: silence follows. */
  finishesUtterance(): void {}

  requestsTool(_answerId: string, request: ToolRequest): void {
    if (!this.#backendWorks) this.#connection.send(backend(responseEvent('created')))
    this.#backendWorks = true
    this.#connection.send(backend(functionCall(request)))
  }

  endsAnswer(): void {
    if (this.#backendWorks) this.#connection.send(backend(responseEvent('completed')))
    this.#backendWorks = false
    this.#fallSilent()
  }

  sendsGarbage(): void {
    this.#connection.sendRaw('{"type":"session.output_audio.delta"')
  }

  sendsUnknownEvent(): void {
    this.#connection.send({ type: 'session.hummed', melody: [1, 2] })
  }

  fallsSilent(): void {
    this.#connection.fallSilent()
  }

  settled(): Promise<void> {
    return this.#connection.settled()
  }

  hangUp(code: number, reason?: string): void {
    this.#connection.close(code, reason)
  }

  drop(): void {
    this.#connection.drop()
  }

  sends(message: WireMessage): void {
    this.#connection.send(message)
  }

  #fallSilent(): void {
    if (this.#utteranceId !== undefined) this.#output(encodedSilence(800))
    this.#utteranceId = undefined
  }

  /** So much that fragments are taken for complete. */
  #passTime(): void {
    void this.#connection.settled().then(() => this.#clock.advance(900))
  }

  #output(audio: EncodedAudio): void {
    this.#outputMs += durationMs(audio)
    this.#connection.send(output(audio))
  }
}
