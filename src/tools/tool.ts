import { z } from 'zod'
import type { ToolDescription } from '../engines/engine.ts'

/**
 * Something the agent may ask for. A tool turns a request into a reply and perhaps an action; it never speaks, hangs
 * up or transfers, and it never sees an identity the model supplied (RELIABILITY S11): those come in the context.
 */
export interface Tool<Arguments = unknown> {
  readonly name: string
  /** Told to the model: when to use it, and what it does. */
  readonly description: string
  /** Strict: an unknown key or a wrong type is an error the model hears about, without any effect. */
  readonly arguments: z.ZodType<Arguments>
  /** `writes`: the call's ledger knows of the request before it runs, so that a crash does not hide its effect. */
  readonly effect: 'reads' | 'writes'
  /** How long it may take before the model is told that it did not finish. */
  readonly timeoutMs: number
  /**
   * What it answers changes while the call goes on: asked for again it runs again, and keeps its effect single by itself.
   * Not set: the same request gives the first result again.
   */
  readonly changes?: true
  run(args: Arguments, context: ToolContext): Promise<ToolOutcome>
}

export interface ToolContext {
  readonly callId: string
  /** E.164, or undefined when the caller withheld it. */
  readonly callerNumber: string | undefined
  readonly language: string
  /** Same intent, same key: call, tool and a digest of the arguments. An effect stored under it happens once. */
  readonly idempotencyKey: string
  /**
   * How often the caller has spoken, or pressed a key, after we had told them something. It has risen since an earlier
   * tool of the call exactly when they could answer what came of that (RELIABILITY S12).
   */
  readonly turn: number
  /** In which turn a tool of this call first gave the model that id; undefined: none did (S8). */
  readonly turnGiven: (id: string) => number | undefined
  /** Aborts when the call ends or the tool's time is up. */
  readonly signal: AbortSignal
}

export interface ToolOutcome {
  /** For the model, as JSON: expected refusals are replies too (`{ booked: false, reason: 'taken' }`). */
  readonly reply: Record<string, unknown>
  readonly action?: Action
}

/** The tool as an engine is told of it. */
export function describeTool({ name, description, arguments: schema }: Tool): ToolDescription {
  return { name, description, parameters: z.toJSONSchema(schema) }
}

/**
 * What a tool or a rule wants done to the call. Data: only the session performs it. `end call` says goodbye by a fixed
 * phrase if the agent has not, and hangs up once all was heard; `hand over` gives the call to a person, or a message;
 * `connect` rings an officer for a caller who stays with us meanwhile; `connect extension` sends them to a telephone of
 * the configuration.
 */
export type Action =
  | { readonly type: 'end call' }
  | { readonly type: 'hand over'; readonly reason: string }
  | { readonly type: 'connect'; readonly reason: string; readonly officerId: string | undefined }
  | { readonly type: 'connect extension'; readonly extensionId: string }
