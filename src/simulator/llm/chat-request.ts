import type { ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions'
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

const textPart = z.strictObject({ type: z.literal('text'), text: z.string() })
const content = z.union([z.string(), z.array(textPart).min(1)])
const name = { name: z.string().optional() }

const toolCall = z.strictObject({
  id: z.string().min(1).max(64),
  type: z.literal('function'),
  function: z.strictObject({ name: toolName, arguments: z.string() }),
})

const messageSchema = z.discriminatedUnion('role', [
  z.strictObject({ role: z.enum(['developer', 'system']), content, ...name }),
  z.strictObject({ role: z.literal('user'), content, ...name }),
  z
    .strictObject({
      role: z.literal('assistant'),
      content: content.nullish(),
      refusal: z.string().nullish(),
      tool_calls: z.array(toolCall).min(1).optional(),
      ...name,
    })
    .refine(({ content, tool_calls }) => content != null || tool_calls, 'expected a string, got null'),
  z.strictObject({ role: z.literal('tool'), content, tool_call_id: z.string() }),
])

const tool = z.strictObject({ type: z.literal('function'), function: z.strictObject(functionParameters) })
const namedFunction = z.strictObject({ type: z.literal('function'), function: z.strictObject({ name: toolName }) })

const requestSchema = z.strictObject({
  ...sharedParameters,
  messages: z.array(messageSchema).min(1),
  tools: z.array(tool).min(1).optional(),
  tool_choice: z.union([z.enum(['none', 'auto', 'required']), namedFunction]).optional(),
  max_completion_tokens: z.int().min(1).nullish(),
  max_tokens: z.int().min(1).nullish(),
  reasoning_effort: reasoningEffort.nullish(),
  verbosity: z.enum(['low', 'medium', 'high']).nullish(),
  response_format: z.looseObject({}).optional(),
  frequency_penalty: z.number().min(-2).max(2).nullish(),
  presence_penalty: z.number().min(-2).max(2).nullish(),
  stop: z.union([z.string(), z.array(z.string()).max(4)]).nullish(),
  seed: z.int().nullish(),
  n: z.literal(1).nullish(),
  stream_options: z
    .strictObject({ include_usage: z.boolean().optional(), include_obfuscation: z.boolean().optional() })
    .nullish(),
} satisfies Partial<Record<keyof ChatCompletionCreateParamsStreaming, z.ZodType>>)

export type ChatRequest = z.infer<typeof requestSchema>
type Message = z.infer<typeof messageSchema>

/** @throws RequestRefused for what Chat Completions answers with 400. */
export function parseChatRequest(body: unknown): { request: ChatRequest; prompt: Prompt } {
  const request = parseRequest(requestSchema, body)
  checkStrictTools((request.tools ?? []).map((tool) => tool.function))
  checkCalls(request.messages)
  return { request, prompt: promptOf(request) }
}

function promptOf(request: ChatRequest): Prompt {
  const { messages, model, tools = [], tool_choice, max_completion_tokens, max_tokens } = request
  const firstOfTalk = messages.findIndex((message) => !isNote(message))
  const leading = messages.slice(0, firstOfTalk === -1 ? messages.length : firstOfTalk)
  return {
    model,
    instructions: leading.map(textOf).join('\n'),
    memory: messages.slice(leading.length).flatMap(remembered),
    toolNames: tool_choice === 'none' ? [] : tools.map((tool) => tool.function.name),
    maxOutputTokens: max_completion_tokens ?? max_tokens ?? NO_TOKEN_LIMIT,
    blocks: [plainBlock(tools), ...messages.map(plainBlock)],
  }
}

/** Tool messages follow at once, one for each call; they stand nowhere else. */
function checkCalls(messages: readonly Message[]): void {
  let open = new Set<string>()
  for (const message of messages) {
    if (message.role !== 'tool') {
      refuseUnanswered(open)
      open = new Set(message.role === 'assistant' ? message.tool_calls?.map(({ id }) => id) : [])
    } else if (!open.delete(message.tool_call_id))
      throw new RequestRefused(
        "Invalid parameter: messages with role 'tool' must be a response to a preceding message with 'tool_calls'.",
      )
  }
  refuseUnanswered(open)
}

function refuseUnanswered(ids: ReadonlySet<string>): void {
  if (ids.size === 0) return
  const rule =
    "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'."
  throw new RequestRefused(`${rule} The following tool_call_ids did not have response messages: ${[...ids].join(', ')}`)
}

function remembered(message: Message): Remembered[] {
  const text = textOf(message)
  switch (message.role) {
    case 'tool':
      return [{ role: 'tool result', requestId: message.tool_call_id, output: text }]
    case 'user':
      return [{ role: 'caller', text }]
    case 'assistant':
      return [...(text === '' ? [] : [{ role: 'agent' as const, text }]), ...(message.tool_calls ?? []).map(requestOf)]
    default:
      return [{ role: 'note', text }]
  }
}

function requestOf(call: z.infer<typeof toolCall>): Remembered {
  const { name, arguments: argumentsJson } = call.function
  return { role: 'tool request', requestId: call.id, name, argumentsJson }
}

function isNote({ role }: Message): boolean {
  return role === 'developer' || role === 'system'
}

function textOf({ content }: Message): string {
  if (content === null || content === undefined) return ''
  return typeof content === 'string' ? content : content.map(({ text }) => text).join('')
}
