import type {
  FunctionTool,
  Response,
  ResponseCreateParamsStreaming,
  ResponseInputItem,
  ResponseOutputItem,
  ResponseStreamEvent,
} from 'openai/resources/responses/responses'
import { usageOf } from '../../usage.ts'
import type { Prompt, Thought } from '../thinker.ts'
import { arrangeMemory, type Turn } from './arranged-memory.ts'
import { type AnswerReader, NO_THOUGHTS } from './read-answer.ts'
import type { ThinkerSettings } from './settings.ts'
import type { ThinkerFailures } from './thinker-failures.ts'

/**
 * One request. Tools and instructions come first and are the same to the byte for a whole call, so that the provider
 * finds them, and the talk up to the last answer, in its cache (contract llm-streaming, section 3).
 */
export function describeResponse(
  model: string,
  { maxOutputTokens, reasoningEffort }: ThinkerSettings,
  { instructions, tools, memory, extraInstructions, callerKey }: Prompt,
): ResponseCreateParamsStreaming {
  const input = arrangeMemory(memory).flatMap(itemsOf)
  if (extraInstructions) input.push({ role: 'developer', content: extraInstructions })
  return {
    model,
    stream: true,
    store: false,
    instructions,
    ...(tools.length > 0 ? { tools: tools.map(functionTool) } : {}),
    input,
    max_output_tokens: maxOutputTokens,
    // One caller's requests share the longest prefix, and are few enough for one cache to serve.
    prompt_cache_key: callerKey,
    safety_identifier: callerKey,
    ...(reasoningEffort ? { reasoning: { effort: reasoningEffort } } : {}),
  }
}

/** Not strict: strict schemas must name every property as required, which a tool of ours need not. */
function functionTool({ name, description, parameters }: Prompt['tools'][number]): FunctionTool {
  return { type: 'function', name, description, parameters, strict: false }
}

function itemsOf(turn: Turn): ResponseInputItem[] {
  switch (turn.role) {
    case 'caller':
      return [{ role: 'user', content: turn.text }]
    case 'agent':
      return [{ role: 'assistant', content: turn.text }]
    case 'note':
      return [{ role: 'developer', content: turn.text }]
    case 'tools':
      return [
        ...turn.calls.map(({ requestId, name, argumentsJson }) => {
          return { type: 'function_call', call_id: requestId, name, arguments: argumentsJson } as const
        }),
        ...turn.calls.map(({ requestId, output }) => {
          return { type: 'function_call_output', call_id: requestId, output } as const
        }),
      ]
    default:
      return turn satisfies never
  }
}

/** With these a response fails because of what was said in the call, not because of the service. */
const FILTERED: ReadonlySet<string> = new Set(['invalid_prompt', 'bio_policy', 'misalignment_policy_violation'])

export class ResponsesReader implements AnswerReader<ResponseStreamEvent> {
  readonly #model: string
  readonly #failures: ThinkerFailures
  readonly #told = new Set<string>()

  constructor(model: string, failures: ThinkerFailures) {
    this.#model = model
    this.#failures = failures
  }

  read(event: ResponseStreamEvent): readonly Thought[] {
    switch (event.type) {
      case 'response.output_text.delta':
      // The model's own words when it will not do something.
      case 'response.refusal.delta':
        return event.delta === '' ? NO_THOUGHTS : [{ type: 'text', text: event.delta }]
      case 'response.output_item.done':
        return this.#toolIn(event.item)
      case 'response.completed':
        return this.#end(event.response, 'done')
      case 'response.incomplete': {
        const reason = event.response.incomplete_details?.reason
        return this.#end(event.response, reason === 'content_filter' ? 'refused' : 'length')
      }
      case 'response.failed': {
        const { error } = event.response
        if (error && FILTERED.has(error.code)) return this.#end(event.response, 'refused')
        throw this.#failures.inAnswer(error)
      }
      // Thrown by the client when its frame names it, and passed on when only its data does.
      case 'error':
        throw this.#failures.inAnswer(event)
      default:
        return NO_THOUGHTS
    }
  }

  finish(): readonly Thought[] {
    return NO_THOUGHTS
  }

  /** Only the finished item has name, call id and all arguments. One cut off halfway is `incomplete`. */
  #toolIn(item: ResponseOutputItem): readonly Thought[] {
    if (item.type !== 'function_call' || item.status === 'incomplete' || this.#told.has(item.call_id))
      return NO_THOUGHTS
    this.#told.add(item.call_id)
    return [{ type: 'tool', requestId: item.call_id, name: item.name, argumentsJson: item.arguments || '{}' }]
  }

  #end({ output, usage }: Response, because: 'done' | 'length' | 'refused'): readonly Thought[] {
    const thoughts = because === 'done' ? (output ?? []).flatMap((item) => this.#toolIn(item)) : []
    if (usage) {
      // On the wire the cached tokens are contained in the input's.
      const cachedIn = usage.input_tokens_details?.cached_tokens ?? 0
      const counted = usageOf({
        model: this.#model,
        textIn: usage.input_tokens - cachedIn,
        textCachedIn: cachedIn,
        textOut: usage.output_tokens,
      })
      thoughts.push({ type: 'usage', usage: counted })
    }
    return [...thoughts, { type: 'ended', because }]
  }
}
