import { randomBytes } from 'node:crypto'
import type { ChatCompletionChunk } from 'openai/resources/chat/completions'
import type { CompletionUsage } from 'openai/resources/completions'
import type { Clock } from '../../lib/clock.ts'
import { createId } from '../../lib/ids.ts'
import { type Answer, timed } from './answer.ts'
import { type ChatRequest, parseChatRequest } from './chat-request.ts'
import { openAiErrorBody, openAiStatusOf } from './openai-request.ts'
import { bearerIn, type Frame, type Step, type Wire } from './wire.ts'

type Delta = ChatCompletionChunk.Choice.Delta

/** Chat Completions (contract 2), the wire most OpenAI-compatible services speak. */
export function createChatWire(clock: Clock): Wire {
  return {
    name: 'chat',
    path: '/v1/chat/completions',
    callIdPrefix: 'call',
    requestIdHeader: 'x-request-id',
    keyIn: bearerIn,
    parse(body) {
      const { request, prompt } = parseChatRequest(body)
      return { prompt, stream: (answer) => streamChunks(request, answer, clock) }
    },
    bill: (cache, { blocks }) => cache.billAutomatic(blocks),
    errorBody: openAiErrorBody,
    statusOf: openAiStatusOf,
    // What compatible services send besides: a comment to keep the connection, and a chunk without choices.
    unheardOf: ': keep-alive\n\ndata: {"id":"","object":"chat.completion.chunk","choices":[],"mood_results":[]}\n\n',
    halfAnEvent: 'data: {"id":"chatcmpl-1","object":"chat.comp\n\n',
  }
}

/** The chunks of one answer in the order of contract section 2. */
function* streamChunks(request: ChatRequest, answer: Answer, clock: Clock): Generator<Step> {
  const { end } = answer
  const shape = new ChunkShape(request, clock)
  yield answer.thinkMs
  yield shape.of({ role: 'assistant', content: '' })
  for (const content of timed(answer.text)) yield typeof content === 'number' ? content : shape.of({ content })
  for (const [index, call] of answer.calls.entries()) {
    const { id, name } = call
    yield shape.of({ tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }] })
    for (const piece of timed(call.pieces)) {
      if (typeof piece === 'number') yield piece
      else yield shape.of({ tool_calls: [{ index, function: { arguments: piece } }] })
    }
  }
  if (end.type === 'failed') {
    yield dataFrame({ error: { message: end.message, type: 'server_error', param: null, code: end.code } })
    return
  }
  yield shape.of({}, end.type === 'cut short' ? 'length' : answer.calls.length > 0 ? 'tool_calls' : 'stop')
  if (request.stream_options?.include_usage) yield shape.usage(answer.usage)
  yield dataFrame('[DONE]')
}

class ChunkShape {
  readonly #base: Omit<ChatCompletionChunk, 'choices'>
  readonly #padded: boolean

  constructor({ model, stream_options }: ChatRequest, clock: Clock) {
    const created = Math.floor(clock.now() / 1000)
    const usage = stream_options?.include_usage ? { usage: null } : {}
    this.#base = { id: createId('chatcmpl'), object: 'chat.completion.chunk', created, model, ...usage }
    this.#padded = stream_options?.include_obfuscation ?? true
  }

  of(delta: Delta, finishReason: ChatCompletionChunk.Choice['finish_reason'] = null): Frame {
    const choices = [{ index: 0, delta, logprobs: null, finish_reason: finishReason }]
    return this.#frame({ ...this.#base, choices })
  }

  usage({ uncached, cacheRead, cacheWritten, output }: Answer['usage']): Frame {
    const input = uncached + cacheRead + cacheWritten
    const usage: CompletionUsage = {
      prompt_tokens: input,
      completion_tokens: output,
      total_tokens: input + output,
      prompt_tokens_details: { cached_tokens: cacheRead, audio_tokens: 0 },
      completion_tokens_details: { reasoning_tokens: 0 },
    }
    return this.#frame({ ...this.#base, choices: [], usage })
  }

  #frame(chunk: ChatCompletionChunk): Frame {
    // Padding, so that its size does not give the words away.
    return dataFrame(this.#padded ? { ...chunk, obfuscation: randomBytes(6).toString('base64url') } : chunk)
  }
}

function dataFrame(data: object | '[DONE]'): Frame {
  return { type: 'chat.completion.chunk', text: `data: ${data === '[DONE]' ? data : JSON.stringify(data)}\n\n` }
}
