import type {
  ChatCompletionChunk,
  ChatCompletionCreateParamsStreaming,
  ChatCompletionMessageParam,
} from 'openai/resources/chat/completions'
import { createId } from '../../../lib/ids.ts'
import { usageOf } from '../../usage.ts'
import type { Prompt, Thought } from '../thinker.ts'
import { arrangeMemory, type Turn } from './arranged-memory.ts'
import { type AnswerReader, NO_THOUGHTS } from './read-answer.ts'
import type { ThinkerSettings } from './settings.ts'

/**
 * One request, with nothing in it that other servers of this API might not know: no cache key, no caller's key, and
 * notes as system messages instead of the developer messages of OpenAI's own.
 */
export function describeChat(
  model: string,
  { maxOutputTokens, reasoningEffort }: ThinkerSettings,
  { instructions, tools, memory, extraInstructions }: Prompt,
): ChatCompletionCreateParamsStreaming {
  const messages: ChatCompletionMessageParam[] = [{ role: 'system', content: instructions }]
  messages.push(...arrangeMemory(memory).flatMap(messagesOf))
  if (extraInstructions) messages.push({ role: 'system', content: extraInstructions })
  return {
    model,
    stream: true,
    stream_options: { include_usage: true },
    ...(tools.length > 0 ? { tools: tools.map(functionTool) } : {}),
    messages,
    max_completion_tokens: maxOutputTokens,
    ...(reasoningEffort ? { reasoning_effort: reasoningEffort } : {}),
  }
}

function functionTool({ name, description, parameters }: Prompt['tools'][number]) {
  return { type: 'function', function: { name, description, parameters } } as const
}

function messagesOf(turn: Turn): ChatCompletionMessageParam[] {
  switch (turn.role) {
    case 'caller':
      return [{ role: 'user', content: turn.text }]
    case 'agent':
      return [{ role: 'assistant', content: turn.text }]
    case 'note':
      return [{ role: 'system', content: turn.text }]
    case 'tools': {
      const calls = turn.calls.map(({ requestId: id, name, argumentsJson }) => {
        return { id, type: 'function', function: { name, arguments: argumentsJson } } as const
      })
      const results = turn.calls.map(({ requestId, output }) => {
        return { role: 'tool', tool_call_id: requestId, content: output } as const
      })
      return [{ role: 'assistant', tool_calls: calls }, ...results]
    }
    default:
      return turn satisfies never
  }
}

type Fragment = NonNullable<ChatCompletionChunk.Choice.Delta['tool_calls']>[number]
type Tool = { id: string; name: string; argumentsJson: string }

/** Joins tool calls from their fragments. They are whole when the answer says how it finished; its usage comes later. */
export class ChatReader implements AnswerReader<ChatCompletionChunk> {
  readonly #model: string
  readonly #tools = new Map<number, Tool>()
  #ending: Thought | undefined

  constructor(model: string) {
    this.#model = model
  }

  read({ choices, usage }: ChatCompletionChunk): readonly Thought[] {
    const choice = choices?.[0]
    const thoughts: Thought[] = []
    const text = choice?.delta?.content
    if (text) thoughts.push({ type: 'text', text })
    for (const fragment of choice?.delta?.tool_calls ?? []) this.#join(fragment)
    if (choice?.finish_reason) thoughts.push(...this.#finished(choice.finish_reason))
    // Null in every chunk before the last; some servers count along.
    if (usage && this.#ending) thoughts.push({ type: 'usage', usage: this.#count(usage) }, this.#ending)
    return thoughts
  }

  /** Servers that do not count end without a usage chunk. */
  finish(): readonly Thought[] {
    return this.#ending ? [this.#ending] : NO_THOUGHTS
  }

  /** `id` and `name` come with the first fragment only. Some servers leave out `index`: an id begins another call. */
  #join({ index, id, function: call }: Omit<Fragment, 'index'> & { index?: number | null }): void {
    const at = index ?? (id ? this.#tools.size : Math.max(0, this.#tools.size - 1))
    const tool = this.#tools.get(at) ?? { id: '', name: '', argumentsJson: '' }
    tool.id ||= id ?? ''
    tool.name ||= call?.name ?? ''
    tool.argumentsJson += call?.arguments ?? ''
    this.#tools.set(at, tool)
  }

  #finished(reason: string): Thought[] {
    const because = reason === 'length' ? 'length' : reason === 'content_filter' ? 'refused' : 'done'
    const tools = [...this.#tools.values()]
    this.#tools.clear()
    this.#ending = { type: 'ended', because }
    // Cut off within the last of them, if it was asking for tools at all.
    if (because === 'length') tools.pop()
    return because === 'refused' ? [] : tools.filter(({ name }) => name !== '').map(thoughtOf)
  }

  /** On the wire the cached tokens are contained in the prompt's. */
  #count({ prompt_tokens: prompt, prompt_tokens_details: details, completion_tokens: out }: ChatUsage) {
    const cachedIn = details?.cached_tokens ?? 0
    return usageOf({ model: this.#model, textIn: prompt - cachedIn, textCachedIn: cachedIn, textOut: out })
  }
}

type ChatUsage = NonNullable<ChatCompletionChunk['usage']>

function thoughtOf({ id, name, argumentsJson }: Tool): Thought {
  return { type: 'tool', requestId: id || createId('call'), name, argumentsJson: argumentsJson || '{}' }
}
