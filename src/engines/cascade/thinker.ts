import type { ToolDescription, Usage } from '../engine.ts'

/** What thinks up a cascade's answers: a language model that streams text and asks for tools. Hears and says nothing. */
export interface Thinker {
  /** For records: `openai responses`, `anthropic`. */
  readonly name: string
  /** As the price table names it. */
  readonly model: string
  /** Whose service it is, as a breaker knows it. */
  readonly provider: string
  /**
   * One answer, as it is thought. The iteration ends after `ended`; it throws an `EngineError` when the provider fails,
   * at the door or in mid-answer, and the signal's reason when aborted. Nothing is retried.
   */
  think(prompt: Prompt, options: { readonly signal: AbortSignal }): AsyncIterable<Thought>
}

export interface Prompt {
  /** Stable over the call, so that the provider can cache it. What changes comes as notes. */
  readonly instructions: string
  readonly tools: readonly ToolDescription[]
  /** The talk so far, oldest first. */
  readonly memory: readonly Memory[]
  /** For this answer only. */
  readonly extraInstructions: string | undefined
  /** Stable and meaningless outside: a hash of the caller, for the provider's abuse reports. */
  readonly callerKey: string
}

/** One thing the model remembers. A tool result follows its request, though other things may stand between. */
export type Memory =
  | { readonly role: 'caller'; readonly text: string }
  /** What the caller heard of us. */
  | { readonly role: 'agent'; readonly text: string }
  /** A fact the caller did not say. */
  | { readonly role: 'note'; readonly text: string }
  | {
      readonly role: 'tool request'
      readonly requestId: string
      readonly name: string
      readonly argumentsJson: string
    }
  | { readonly role: 'tool result'; readonly requestId: string; readonly output: string }

export type Thought =
  /** More text to be said. */
  | { readonly type: 'text'; readonly text: string }
  /** A whole request; never parts of one. */
  | {
      readonly type: 'tool'
      readonly requestId: string
      readonly name: string
      readonly argumentsJson: string
    }
  | { readonly type: 'usage'; readonly usage: Usage }
  /** `length`: cut off at the limit. `refused`: the provider's filter stopped it. */
  | { readonly type: 'ended'; readonly because: 'done' | 'length' | 'refused' }
