import type {
  MessageCreateParamsStreaming,
  TextBlockParam,
  Tool,
  ToolResultBlockParam,
  ToolUseBlockParam,
} from '@anthropic-ai/sdk/resources/messages'
import { parseJson } from '../../../lib/json.ts'
import type { Prompt } from '../thinker.ts'
import { arrangeMemory, CALL_BEGINS, type ToolCall, type Turn } from './arranged-memory.ts'
import type { ThinkerSettings } from './settings.ts'

type Block = TextBlockParam | ToolUseBlockParam | ToolResultBlockParam
type Message = { readonly role: 'user' | 'assistant'; readonly content: Block[] }

/**
 * One request. Its cache has two marks: behind tools and instructions, which all calls share, and behind the talk so
 * far, which the next request of this call repeats (contract llm-streaming, section 4).
 */
export function describeMessages(
  model: string,
  settings: ThinkerSettings,
  { instructions, tools, memory, extraInstructions, callerKey }: Prompt,
): MessageCreateParamsStreaming {
  const turns = arrangeMemory(memory)
  return {
    model,
    max_tokens: settings.maxOutputTokens,
    stream: true,
    ...(tools.length > 0 ? { tools: tools.map(describeTool) } : {}),
    ...(instructions.trim() === '' ? {} : { system: [{ ...textBlock(instructions), cache_control: CACHED }] }),
    // A request that shows the use of tools must offer some.
    messages: arrangeMessages(tools.length > 0 ? turns : turns.flatMap(withoutTools), extraInstructions),
    metadata: { user_id: callerKey },
    ...describeEffort(settings),
  }
}

const CACHED = { type: 'ephemeral' } as const

function describeTool({ name, description, parameters }: Prompt['tools'][number]): Tool {
  return { name, description, input_schema: { ...parameters, type: 'object' } }
}

function describeEffort({ reasoningEffort: effort }: ThinkerSettings): Partial<MessageCreateParamsStreaming> {
  if (!effort) return {}
  if (effort === 'none') return { thinking: { type: 'disabled' } }
  return { output_config: { effort: effort === 'minimal' ? 'low' : effort } }
}

function withoutTools(turn: Turn): Turn[] {
  if (turn.role !== 'tools') return [turn]
  return turn.calls.map(({ name, output }) => ({ role: 'note', text: `The tool ${name} gave: ${output}` }))
}

/**
 * User and assistant take turns, the user first and last; what one side said in a row is one message of several
 * blocks, so that the blocks before the newest stay the same to the byte.
 */
function arrangeMessages(turns: readonly Turn[], extraInstructions: string | undefined): Message[] {
  const messages: Message[] = []
  const add = (role: Message['role'], ...blocks: Block[]) => {
    const last = messages.at(-1)
    if (last?.role === role) last.content.push(...blocks)
    else messages.push({ role, content: blocks })
  }

  if (turns[0]?.role === 'agent' || turns[0]?.role === 'tools') add('user', note(CALL_BEGINS.text))
  for (const turn of turns) {
    if (turn.role === 'tools') {
      add('assistant', ...turn.calls.map(toolUse))
      add('user', ...turn.calls.map(toolResult))
    } else if (turn.role === 'agent') add('assistant', textBlock(turn.text))
    else add('user', turn.role === 'note' ? note(turn.text) : textBlock(unbracketed(turn.text)))
  }
  markForCache(messages)
  // For this answer only, so behind the mark.
  if (extraInstructions) add('user', note(extraInstructions))
  // Its own words at the end would be continued instead of answered, which newer models refuse.
  if (messages.at(-1)?.role === 'assistant') add('user', note('The caller has said nothing since.'))
  return messages
}

function markForCache(messages: readonly Message[]): void {
  const blocks = messages.at(-1)?.content
  const last = blocks?.pop()
  if (last) blocks?.push({ ...last, cache_control: CACHED })
}

function textBlock(text: string): TextBlockParam {
  return { type: 'text', text }
}

/**
 * Notes are the user's words in brackets: messages of role `system` are taken by models since Opus 4.8 only, and in
 * some places only. What the caller says never has brackets, so that nobody can dictate a note.
 */
function note(text: string): TextBlockParam {
  return textBlock(`[note: ${text}]`)
}

function unbracketed(text: string): string {
  return text.replaceAll('[', '(').replaceAll(']', ')')
}

function toolUse({ requestId, name, argumentsJson }: ToolCall): ToolUseBlockParam {
  return { type: 'tool_use', id: takenId(requestId), name, input: objectIn(argumentsJson) }
}

function toolResult({ requestId, output }: ToolCall): ToolResultBlockParam {
  return { type: 'tool_result', tool_use_id: takenId(requestId), content: output }
}

/** Anthropic takes letters, digits, `_` and `-`; other providers give ids such as `functions.book:0`. */
function takenId(requestId: string): string {
  return requestId.replaceAll(/[^a-zA-Z0-9_-]/g, (character) => `_${character.charCodeAt(0).toString(16)}_`) || '_'
}

/** What a model asked for may be no JSON, or no object; it is shown that it asked for nothing. */
function objectIn(json: string): Record<string, unknown> {
  const value = parseJson(json)
  return typeof value === 'object' ? { ...value } : {}
}
