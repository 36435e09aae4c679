import type {
  Response,
  ResponseError,
  ResponseOutputItem,
  ResponseStreamEvent,
  ResponseUsage,
} from 'openai/resources/responses/responses'
import type { Clock } from '../../lib/clock.ts'
import { createId } from '../../lib/ids.ts'
import { type Answer, type AnsweredCall, joined, timed } from './answer.ts'
import type { ResponsesRequest } from './responses-request.ts'
import { namedFrame, type Step } from './wire.ts'

type Event = ResponseStreamEvent extends infer One
  ? One extends unknown
    ? Omit<One, 'sequence_number'>
    : never
  : never

/** The events of one answer in the order of contract section 1. */
export function* streamResponse(request: ResponsesRequest, answer: Answer, clock: Clock): Generator<Step> {
  let sequenceNumber = 0
  for (const step of events(request, answer, clock)) {
    if (typeof step === 'number') yield step
    else yield namedFrame({ ...step, sequence_number: sequenceNumber++ } as ResponseStreamEvent)
  }
}

function* events(request: ResponsesRequest, answer: Answer, clock: Clock): Generator<Event | number> {
  const response = blankResponse(request, clock)
  const output: ResponseOutputItem[] = []
  yield { type: 'response.created', response }
  yield { type: 'response.in_progress', response }
  yield answer.thinkMs
  if (answer.text.length > 0) output.push(yield* message(answer))
  for (const call of answer.calls) output.push(yield* functionCall(call, output.length))
  yield ending({ ...response, output, usage: wireUsage(answer.usage), completed_at: seconds(clock) }, answer)
}

function* message({ text: pieces, end }: Answer): Generator<Event | number, ResponseOutputItem> {
  const item = { id: createId('msg'), type: 'message' as const, role: 'assistant' as const }
  const place = { item_id: item.id, output_index: 0, content_index: 0 }
  const part = (text: string) => ({ type: 'output_text' as const, text, annotations: [], logprobs: [] })
  yield { type: 'response.output_item.added', output_index: 0, item: { ...item, status: 'in_progress', content: [] } }
  yield { type: 'response.content_part.added', ...place, part: part('') }
  for (const delta of timed(pieces)) {
    if (typeof delta === 'number') yield delta
    else yield { type: 'response.output_text.delta', ...place, delta, logprobs: [] }
  }
  const text = joined(pieces)
  const status = end.type === 'whole' ? ('completed' as const) : ('incomplete' as const)
  const done = { ...item, status, content: [part(text)] }
  // A response that fails leaves its items open.
  if (end.type === 'failed') return done
  yield { type: 'response.output_text.done', ...place, text, logprobs: [] }
  yield { type: 'response.content_part.done', ...place, part: part(text) }
  yield { type: 'response.output_item.done', output_index: 0, item: done }
  return done
}

function* functionCall(call: AnsweredCall, outputIndex: number): Generator<Event | number, ResponseOutputItem> {
  const item = { id: createId('fc'), type: 'function_call' as const, call_id: call.id, name: call.name }
  const place = { item_id: item.id, output_index: outputIndex }
  const added = { ...item, arguments: '', status: 'in_progress' as const }
  yield { type: 'response.output_item.added', output_index: outputIndex, item: added }
  for (const delta of timed(call.pieces)) {
    if (typeof delta === 'number') yield delta
    else yield { type: 'response.function_call_arguments.delta', ...place, delta }
  }
  const done = { ...item, arguments: call.argumentsJson, status: 'completed' as const }
  yield { type: 'response.function_call_arguments.done', ...place, arguments: call.argumentsJson }
  yield { type: 'response.output_item.done', output_index: outputIndex, item: done }
  return done
}

function ending(response: Response, { end }: Answer): Event {
  if (end.type === 'whole') return { type: 'response.completed', response: { ...response, status: 'completed' } }
  if (end.type === 'cut short') {
    const incomplete = { status: 'incomplete' as const, incomplete_details: { reason: 'max_output_tokens' as const } }
    return { type: 'response.incomplete', response: { ...response, ...incomplete } }
  }
  const { code, message } = end
  // Codes a response cannot carry come as an event of their own.
  if (!isResponseErrorCode(code)) return { type: 'error', code, message, param: null }
  return { type: 'response.failed', response: { ...response, status: 'failed', error: { code, message } } }
}

function isResponseErrorCode(code: string): code is ResponseError['code'] {
  const codes: readonly string[] = [
    'server_error',
    'rate_limit_exceeded',
    'invalid_prompt',
  ] satisfies ResponseError['code'][]
  return codes.includes(code)
}

function blankResponse(request: ResponsesRequest, clock: Clock): Response {
  // The SDK sums up the output in `output_text` itself; the wire has no such field.
  const response: Omit<Response, 'output_text'> = {
    id: createId('resp'),
    object: 'response',
    created_at: seconds(clock),
    status: 'in_progress',
    error: null,
    incomplete_details: null,
    instructions: request.instructions ?? null,
    max_output_tokens: request.max_output_tokens ?? null,
    metadata: request.metadata ?? null,
    model: request.model,
    output: [],
    parallel_tool_calls: request.parallel_tool_calls ?? true,
    temperature: request.temperature ?? null,
    tool_choice: request.tool_choice ?? 'auto',
    tools: (request.tools ?? []).map((tool) => ({
      type: 'function',
      name: tool.name,
      description: tool.description ?? null,
      parameters: tool.parameters ?? null,
      strict: tool.strict ?? true,
    })),
    top_p: request.top_p ?? null,
    access_programs: null,
  }
  return response as Response
}

function wireUsage({ uncached, cacheRead, cacheWritten, output }: Answer['usage']): ResponseUsage {
  const input = uncached + cacheRead + cacheWritten
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: cacheRead, cache_write_tokens: cacheWritten },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: input + output,
  }
}

function seconds(clock: Clock): number {
  return Math.floor(clock.now() / 1000)
}
