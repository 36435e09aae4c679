import type { Incoming, Interruption } from '@elevenlabs/types'
import { durationMs, type EncodedAudio, encodeAudio, encodedSilence } from '../../../src/audio/encoded-audio.ts'
import { createElevenLabsAgentEngine } from '../../../src/engines/elevenlabs/elevenlabs-agent-engine.ts'
import type { ElevenLabsSettings } from '../../../src/engines/elevenlabs/protocol.ts'
import type { Engine, EngineSession, HistoryItem } from '../../../src/engines/engine.ts'
import { createLog } from '../../../src/lib/log.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import {
  type ScriptedConnection,
  ScriptedRealtimeServer,
  type WireMessage,
} from '../../fakes/scripted-realtime-server.ts'
import type { Provider, ProviderCall } from '../provider.ts'
import { ELEVENLABS_ENDINGS } from './endings.ts'

export const API_KEY = 'xi-test-key-nobody-may-see'

export const SETTINGS: ElevenLabsSettings = { dynamicVariables: { branch: 'Tulsa' }, silenceDurationMs: 500 }

export const metadata = (heard = 'ulaw_8000', spoken = 'ulaw_8000') => ({
  type: 'conversation_initiation_metadata',
  conversation_initiation_metadata_event: {
    conversation_id: 'conv_1',
    agent_output_audio_format: spoken,
    user_input_audio_format: heard,
  },
})

/** A piece of speech whose characters are spread evenly over its audio, with times that count from its start. */
export function audio(eventId: number, piece: EncodedAudio, words?: string): Incoming.AudioClientEvent {
  const chars = [...(words ?? '')]
  const msPerChar = durationMs(piece) / Math.max(1, chars.length)
  const alignment = {
    chars,
    char_start_times_ms: chars.map((_, at) => Math.round(at * msPerChar)),
    char_durations_ms: chars.map(() => Math.round(msPerChar)),
  }
  const audio_event = { audio_base_64: piece.toString(), event_id: eventId }
  return { type: 'audio', audio_event: words === undefined ? audio_event : { ...audio_event, alignment } }
}

export function agentResponse(eventId: number, text: string): Incoming.AgentResponseClientEvent {
  return { type: 'agent_response', agent_response_event: { agent_response: text, event_id: eventId } }
}

export function correction(eventId: number, text: string): Incoming.AgentResponseCorrectionClientEvent {
  return {
    type: 'agent_response_correction',
    agent_response_correction_event: {
      original_agent_response: `${text} and more`,
      corrected_agent_response: text,
      event_id: eventId,
    },
  }
}

export function interruption(eventId: number): Interruption {
  return { type: 'interruption', interruption_event: { event_id: eventId } }
}

/** The vendor's types are interfaces, which no record of unknowns takes. */
export function sendAll(connection: ScriptedConnection, ...events: readonly { type: string }[]): void {
  connection.send(...events.map((event): WireMessage => ({ ...event })))
}

/** As loud as speech gets on a telephone: 100 ms of it start a turn. */
const LOUD = encodeAudio(Buffer.alloc(100 * 8, Buffer.from([0x10, 0x90])))
const QUIET = encodedSilence(SETTINGS.silenceDurationMs)

/** The caller begins to speak. */
export const speak = (session: EngineSession) => session.hear(LOUD)
/** The caller has been silent for long enough. */
export const fallSilent = (session: EngineSession) => session.hear(QUIET)

/** Audio of the caller that a script does not ask about. */
export function isCallerNoise({ user_audio_chunk: chunk }: WireMessage): boolean {
  return [LOUD, QUIET, encodedSilence(100)].some((piece) => piece.toString() === chunk)
}

/** The address that the engine asks for leads back to the same server. */
export async function startServer(): Promise<ScriptedRealtimeServer> {
  const server = await ScriptedRealtimeServer.start()
  server.onRequest = () => ({ signed_url: `${server.url.replace('http', 'ws')}/convai/conversation?signature=x` })
  return server
}

/** ElevenLabs as the conformance suite wants a provider; the caller's turns are sounds, as it does not report them. */
export async function startElevenLabsProvider(): Promise<Provider> {
  const server = await startServer()
  const clock = new FakeClock()
  const sessions: EngineSession[] = []
  let accepted = 0
  const engine = createElevenLabsAgentEngine({
    apiKey: API_KEY,
    baseUrl: new URL(server.url).origin,
    agentId: 'agent_1',
    settings: SETTINGS,
    clock,
    log: createLog({ level: 'silent' }),
  })
  return {
    engine: remembering(engine, sessions),
    clock,
    get attempts() {
      return server.attempts
    },
    refuseNext(why) {
      const detail = { status: 'invalid_api_key', message: `Invalid API key ${API_KEY}` }
      if (why.because === 'bad key') server.refuseNext({ status: 401, body: { detail } })
      else server.refuseNext({ status: 429, headers: { 'retry-after': String(why.retryAfterMs / 1000) } })
    },
    accept: async () => {
      const connection = await server.nextConnection()
      connection.passesOver = isCallerNoise
      const briefed = briefingOf(await connection.expect('conversation_initiation_client_data'))
      connection.send(metadata())
      await connection.settled()
      const number = accepted++
      return new ElevenLabsCall(connection, briefed, clock, () => sessions[number])
    },
    tellsLanguage: false,
    endings: ELEVENLABS_ENDINGS,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

function remembering(engine: Engine, sessions: EngineSession[]): Engine {
  const open: Engine['open'] = async (...args) => {
    const session = await engine.open(...args)
    sessions.push(session)
    return session
  }
  return { ...engine, open }
}

function briefingOf(start: WireMessage): ProviderCall['briefed'] {
  const { conversation_config_override: override, user_id } = start as WireMessage & {
    conversation_config_override: { agent: { prompt: { prompt: string } } }
  }
  const [instructions = '', tools = '', talk = ''] = override.agent.prompt.prompt.split('\n\n')
  const roles = { You: 'agent', Caller: 'caller', Note: 'note' } as const
  const history = talk.split('\n').flatMap((line): HistoryItem[] => {
    const [, speaker, text = ''] = /^(You|Caller|Note): (.*)$/.exec(line) ?? []
    return speaker ? [{ role: roles[speaker as keyof typeof roles], text }] : []
  })
  const toolNames = /these: (.*)\.$/.exec(tools)?.[1]?.split(', ') ?? []
  return { instructions, toolNames, history, callerKey: String(user_id), hears: undefined }
}

export class ElevenLabsCall implements ProviderCall {
  readonly briefed: ProviderCall['briefed']
  readonly #connection: ScriptedConnection
  readonly #clock: FakeClock
  readonly #session: () => EngineSession | undefined
  /** Event ids by utterance, and what was said of each so far. */
  readonly #said = new Map<string, { readonly eventId: number; words: string; announced: boolean }>()
  /** It is about to answer by itself, so that nobody asks. */
  #due = false
  /** The caller spoke since the agent began. */
  #spokenOver = false
  #tentative = ''

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
    await this.#connection.expect(undefined, { user_audio_chunk: audio.toString() })
  }

  async expectAnswerRequest(): Promise<void> {
    if (!this.#due) await this.#connection.expect('user_message')
    this.#due = false
    this.#spokenOver = false
  }

  /** It takes no cancel: what it goes on to send is passed over. */
  async expectCancel(): Promise<void> {}

  /** It finds out by itself what a caller heard who interrupts; that a rule stopped it, it is told. */
  async expectMemoryCut(): Promise<void> {
    await this.#connection.settled()
    const told = this.#connection.leftOver[0]?.includes('The caller heard')
    if (told) await this.#connection.expect('contextual_update')
  }

  async expectToolResult(requestId: string, output: string): Promise<void> {
    await this.#connection.expect('client_tool_result', { tool_call_id: requestId, result: output, is_error: false })
    this.#due = true
  }

  async expectNote(containing: string): Promise<void> {
    const { text } = await this.#connection.expect('contextual_update')
    if (!String(text).includes(containing)) throw new Error(`Expected a note, got ${text}`)
  }

  async expectRebriefing({ instructions, language }: Parameters<ProviderCall['expectRebriefing']>[0]): Promise<void> {
    await this.expectNote(`${instructions}\n\nFrom now on speak to the caller in the language ${language}.`)
  }

  expectNothing(): Promise<void> {
    return this.#connection.expectNothing()
  }

  callerStartsSpeaking(): void {
    this.#spokenOver = true
    const session = this.#session()
    if (session) speak(session)
  }

  callerStopsSpeaking(): void {
    const session = this.#session()
    if (session) fallSilent(session)
    this.#due = true
  }

  transcribes(_turnId: string, partial: readonly string[], final: string): void {
    for (const words of partial) {
      this.#tentative += words
      const event = { user_transcript: this.#tentative, event_id: 1 }
      this.#connection.send({ type: 'tentative_user_transcript', tentative_user_transcription_event: event })
    }
    const event = { user_transcript: final, event_id: 2 }
    this.#connection.send({ type: 'user_transcript', user_transcription_event: event })
  }

  /** It does not say so. */
  startsAnswer(): void {}

  speaks(_answerId: string, utteranceId: string, piece: EncodedAudio, words: string): void {
    for (const [id, { words: all }] of this.#said) if (id !== utteranceId) this.finishesUtterance('', id, all)
    const said = this.#said.get(utteranceId) ?? { eventId: this.#said.size + 1, words: '', announced: false }
    said.words += words
    this.#said.set(utteranceId, said)
    this.#send(audio(said.eventId, piece, words))
  }

  /** Its only sign of an end: what it meant to say has all been spoken. */
  finishesUtterance(_answerId: string, utteranceId: string, words: string): void {
    const said = this.#said.get(utteranceId)
    if (!said || said.announced) return
    said.announced = true
    this.#send(agentResponse(said.eventId, words))
  }

  requestsTool(_answerId: string, { requestId, name, argumentsJson }: Parameters<ProviderCall['requestsTool']>[1]) {
    const call = { tool_name: name, tool_call_id: requestId, parameters: JSON.parse(argumentsJson), event_id: 9 }
    this.#connection.send({ type: 'client_tool_call', client_tool_call: call })
  }

  endsAnswer(_answerId: string, how: 'completed' | 'cancelled', requests: readonly unknown[] = []): void {
    const eventId = Math.max(1, this.#said.size)
    // It knows no other cancel.
    if (how === 'cancelled' && this.#spokenOver) this.#send(interruption(eventId), correction(eventId, 'Good'))
    else if (this.#said.size === 0 && requests.length === 0) this.#send(agentResponse(1, ''))
    void this.#connection.settled().then(() => this.#clock.advance(2_000))
  }

  sendsGarbage(): void {
    this.#connection.sendRaw('{"type":"audio"')
  }

  sendsUnknownEvent(): void {
    this.#connection.send({ type: 'agent_hummed', melody: [1, 2] })
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

  /** Says why, and closes. */
  fails(errorType: string, code: number): void {
    this.#connection.send({ type: 'error', error_event: { code, error_type: errorType, message: 'x' } })
    this.#connection.close(code)
  }

  #send(...events: readonly { type: string }[]): void {
    sendAll(this.#connection, ...events)
  }
}
