import type { Message, RawMessageStreamEvent, StopReason, Usage } from '@anthropic-ai/sdk/resources/messages'
import type { ErrorType } from '@anthropic-ai/sdk/resources/shared'
import { createId } from '../../lib/ids.ts'
import { type Answer, timed } from './answer.ts'
import { type MessagesRequest, parseMessagesRequest } from './messages-request.ts'
import { bearerIn, namedFrame, type Step, type Wire } from './wire.ts'

/** Anthropic's Messages API (contract 4). */
export const messagesWire: Wire = {
  name: 'messages',
  path: '/v1/messages',
  callIdPrefix: 'toolu',
  requestIdHeader: 'request-id',
  // Raw HTTP and older SDKs send the first, SDK 1.x the second.
  keyIn: (headers) => headers['x-api-key']?.toString() ?? bearerIn(headers),
  parse(body, headers) {
    const { request, prompt } = parseMessagesRequest(body, headers)
    return { prompt, stream: (answer) => streamMessage(request, answer) }
  },
  bill: (cache, { blocks }) => cache.billMarked(blocks),
  errorBody: (status, message, requestId) => ({
    ...errorEvent(ERROR_TYPES[status] ?? 'api_error', message),
    request_id: requestId,
  }),
  statusOf: (failureCode) => ({ rate_limit_exceeded: 429, insufficient_quota: 402 })[failureCode],
  unheardOf: namedFrame({ type: 'mood_delta' }).text,
  halfAnEvent: 'event: content_block_delta\ndata: {"type":"content_block_de\n\n',
}

type Event = RawMessageStreamEvent | { readonly type: 'ping' } | ReturnType<typeof errorEvent>

/** The events of one answer in the order of contract section 4. */
function* streamMessage(request: MessagesRequest, answer: Answer): Generator<Step> {
  for (const step of events(request, answer)) yield typeof step === 'number' ? step : namedFrame(step)
}

function* events(request: MessagesRequest, answer: Answer): Generator<Event | number> {
  const { end } = answer
  yield { type: 'message_start', message: blankMessage(request, answer.usage) }
  yield { type: 'ping' }
  yield answer.thinkMs
  let index = 0
  if (answer.text.length > 0) {
    yield { type: 'content_block_start', index, content_block: { type: 'text', text: '', citations: null } }
    for (const text of timed(answer.text)) {
      yield typeof text === 'number'
        ? text
        : { type: 'content_block_delta', index, delta: { type: 'text_delta', text } }
    }
    // A message that fails leaves its blocks open.
    if (end.type !== 'failed') yield { type: 'content_block_stop', index }
    index++
  }
  for (const call of answer.calls) yield* toolUse(call, index++)
  if (end.type === 'failed') yield errorEvent('overloaded_error', end.message)
  else yield* ending(stopReason(answer), answer.usage)
}

function* toolUse({ id, name, pieces }: Answer['calls'][number], index: number): Generator<Event | number> {
  const block = { type: 'tool_use' as const, id, name, input: {}, caller: { type: 'direct' as const } }
  yield { type: 'content_block_start', index, content_block: block }
  // The service begins with an empty piece.
  yield { type: 'content_block_delta', index, delta: { type: 'input_json_delta', partial_json: '' } }
  for (const piece of timed(pieces)) {
    if (typeof piece === 'number') yield piece
    else yield { type: 'content_block_delta', index, delta: { type: 'input_json_delta', partial_json: piece } }
  }
  yield { type: 'content_block_stop', index }
}

function* ending(stop_reason: StopReason, usage: Answer['usage']): Generator<Event> {
  const delta = { stop_reason, stop_sequence: null, stop_details: null, container: null }
  const { input_tokens, cache_creation_input_tokens, cache_read_input_tokens } = inputUsage(usage)
  yield {
    type: 'message_delta',
    delta,
    usage: {
      input_tokens,
      cache_creation_input_tokens,
      cache_read_input_tokens,
      output_tokens: usage.output,
      output_tokens_details: null,
      server_tool_use: null,
    },
  }
  yield { type: 'message_stop' }
}

function stopReason({ end, calls }: Answer): StopReason {
  if (end.type === 'cut short') return 'max_tokens'
  return calls.length > 0 ? 'tool_use' : 'end_turn'
}

function blankMessage({ model }: MessagesRequest, usage: Answer['usage']): Message {
  return {
    id: createId('msg'),
    type: 'message',
    role: 'assistant',
    model,
    content: [],
    container: null,
    diagnostics: null,
    stop_details: null,
    stop_reason: null,
    stop_sequence: null,
    usage: inputUsage(usage),
  }
}

/** `input_tokens` holds none of the cached ones (contract 4). */
function inputUsage({ uncached, cacheRead, cacheWritten }: Answer['usage']): Usage {
  return {
    input_tokens: uncached,
    cache_creation_input_tokens: cacheWritten,
    cache_read_input_tokens: cacheRead,
    cache_creation: null,
    output_tokens: 1,
    output_tokens_details: null,
    inference_geo: null,
    server_tool_use: null,
    service_tier: 'standard',
    speed: null,
  }
}

const ERROR_TYPES: Readonly<Record<number, ErrorType>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  429: 'rate_limit_error',
  500: 'api_error',
  503: 'overloaded_error',
}

function errorEvent(type: ErrorType, message: string) {
  return { type: 'error', error: { type, message } } as const
}
