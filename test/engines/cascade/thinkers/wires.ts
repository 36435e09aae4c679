import type { RawMessageStreamEvent } from '@anthropic-ai/sdk/resources/messages'
import { pino } from 'pino'
import type { Memory, Prompt, Thinker } from '../../../../src/engines/cascade/thinker.ts'
import { createAnthropicThinker } from '../../../../src/engines/cascade/thinkers/anthropic-thinker.ts'
import { createOpenAiThinker } from '../../../../src/engines/cascade/thinkers/openai-thinker.ts'
import type { ThinkerSettings } from '../../../../src/engines/cascade/thinkers/settings.ts'
import type { Frame } from './scripted-model-server.ts'

export const API_KEY = 'llm-test-key-nobody-may-see'
export const SETTINGS: ThinkerSettings = { maxOutputTokens: 300 }

export const BOOK = { name: 'book', description: 'Books a visit.', parameters: { type: 'object', properties: {} } }

export function promptOf(memory: readonly Memory[], extraInstructions?: string): Prompt {
  return { instructions: 'Answer the phone.', tools: [BOOK], memory, extraInstructions, callerKey: 'hash-of-a-caller' }
}

export const ASKED = promptOf([{ role: 'caller', text: 'Hi' }])

export interface WireTool {
  readonly id: string
  readonly name: string
  readonly fragments: readonly string[]
}

/** One of the wires a thinker may speak: the same answers, in its own words (contract llm-streaming). */
export interface Wire {
  create(url: string, settings?: ThinkerSettings): Thinker
  readonly path: string
  /** An answer's beginning, and its text piece by piece. */
  text(...pieces: readonly string[]): Frame[]
  /** Asks for tools, after the text. */
  tools(...tools: readonly WireTool[]): Frame[]
  /** 75 tokens in, 32 of them from the cache, and 20 out. `cut`: at the limit of tokens. */
  ending(how: 'done' | 'cut' | 'filtered'): Frame[]
  /** An error in mid-answer. */
  error(code: string): Frame[]
}

const log = pino({ level: 'silent' })
const model = 'model-x'

let nextSequence = 0
const response = (type: string, rest: object): Frame => ({
  event: type,
  data: { type, sequence_number: nextSequence++, ...rest },
})

const responses: Wire = {
  create: (url, settings = SETTINGS) =>
    createOpenAiThinker({ apiKey: API_KEY, baseUrl: `${url}/v1`, model, api: 'responses', settings, log }),
  path: '/v1/responses',
  text: (...pieces) => [
    response('response.created', { response: { id: 'resp_1', status: 'in_progress', output: [] } }),
    response('response.output_item.added', { output_index: 0, item: { id: 'msg_1', type: 'message' } }),
    ...pieces.map((delta) => response('response.output_text.delta', { item_id: 'msg_1', delta })),
    response('response.output_text.done', { item_id: 'msg_1', text: pieces.join('') }),
    response('response.output_item.done', { output_index: 0, item: { id: 'msg_1', type: 'message', content: [] } }),
  ],
  tools: (...tools) =>
    tools.flatMap(({ id, name, fragments }, at) => {
      const ids = { item_id: `fc_${id}`, output_index: at + 1 }
      const item = { type: 'function_call', id: ids.item_id, call_id: id, name }
      const whole = fragments.join('')
      return [
        response('response.output_item.added', { item: { ...item, arguments: '', status: 'in_progress' } }),
        ...fragments.map((delta) => response('response.function_call_arguments.delta', { ...ids, delta })),
        response('response.function_call_arguments.done', { ...ids, arguments: whole }),
        response('response.output_item.done', { item: { ...item, arguments: whole, status: 'completed' } }),
      ]
    }),
  ending: (how) => {
    const usage = {
      input_tokens: 75,
      input_tokens_details: { cached_tokens: 32, cache_write_tokens: 0 },
      output_tokens: 20,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: 95,
    }
    const status = how === 'done' ? 'completed' : 'incomplete'
    const incomplete_details =
      how === 'done' ? null : { reason: how === 'cut' ? 'max_output_tokens' : 'content_filter' }
    return [
      response(`response.${status}`, { response: { id: 'resp_1', status, output: [], incomplete_details, usage } }),
    ]
  },
  error: (code) => [response('error', { code, message: 'quotes the caller', param: null })],
}

const chunk = (delta: object, finish_reason: string | null = null, index = 0): Frame => ({
  data: { id: 'c', object: 'chat.completion.chunk', choices: [{ index, delta, finish_reason }], usage: null },
})

const chat: Wire = {
  create: (url, settings = SETTINGS) =>
    createOpenAiThinker({ apiKey: API_KEY, baseUrl: `${url}/v1`, model, api: 'chat', settings, log }),
  path: '/v1/chat/completions',
  text: (...pieces) => [chunk({ role: 'assistant', content: '' }), ...pieces.map((content) => chunk({ content }))],
  tools: (...tools) =>
    tools.flatMap(({ id, name, fragments }, index) => [
      chunk({ tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }] }),
      ...fragments.map((part) => chunk({ tool_calls: [{ index, function: { arguments: part } }] })),
    ]),
  ending: (how) => [
    chunk({}, { done: 'stop', cut: 'length', filtered: 'content_filter' }[how]),
    {
      data: {
        choices: [],
        usage: {
          prompt_tokens: 75,
          completion_tokens: 20,
          total_tokens: 95,
          prompt_tokens_details: { cached_tokens: 32 },
        },
      },
    },
    { data: '[DONE]' },
  ],
  error: (code) => [{ data: { error: { code, type: code, message: 'quotes the caller' } } }],
}

type MessageEvent = RawMessageStreamEvent | { type: 'ping' }
// The wire has fewer fields than the types, in older versions.
const message = (data: { type: MessageEvent['type'] } & Record<string, unknown>): Frame => ({ event: data.type, data })

const anthropic: Wire = {
  create: (url, settings = SETTINGS) => createAnthropicThinker({ apiKey: API_KEY, baseUrl: url, model, settings, log }),
  path: '/v1/messages',
  text: (...pieces) => [
    message({
      type: 'message_start',
      message: {
        id: 'msg_1',
        role: 'assistant',
        content: [],
        usage: { input_tokens: 33, cache_creation_input_tokens: 10, cache_read_input_tokens: 32, output_tokens: 1 },
      },
    }),
    message({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }),
    message({ type: 'ping' }),
    ...pieces.map((text) => message({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } })),
    message({ type: 'content_block_stop', index: 0 }),
  ],
  tools: (...tools) =>
    tools.flatMap(({ id, name, fragments }, at) => {
      const index = at + 1
      return [
        message({ type: 'content_block_start', index, content_block: { type: 'tool_use', id, name, input: {} } }),
        ...fragments.map((partial_json) =>
          message({ type: 'content_block_delta', index, delta: { type: 'input_json_delta', partial_json } }),
        ),
        message({ type: 'content_block_stop', index }),
      ]
    }),
  ending: (how) => [
    message({
      type: 'message_delta',
      delta: { stop_reason: { done: 'end_turn', cut: 'max_tokens', filtered: 'refusal' }[how], stop_sequence: null },
      usage: { output_tokens: 20 },
    }),
    message({ type: 'message_stop' }),
  ],
  error: (code) => [{ event: 'error', data: { type: 'error', error: { type: code, message: 'quotes the caller' } } }],
}

export const WIRES = { responses, chat, anthropic }
