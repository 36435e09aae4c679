import type { RawMessageStreamEvent, StopReason } from '@anthropic-ai/sdk/resources/messages'
import { usageOf } from '../../usage.ts'
import type { Thought } from '../thinker.ts'
import { type AnswerReader, NO_THOUGHTS } from './read-answer.ts'

/** Makes thoughts of a streamed message. A tool request is held back until it cannot be one that was cut off halfway. */
export class MessagesReader implements AnswerReader<RawMessageStreamEvent> {
  readonly #model: string
  #tool: { readonly requestId: string; readonly name: string; json: string } | undefined
  readonly #tokens = { read: 0, written: 0, cached: 0, out: 0 }
  #because: 'done' | 'length' | 'refused' = 'done'

  constructor(model: string) {
    this.#model = model
  }

  read(event: RawMessageStreamEvent): readonly Thought[] {
    switch (event.type) {
      case 'content_block_delta':
        if (event.delta.type === 'input_json_delta' && this.#tool) this.#tool.json += event.delta.partial_json
        return event.delta.type === 'text_delta' ? textThought(event.delta.text) : NO_THOUGHTS
      case 'content_block_start':
        return this.#startBlock(event.content_block)
      case 'message_start':
        this.#count(event.message.usage)
        return NO_THOUGHTS
      case 'message_delta':
        this.#count(event.usage)
        return this.#stop(event.delta.stop_reason)
      case 'message_stop':
        return [
          { type: 'usage', usage: this.#usage() },
          { type: 'ended', because: this.#because },
        ]
      // `content_block_stop` comes for blocks that were cut off, too. Other types are an open list.
      default:
        return NO_THOUGHTS
    }
  }

  finish(): readonly Thought[] {
    return NO_THOUGHTS
  }

  /** Another block begins: the tool request before it is whole. */
  #startBlock(block: StartedBlock): readonly Thought[] {
    const whole = this.#takeTool()
    if (block.type === 'tool_use') this.#tool = { requestId: block.id, name: block.name, json: '' }
    // Empty as a rule.
    return block.type === 'text' && block.text !== '' ? [...whole, ...textThought(block.text)] : whole
  }

  #stop(reason: StopReason | null): readonly Thought[] {
    if (reason === 'max_tokens' || reason === 'model_context_window_exceeded') this.#because = 'length'
    if (reason === 'refusal') this.#because = 'refused'
    // Cut off or withdrawn within its last block.
    if (this.#because !== 'done') this.#tool = undefined
    return this.#takeTool()
  }

  #takeTool(): readonly Thought[] {
    const tool = this.#tool
    this.#tool = undefined
    if (!tool) return NO_THOUGHTS
    return [{ type: 'tool', requestId: tool.requestId, name: tool.name, argumentsJson: tool.json || '{}' }]
  }

  /** Figures are totals so far; at the end only those that changed need be there. */
  #count(usage: CountedTokens | null | undefined): void {
    const tokens = this.#tokens
    tokens.read = usage?.input_tokens ?? tokens.read
    tokens.written = usage?.cache_creation_input_tokens ?? tokens.written
    tokens.cached = usage?.cache_read_input_tokens ?? tokens.cached
    tokens.out = usage?.output_tokens ?? tokens.out
  }

  /** None of its input figures contains another. What is written to the cache is paid as input, at 1.25 times its price. */
  #usage() {
    const { read, written, cached, out } = this.#tokens
    return usageOf({ model: this.#model, textIn: read + written, textCachedIn: cached, textOut: out })
  }
}

type StartedBlock = Extract<RawMessageStreamEvent, { type: 'content_block_start' }>['content_block']

interface CountedTokens {
  readonly input_tokens?: number | null
  readonly cache_creation_input_tokens?: number | null
  readonly cache_read_input_tokens?: number | null
  readonly output_tokens?: number | null
}

function textThought(text: string): readonly Thought[] {
  return text === '' ? NO_THOUGHTS : [{ type: 'text', text }]
}
