import type { ResponseCreateParamsStreaming } from 'openai/resources/responses/responses'
import { z } from 'zod'
import {
  checkStrictTools,
  functionParameters,
  parseRequest,
  reasoningEffort,
  sharedParameters,
  toolName,
} from './openai-request.ts'
import { NO_TOKEN_LIMIT, type Prompt, plainBlock, type Remembered, RequestRefused } from './prompt.ts'

const breakpoint = { prompt_cache_breakpoint: z.strictObject({ mode: z.literal('explicit') }).optional() }
const inputText = z.strictObject({ type: z.literal('input_text'), text: z.string(), ...breakpoint })
const outputText = z.strictObject({
  type: z.literal('output_text'),
  text: z.string(),
  annotations: z.array(z.unknown()).optional(),
  logprobs: z.array(z.unknown()).optional(),
})

const status = { status: z.enum(['in_progress', 'completed', 'incomplete']).nullish() }
const message = { type: z.literal('message').optional(), id: z.string().optional(), ...status }
const inputContent = z.union([z.string(), z.array(inputText).min(1)])
const callReference = { call_id: z.string().min(1).max(64), ...status }

const itemSchema = z.union([
  z.strictObject({ ...message, role: z.enum(['user', 'developer', 'system']), content: inputContent }),
  z.strictObject({
    ...message,
    role: z.literal('assistant'),
    content: z.union([z.string(), z.array(outputText)]),
    phase: z.enum(['commentary', 'final_answer']).nullish(),
  }),
  z.strictObject({
    ...callReference,
    type: z.literal('function_call'),
    id: z.string().startsWith('fc').optional(),
    name: toolName,
    arguments: z.string(),
  }),
  z.strictObject({
    ...callReference,
    type: z.literal('function_call_output'),
    id: z.string().optional(),
    output: z.union([z.string(), z.array(inputText)]),
  }),
  // What a reasoning model thought before, handed back as it came.
  z.looseObject({ type: z.literal('reasoning'), id: z.string() }),
])

const tool = z.strictObject({ type: z.literal('function'), ...functionParameters })

// Conversations kept at the provider are not emulated and so are refused, not ignored.
const requestSchema = z.strictObject({
  ...sharedParameters,
  instructions: z.string().nullish(),
  input: z.union([z.string(), z.array(itemSchema)]),
  tools: z.array(tool).optional(),
  tool_choice: z
    .union([z.enum(['none', 'auto', 'required']), z.strictObject({ type: z.literal('function'), name: toolName })])
    .optional(),
  max_output_tokens: z.int().min(16).nullish(),
  reasoning: z
    .strictObject({ effort: reasoningEffort.nullish(), summary: z.enum(['auto', 'concise', 'detailed']).nullish() })
    .nullish(),
  text: z
    .strictObject({ format: z.looseObject({}).optional(), verbosity: z.enum(['low', 'medium', 'high']).nullish() })
    .optional(),
  truncation: z.enum(['auto', 'disabled']).nullish(),
  include: z.array(z.string()).nullish(),
  stream_options: z.strictObject({ include_obfuscation: z.boolean().optional() }).nullish(),
} satisfies Partial<Record<keyof ResponseCreateParamsStreaming, z.ZodType>>)

export type ResponsesRequest = z.infer<typeof requestSchema>
type Item = z.infer<typeof itemSchema>

/** @throws RequestRefused for what the Responses API answers with 400. */
export function parseResponsesRequest(body: unknown): { request: ResponsesRequest; prompt: Prompt } {
  const request = parseRequest(requestSchema, body)
  checkStrictTools(request.tools ?? [])
  const { input } = request
  const items: readonly Item[] = typeof input === 'string' ? [{ role: 'user', content: input }] : input
  checkCalls(items)
  return { request, prompt: promptOf(request, items) }
}

function promptOf(request: ResponsesRequest, items: readonly Item[]): Prompt {
  const { model, tools = [], tool_choice, max_output_tokens } = request
  const firstOfTalk = items.findIndex((item) => !isNote(item))
  const leading = items.slice(0, firstOfTalk === -1 ? items.length : firstOfTalk)
  const instructions = [request.instructions ?? '', ...leading.map(textOf)].filter(Boolean).join('\n')
  return {
    model,
    instructions,
    memory: items.slice(leading.length).flatMap(remembered),
    toolNames: tool_choice === 'none' ? [] : tools.map(({ name }) => name),
    maxOutputTokens: max_output_tokens ?? NO_TOKEN_LIMIT,
    blocks: [plainBlock(tools), plainBlock(request.instructions ?? ''), ...items.map(plainBlock)],
  }
}

/** Both halves of a tool's story must be there, in either order of telling it the service's words. */
function checkCalls(items: readonly Item[]): void {
  const asked = new Set(items.flatMap((item) => (item.type === 'function_call' ? [item.call_id] : [])))
  const answered = new Set(items.flatMap((item) => (item.type === 'function_call_output' ? [item.call_id] : [])))
  for (const id of answered.difference(asked))
    throw new RequestRefused(`No tool call found for function call output with call_id ${id}.`)
  for (const id of asked.difference(answered)) throw new RequestRefused(`No tool output found for function call ${id}.`)
}

function remembered(item: Item): Remembered[] {
  switch (item.type) {
    case 'function_call':
      return [{ role: 'tool request', requestId: item.call_id, name: item.name, argumentsJson: item.arguments }]
    case 'function_call_output':
      return [{ role: 'tool result', requestId: item.call_id, output: textIn(item.output) }]
    case 'reasoning':
      return []
    default: {
      const role = isNote(item) ? 'note' : item.role === 'user' ? 'caller' : 'agent'
      return [{ role, text: textOf(item) }]
    }
  }
}

function isNote(item: Item): boolean {
  return 'role' in item && (item.role === 'developer' || item.role === 'system')
}

function textOf(item: Item): string {
  return 'content' in item ? textIn(item.content as string | readonly { text: string }[]) : ''
}

function textIn(content: string | readonly { readonly text: string }[]): string {
  return typeof content === 'string' ? content : content.map(({ text }) => text).join('')
}
