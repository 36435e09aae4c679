import type { IncomingHttpHeaders } from 'node:http'
import type { MessageCreateParamsStreaming } from '@anthropic-ai/sdk/resources/messages'
import { z } from 'zod'
import { plainestIssue } from './plainest-issue.ts'
import { type Prompt, type PromptBlock, type Remembered, RequestRefused } from './prompt.ts'

const cacheControl = z.strictObject({ type: z.literal('ephemeral'), ttl: z.enum(['5m', '1h']).optional() })
const cached = { cache_control: cacheControl.nullish() }

const text = z.strictObject({
  type: z.literal('text'),
  text: z.string().min(1, 'text content blocks must be non-empty'),
  ...cached,
})
const id = z.string().regex(/^[\w-]+$/, "String should match pattern '^[a-zA-Z0-9_-]+$'")
const toolUse = z.strictObject({
  type: z.literal('tool_use'),
  id,
  name: z.string().min(1).max(128),
  input: z.record(z.string(), z.unknown()),
  ...cached,
})
const toolResult = z.strictObject({
  type: z.literal('tool_result'),
  tool_use_id: id,
  content: z.union([z.string(), z.array(text)]).optional(),
  is_error: z.boolean().optional(),
  ...cached,
})

/** A string is short for one block of text. */
function blocksOf<Block extends z.ZodType>(block: Block) {
  const short = text.shape.text.transform((words) => [{ type: 'text' as const, text: words }])
  return z.union([short, z.array(block).min(1)])
}

const messageSchema = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal('user'), content: blocksOf(z.discriminatedUnion('type', [text, toolResult])) }),
  z.strictObject({ role: z.literal('assistant'), content: blocksOf(z.discriminatedUnion('type', [text, toolUse])) }),
  z.strictObject({ role: z.literal('system'), content: blocksOf(text) }),
])

const tool = z.strictObject({
  type: z.literal('custom').optional(),
  name: z.string().regex(/^[\w-]{1,128}$/),
  description: z.string().optional(),
  input_schema: z.looseObject({ type: z.literal('object') }),
  strict: z.boolean().optional(),
  ...cached,
})

const parallel = { disable_parallel_tool_use: z.boolean().optional() }

const requestSchema = z.strictObject({
  model: z.string().min(1),
  max_tokens: z.int().min(1),
  // Only streams are emulated; whoever forgets `stream` would wait for the whole answer.
  stream: z.literal(true),
  messages: z.array(messageSchema).min(1),
  system: blocksOf(text).optional(),
  tools: z.array(tool).optional(),
  tool_choice: z
    .discriminatedUnion('type', [
      z.strictObject({ type: z.literal('auto'), ...parallel }),
      z.strictObject({ type: z.literal('any'), ...parallel }),
      z.strictObject({ type: z.literal('tool'), name: z.string(), ...parallel }),
      z.strictObject({ type: z.literal('none') }),
    ])
    .optional(),
  cache_control: cacheControl.nullish(),
  metadata: z.strictObject({ user_id: z.string().max(256).nullish() }).optional(),
  output_config: z.looseObject({}).optional(),
  thinking: z.looseObject({ type: z.string() }).optional(),
  service_tier: z.enum(['auto', 'standard_only']).optional(),
  speed: z.enum(['standard', 'fast']).nullish(),
  stop_sequences: z.array(z.string()).optional(),
} satisfies Partial<Record<keyof MessageCreateParamsStreaming, z.ZodType>>)

export type MessagesRequest = z.infer<typeof requestSchema>
type Message = z.infer<typeof messageSchema>
type Block = Message['content'][number]

const VERSIONS = ['2023-06-01', '2026-10-21']

/** Parameters the version of October 2026 no longer takes (contract 4). */
const SAMPLING = ['temperature', 'top_p', 'top_k']

/** @throws RequestRefused for what the Messages API answers with 400. */
export function parseMessagesRequest(
  body: unknown,
  headers: IncomingHttpHeaders,
): { request: MessagesRequest; prompt: Prompt } {
  const version = headers['anthropic-version']?.toString()
  if (!version) throw new RequestRefused('anthropic-version: header is required')
  if (!VERSIONS.includes(version)) throw new RequestRefused(`anthropic-version: "${version}" is not a valid version`)
  const request = parseBody(version === '2023-06-01' ? withoutSampling(body) : body)
  const turns = mergeTurns(request.messages)
  checkTurns(turns)
  checkTools(turns)
  return { request, prompt: promptOf(request) }
}

function parseBody(body: unknown): MessagesRequest {
  const parsed = requestSchema.safeParse(body)
  if (parsed.success) return parsed.data
  const issue = plainestIssue(parsed.error.issues)
  const where = issue?.path.join('.') ?? ''
  if (issue?.code !== 'unrecognized_keys') throw new RequestRefused(`${where}: ${issue?.message}`)
  const [key = ''] = issue.keys
  const why = SAMPLING.includes(key) ? 'is not supported by this API version' : 'Extra inputs are not permitted'
  throw new RequestRefused(`${[where, key].filter(Boolean).join('.')}: ${why}`)
}

/** The older version takes them; they change nothing here. */
function withoutSampling(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body
  return Object.fromEntries(Object.entries(body).filter(([key]) => !SAMPLING.includes(key)))
}

interface Turn {
  readonly role: Message['role']
  readonly blocks: readonly Block[]
}

/** Messages of one role in a row count as one. */
function mergeTurns(messages: readonly Message[]): Turn[] {
  const turns: Turn[] = []
  for (const { role, content } of messages) {
    const last = turns.at(-1)
    if (last?.role === role) turns[turns.length - 1] = { role, blocks: [...last.blocks, ...content] }
    else turns.push({ role, blocks: content })
  }
  return turns
}

/** What public reports say of the order of roles; the contract is silent, and a 400 in a call costs the answer. */
function checkTurns(turns: readonly Turn[]): void {
  if (turns[0]?.role !== 'user') throw new RequestRefused('messages: first message must use the "user" role')
  for (const [at, { role }] of turns.entries())
    if (role === 'system' && turns[at - 1]?.role !== 'user')
      throw new RequestRefused(`messages.${at}: a "system" message must follow a "user" message`)
  if (turns.at(-1)?.role === 'assistant')
    throw new RequestRefused(
      'This model does not support assistant message prefill. The conversation must end with a user message.',
    )
}

/** Results come first in the next user turn and cover every request (contract 4). */
function checkTools(turns: readonly Turn[]): void {
  for (const [at, { role, blocks }] of turns.entries()) {
    if (role !== 'user') continue
    const firstOther = blocks.findIndex(({ type }) => type !== 'tool_result')
    const misplaced = firstOther !== -1 && blocks.findLastIndex(({ type }) => type === 'tool_result') > firstOther
    const results = new Set(blocks.flatMap((block) => (block.type === 'tool_result' ? [block.tool_use_id] : [])))
    const before = turns[at - 1]?.blocks ?? []
    const requests = new Set(before.flatMap((block) => (block.type === 'tool_use' ? [block.id] : [])))
    const [unanswered] = requests.difference(results)
    const [unasked] = results.difference(requests)
    if (unanswered || (misplaced && requests.size > 0))
      throw new RequestRefused(
        `messages.${at - 1}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${unanswered ?? [...requests].at(-1)}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`,
      )
    if (unasked)
      throw new RequestRefused(
        `messages.${at}.content: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${unasked}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`,
      )
  }
}

function promptOf(request: MessagesRequest): Prompt {
  const { model, max_tokens, messages, system = [], tools = [], tool_choice } = request
  const blocks = [...tools.map(cacheBlock), ...system.map(cacheBlock), ...messages.flatMap(messageBlocks)]
  return {
    model,
    instructions: system.map(({ text }) => text).join('\n'),
    memory: messages.flatMap(({ role, content }) => content.map((block) => remembered(role, block))),
    toolNames: tool_choice?.type === 'none' ? [] : tools.map(({ name }) => name),
    maxOutputTokens: max_tokens,
    blocks: markBreakpoints(blocks, request),
  }
}

function messageBlocks({ role, content }: Message): PromptBlock[] {
  return content.map((block) => {
    const { text, cached } = cacheBlock(block)
    return { text: role + text, cached }
  })
}

/** The mark itself is no part of what is cached. */
function cacheBlock({ cache_control, ...content }: Cacheable): PromptBlock {
  return { text: JSON.stringify(content), cached: cache_control ? (cache_control.ttl ?? '5m') : undefined }
}

interface Cacheable {
  readonly type?: string | undefined
  readonly cache_control?: z.infer<typeof cacheControl> | null | undefined
}

/** @throws RequestRefused for more breakpoints than there may be, or for long-lived ones after short-lived ones. */
function markBreakpoints(blocks: readonly PromptBlock[], { cache_control }: MessagesRequest): PromptBlock[] {
  const automatic = cache_control ? (cache_control.ttl ?? '5m') : undefined
  const marked = blocks.map((block, at) =>
    at === blocks.length - 1 ? { ...block, cached: block.cached ?? automatic } : block,
  )
  const marks = marked.flatMap(({ cached }) => cached ?? [])
  if (marks.length > 4)
    throw new RequestRefused(`A maximum of 4 blocks with cache_control may be provided. Found ${marks.length}.`)
  if (marks.lastIndexOf('1h') > marks.indexOf('5m') && marks.includes('5m'))
    throw new RequestRefused("a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block")
  return marked
}

function remembered(role: Message['role'], block: Block): Remembered {
  switch (block.type) {
    case 'tool_use':
      return { role: 'tool request', requestId: block.id, name: block.name, argumentsJson: JSON.stringify(block.input) }
    case 'tool_result':
      return { role: 'tool result', requestId: block.tool_use_id, output: resultText(block.content) }
    case 'text': {
      const { text } = block
      if (role === 'assistant') return { role: 'agent', text }
      return role === 'system' || isMarkedNote(text) ? { role: 'note', text } : { role: 'caller', text }
    }
  }
}

/** Models without system messages in the talk get notes as user text in a tag or in brackets: nobody speaks so. */
function isMarkedNote(text: string): boolean {
  return /^\s*(<([\w-]+)[^>]*>.*<\/\2>|\[.*\])\s*$/s.test(text)
}

function resultText(content: string | readonly { readonly text: string }[] = ''): string {
  return typeof content === 'string' ? content : content.map(({ text }) => text).join('')
}
