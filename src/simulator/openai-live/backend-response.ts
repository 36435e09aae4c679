import { createId } from '../../lib/ids.ts'
import { textTokens } from '../openai/usage.ts'
import type { BackendEvent, WireResponse } from './protocol.ts'

/** A function call the backend makes. */
export interface BackendCall {
  readonly callId: string
  readonly name: string
  /** JSON text. */
  readonly arguments: string
}

export interface BackendResponse {
  readonly id: string
  readonly model: string
  /** What the answer was made from, for its bill. */
  readonly prompt: string
  readonly calls: readonly BackendCall[]
  /** What the voice is to tell in its own words. */
  readonly text: string | undefined
  /** It fails after its calls are made; nobody may answer those then. */
  readonly failure: string | undefined
}

/** Pieces of about as many characters as a few tokens have. */
const DELTA_CHARACTERS = 16

/** One response of the backend as its stream of events: the Responses API's own, with emptied snapshots (contract 5). */
export function* backendEvents(response: BackendResponse): Generator<BackendEvent> {
  const { calls, failure, prompt, text } = response
  yield { type: 'response.created', response: snapshot(response, 'in_progress') }
  yield { type: 'response.in_progress', response: snapshot(response, 'in_progress') }
  let index = 0
  if (text !== undefined && failure === undefined) yield* messageEvents(text, index++)
  for (const call of calls) yield* callEvents(call, index++)
  if (failure !== undefined) {
    const error = { code: 'server_error' as const, message: `The emulated service was told to fail with ${failure}.` }
    yield { type: 'response.failed', response: { ...snapshot(response, 'failed'), error } }
    return
  }
  const output = textTokens((text ?? '') + calls.map((call) => call.arguments).join(''))
  const usage = usageOf(textTokens(prompt), output)
  yield { type: 'response.completed', response: { ...snapshot(response, 'completed'), usage } }
}

function* callEvents(call: BackendCall, output_index: number): Generator<BackendEvent> {
  const item_id = createId('fc')
  const item = { type: 'function_call' as const, id: item_id, call_id: call.callId, name: call.name }
  const added = { ...item, status: 'in_progress' as const, arguments: '' }
  yield { type: 'response.output_item.added', output_index, item: added }
  for (const delta of piecesOf(call.arguments))
    yield { type: 'response.function_call_arguments.delta', item_id, output_index, delta }
  yield { type: 'response.function_call_arguments.done', item_id, output_index, arguments: call.arguments }
  const done = { ...item, status: 'completed' as const, arguments: call.arguments }
  yield { type: 'response.output_item.done', output_index, item: done }
}

function* messageEvents(text: string, output_index: number): Generator<BackendEvent> {
  const item_id = createId('msg')
  const place = { item_id, output_index, content_index: 0 }
  const message = { type: 'message' as const, id: item_id, role: 'assistant' as const }
  const part = { type: 'output_text' as const, annotations: [] }
  const added = { ...message, status: 'in_progress' as const, content: [] }
  yield { type: 'response.output_item.added', output_index, item: added }
  yield { type: 'response.content_part.added', ...place, part: { ...part, text: '' } }
  for (const delta of piecesOf(text)) yield { type: 'response.output_text.delta', ...place, delta, logprobs: [] }
  yield { type: 'response.output_text.done', ...place, text, logprobs: [] }
  yield { type: 'response.content_part.done', ...place, part: { ...part, text } }
  const done = { ...message, status: 'completed' as const, content: [{ ...part, text }] }
  yield { type: 'response.output_item.done', output_index, item: done }
}

function snapshot({ id, model }: BackendResponse, status: 'in_progress' | 'completed' | 'failed'): WireResponse {
  return {
    id,
    model,
    status,
    object: 'response',
    created_at: 0,
    error: null,
    incomplete_details: null,
    instructions: null,
    metadata: {},
    output: [],
    parallel_tool_calls: false,
    temperature: null,
    tool_choice: 'auto',
    tools: [],
    top_p: null,
  }
}

function usageOf(input: number, output: number) {
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: input + output,
  }
}

function piecesOf(text: string): string[] {
  return text.match(new RegExp(`.{1,${DELTA_CHARACTERS}}`, 'gs')) ?? []
}
