import type { IncomingHttpHeaders } from 'node:http'
import type { Answer } from './answer.ts'
import type { Prompt } from './prompt.ts'
import type { InputTokens, PromptCache } from './prompt-cache.ts'

/** One way to speak with a model over HTTP: how it asks, and how its answer is streamed. */
export interface Wire {
  readonly name: 'responses' | 'chat' | 'messages'
  readonly path: string
  readonly callIdPrefix: string
  /** The header that names a request in a response. */
  readonly requestIdHeader: string
  /** The key a request carries. */
  keyIn(headers: IncomingHttpHeaders): string | undefined
  /** @throws RequestRefused for what the real service refuses. */
  parse(body: unknown, headers: IncomingHttpHeaders): WireRequest
  bill(cache: PromptCache, prompt: Prompt): InputTokens
  /** The body of an HTTP error. */
  errorBody(status: number, message: string, requestId: string): object
  /** The HTTP status of a failure that comes before anything is streamed; undefined when it comes in the stream. */
  statusOf(failureCode: string): number | undefined
  /** What a client should pass over: a frame of a kind nobody has heard of. */
  readonly unheardOf: string
  /** An event that breaks off within its JSON, and that its clients would look at. */
  readonly halfAnEvent: string
}

export interface WireRequest {
  readonly prompt: Prompt
  /** Everything the stream holds, in order. */
  stream(answer: Answer): Iterable<Step>
}

/** A frame, or the ms to wait before the next. */
export type Step = Frame | number

export interface Frame {
  /** What `before` of a fault names; on the Chat wire every frame is a `chat.completion.chunk`. */
  readonly type: string
  /** With the empty line that ends it. */
  readonly text: string
}

/** The token of an `Authorization: Bearer` header. */
export function bearerIn(headers: IncomingHttpHeaders): string | undefined {
  return /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1]
}

/** A frame that names its event, as two of the three wires do. */
export function namedFrame(event: { readonly type: string }): Frame {
  return { type: event.type, text: `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n` }
}
