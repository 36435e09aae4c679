/** What a request asks of the model, by whichever wire it came. */
export interface Prompt {
  readonly model: string
  readonly instructions: string
  /** The talk so far, oldest first. */
  readonly memory: readonly Remembered[]
  /** Names of the tools the model may ask for; none where the request forbids them. */
  readonly toolNames: readonly string[]
  readonly maxOutputTokens: number
  /** All of the above as text, in the order in which prefixes are cached: tools, instructions, then the talk. */
  readonly blocks: readonly PromptBlock[]
}

export type Remembered =
  | { readonly role: 'caller'; readonly text: string }
  | { readonly role: 'agent'; readonly text: string }
  /** What the client wants the model to know, and nobody said. */
  | { readonly role: 'note'; readonly text: string }
  | { readonly role: 'tool request'; readonly requestId: string; readonly name: string; readonly argumentsJson: string }
  | { readonly role: 'tool result'; readonly requestId: string; readonly output: string }

export interface PromptBlock {
  readonly text: string
  /** The client wants everything up to here cached (Anthropic; OpenAI caches by itself). */
  readonly cached: '5m' | '1h' | undefined
}

/** A block of which the client says nothing about caching. */
export function plainBlock(content: unknown): PromptBlock {
  return { text: typeof content === 'string' ? content : JSON.stringify(content), cached: undefined }
}

/** A request the real service answers with 400. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused'
}

/** As many words as a model without a limit of its own would ever say to a caller. */
export const NO_TOKEN_LIMIT = Number.POSITIVE_INFINITY
