import { isDeepStrictEqual } from 'node:util'
import type { HistoryItem } from '../../../src/engines/engine.ts'
import { createOpenAiEngine } from '../../../src/engines/openai/openai-engine.ts'
import type { OpenAiSettings } from '../../../src/engines/openai/session-settings.ts'
import { createLog } from '../../../src/lib/log.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import {
  type ScriptedConnection,
  ScriptedRealtimeServer,
  type WireMessage,
} from '../../fakes/scripted-realtime-server.ts'
import type { Provider, ProviderCall, ToolRequest } from '../provider.ts'

export const API_KEY = 'sk-test-key-nobody-may-see'

export const SETTINGS: OpenAiSettings = {
  voice: 'marin',
  speed: 1,
  turnDetection: { type: 'server_vad', threshold: 0.5, prefixPaddingMs: 300, silenceDurationMs: 500 },
  noiseReduction: 'near_field',
  transcriptionModel: 'gpt-live-transcribe',
  transcriptionKeywords: ['escrow'],
  maxOutputTokens: 4096,
}

/** OpenAI as the conformance suite wants a provider: the event ladders of its contract, sent by hand. */
export async function startOpenAiProvider(settings: OpenAiSettings = SETTINGS): Promise<Provider> {
  const server = await ScriptedRealtimeServer.start()
  const clock = new FakeClock()
  const log = createLog({ level: 'silent' })
  return {
    engine: createOpenAiEngine({
      apiKey: API_KEY,
      baseUrl: server.url,
      model: 'gpt-realtime-2.1',
      settings,
      clock,
      log,
    }),
    clock,
    get attempts() {
      return server.attempts
    },
    refuseNext(why) {
      const badKey = { status: 401, body: { error: { code: 'invalid_api_key', message: `Incorrect key ${API_KEY}` } } }
      if (why.because === 'bad key') server.refuseNext(badKey)
      else server.refuseNext({ status: 429, headers: { 'retry-after': String(why.retryAfterMs / 1000) } })
    },
    accept: async () => takeCall(await server.nextConnection()),
    tellsLanguage: true,
    endings: ENDINGS,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

const EXPIRY = 'Your session hit the maximum duration of 60 minutes.'

const says = (message: WireMessage) => (call: ProviderCall) => (call as OpenAiCall).sends(message)
const fails = (code: string, message = 'x') => says({ type: 'error', error: { type: 'some_error', code, message } })

/** Contract openai-realtime, section 7; a close without a code is 1005, one without a word 1006. */
const ENDINGS: Provider['endings'] = [
  { how: 'expiry', failure: 'expired', end: (call) => call.hangUp(1001, EXPIRY) },
  { how: 'going away', failure: 'dropped', end: (call) => call.hangUp(1001) },
  { how: 'an ordinary close', failure: 'dropped', end: (call) => call.hangUp(1000) },
  { how: 'a server error', failure: 'dropped', end: (call) => call.hangUp(1011) },
  { how: 'a protocol error', failure: 'dropped', end: (call) => call.hangUp(1002) },
  { how: 'data it does not take', failure: 'dropped', end: (call) => call.hangUp(1003) },
  { how: 'text it cannot read', failure: 'dropped', end: (call) => call.hangUp(1007) },
  { how: 'a close without a code', failure: 'dropped', end: (call) => (call as OpenAiCall).hangUpWithoutCode() },
  { how: 'a broken connection', failure: 'dropped', end: (call) => call.drop() },
  { how: 'a policy', failure: 'refused', end: (call) => call.hangUp(1008) },
  { how: 'an API shape it has dropped', failure: 'refused', end: (call) => call.hangUp(4000) },
  { how: 'a key', failure: 'refused', end: (call) => call.hangUp(3000, 'invalid_request_error.invalid_api_key') },
  { how: 'expiry, announced', failure: 'expired', end: fails('session_expired', EXPIRY) },
  { how: 'a header it has dropped', failure: 'refused', end: fails('beta_api_shape_disabled') },
  { how: 'an empty account', failure: 'refused', end: fails('insufficient_quota') },
  { how: 'a rate limit', failure: 'limited', end: fails('rate_limit_exceeded', 'Please try again in 1.5s.') },
  {
    how: 'an answer that fails for want of money',
    failure: 'refused',
    end: says({
      type: 'response.done',
      response: { ...responseObject('resp_1', 'failed'), status_details: { error: { code: 'insufficient_quota' } } },
    }),
  },
]

async function takeCall(connection: ScriptedConnection): Promise<ProviderCall> {
  connection.send({ type: 'session.created', session: { type: 'realtime', id: 'sess_1' } })
  const update = await connection.expect('session.update')
  const session = update.session as {
    instructions: string
    tools: { name: string }[]
    audio: { input: { transcription: { languages?: string[] } } }
  }
  connection.send({ type: 'session.updated', session })
  await connection.settled()
  const history: HistoryItem[] = []
  for (const _item of connection.leftOver)
    history.push(historyItemOf(await connection.expect('conversation.item.create')))
  return callOn(connection, {
    instructions: session.instructions,
    toolNames: session.tools.map(({ name }) => name),
    history,
    callerKey: String(connection.headers['openai-safety-identifier']),
    hears: session.audio.input.transcription.languages,
  })
}

interface OpenAiCall extends ProviderCall {
  sends(message: WireMessage): void
  hangUpWithoutCode(): void
}

function callOn(connection: ScriptedConnection, briefed: ProviderCall['briefed']): OpenAiCall {
  const ids = (answerId: string, itemId: string) => ({
    response_id: answerId,
    item_id: itemId,
    output_index: 0,
    content_index: 0,
  })
  return {
    briefed,
    closed: connection.closed,
    expectCallerAudio: async (audio) =>
      void (await connection.expect('input_audio_buffer.append', { audio: audio.toString() })),
    expectAnswerRequest: async () => void (await connection.expect('response.create')),
    expectCancel: async (answerId) => void (await connection.expect('response.cancel', { response_id: answerId })),
    expectMemoryCut: async (itemId, heardMs) => {
      const cut = { item_id: itemId, content_index: 0, audio_end_ms: heardMs }
      await connection.expect('conversation.item.truncate', cut)
    },
    expectToolResult: async (callId, output) => {
      const item = { type: 'function_call_output', call_id: callId, output }
      await connection.expect('conversation.item.create', { item })
    },
    expectNote: async (containing) => {
      const { role, text } = historyItemOf(await connection.expect('conversation.item.create'))
      if (role !== 'note' || !text.includes(containing)) throw new Error(`Expected a note, got ${role}: ${text}`)
    },
    expectRebriefing: async ({ instructions, language }) => {
      const { session } = await connection.expect('session.update')
      const { audio, ...rest } = session as { audio: { input: { transcription: { language: string } } } }
      const actual = { ...rest, language: audio.input.transcription.language }
      const expected = { type: 'realtime', instructions, language: language.slice(0, 2) }
      if (!isDeepStrictEqual(actual, expected)) throw new Error(`Expected a rebriefing, got ${JSON.stringify(session)}`)
    },
    expectNothing: () => connection.expectNothing(),
    callerStartsSpeaking: (turnId) =>
      connection.send({ type: 'input_audio_buffer.speech_started', audio_start_ms: 0, item_id: turnId }),
    callerStopsSpeaking: (turnId) =>
      connection.send(
        { type: 'input_audio_buffer.speech_stopped', audio_end_ms: 900, item_id: turnId },
        { type: 'input_audio_buffer.committed', item_id: turnId, previous_item_id: null },
      ),
    transcribes: (turnId, partial, final, language) => {
      const event = (what: string, rest: object) =>
        connection.send({
          type: `conversation.item.input_audio_transcription.${what}`,
          item_id: turnId,
          content_index: 0,
          ...rest,
        })
      for (const delta of partial) event('delta', { delta, obfuscation: 'x' })
      const languages = language === undefined ? undefined : [{ code: language }]
      event('completed', { transcript: final, usage: null, languages })
    },
    startsAnswer: (id) => connection.send({ type: 'response.created', response: responseObject(id, 'in_progress') }),
    speaks: (answerId, itemId, audio, words) =>
      connection.send(
        { type: 'response.output_audio_transcript.delta', ...ids(answerId, itemId), delta: words },
        { type: 'response.output_audio.delta', event_id: 'e', ...ids(answerId, itemId), delta: audio.toString() },
      ),
    finishesUtterance: (answerId, itemId, transcript) =>
      connection.send(
        { type: 'response.output_audio.done', ...ids(answerId, itemId) },
        { type: 'response.output_audio_transcript.done', ...ids(answerId, itemId), transcript },
      ),
    requestsTool: (answerId, request) =>
      connection.send(
        { type: 'response.function_call_arguments.done', ...ids(answerId, 'item_f'), call_id: request.requestId },
        { type: 'response.output_item.done', response_id: answerId, output_index: 0, item: functionCall(request) },
      ),
    endsAnswer: (id, how, requests = []) =>
      connection.send({ type: 'response.done', response: responseObject(id, how, requests.map(functionCall)) }),
    sendsGarbage: () => connection.sendRaw('{"type":"response.done"'),
    sendsUnknownEvent: () => connection.send({ type: 'response.hummed', melody: [1, 2] }),
    fallsSilent: () => connection.fallSilent(),
    settled: () => connection.settled(),
    hangUp: (code, reason) => connection.close(code, reason),
    hangUpWithoutCode: () => connection.close(),
    drop: () => connection.drop(),
    sends: (message) => connection.send(message),
  }
}

function historyItemOf({ item }: WireMessage): HistoryItem {
  const { role, content } = item as { role: string; content: { type: string; text: string }[] }
  const text = content[0]?.text ?? ''
  const shape = `${role}/${content[0]?.type}`
  if (shape === 'user/input_text') return { role: 'caller', text }
  if (shape === 'assistant/output_text') return { role: 'agent', text }
  if (shape === 'system/input_text') return { role: 'note', text }
  throw new Error(`OpenAI takes no ${shape}`)
}

function functionCall({ requestId, name, argumentsJson }: ToolRequest) {
  return {
    id: 'item_f',
    type: 'function_call',
    status: 'completed',
    call_id: requestId,
    name,
    arguments: argumentsJson,
  }
}

function responseObject(id: string, status: string, output: readonly object[] = []) {
  return { object: 'realtime.response', id, status, status_details: null, output, usage: null, metadata: null }
}
