import type { CallerFactKey } from './facts/caller-fact.ts'
import type { Intent } from './intent/intent.ts'
import type { PrivateKind } from './privacy/private-span.ts'

/**
 * A listener in the call: turns what was said into findings. It never speaks or acts; the session decides what a
 * finding leads to. Synchronous and quick (within 5 ms of an utterance): a stage that needs longer is a job.
 */
export interface Stage {
  readonly name: string
  /** Called with each final utterance of either side, in order. */
  hear(said: Said): readonly Finding[]
}

/**
 * One stage object per call, so that a stage may remember what it heard. `before`: what was found in this call before
 * its process died. `suspicion`: what the ring was thought to be, 0 (a caller) to 1 (none).
 */
export type StageFactory = (before?: readonly Finding[], suspicion?: number) => Stage

export interface Said {
  readonly by: 'caller' | 'agent'
  readonly text: string
  /** When it was understood, and when it began to be said, in ms since the call began. */
  readonly atMs: number
  readonly fromMs?: number
  /** The last words of ours the caller heard before it: the question it may answer. Absent of the agent's own. */
  readonly prompt?: string
  /** The language the recogniser took it for, where it says so: `es`. */
  readonly reportedLanguage?: string
  /** The caller spoke over us, and meant to. */
  readonly interrupted?: boolean
  /** How much louder than this caller's own base line it was, in dB; absent where there is no base line yet. */
  readonly raisedDb?: number
}

export type Finding =
  /** The caller does not want to be recorded (RELIABILITY C8). */
  | { readonly type: 'recording refused' }
  /** The caller asks for a human being, or takes one we offered (RELIABILITY C17). */
  | { readonly type: 'person requested' }
  /** The caller is to be spoken to in this language from now on: `es`. */
  | { readonly type: 'language changed'; readonly language: string; readonly because: 'spoken' | 'asked for' }
  /** How it goes after this utterance: 0 calm to 1 at the end of their patience, with what it was judged by. */
  | { readonly type: 'mood judged'; readonly frustration: number; readonly cues: readonly string[] }
  /** Their patience is at its end: a person is offered before they ask. Once in a stretch of bad mood. */
  | { readonly type: 'caller frustrated'; readonly frustration: number }
  | { readonly type: 'intent found'; readonly intent: Intent; readonly confidence: number }
  /** Something the caller said of themselves or their matter; to be confirmed before it is used. A later one replaces it. */
  | { readonly type: 'fact stated'; readonly key: CallerFactKey; readonly value: string }
  /** We read it back and the caller agreed. */
  | { readonly type: 'fact confirmed'; readonly key: CallerFactKey; readonly value: string }
  /** What speaks is probably a recording that sells something. `score`: 0 to 1. */
  | { readonly type: 'robocall suspected'; readonly score: number; readonly because: readonly string[] }
  /** They spoke and answered as a person does, so that the suspicion is over. */
  | { readonly type: 'robocall cleared' }
  /** Somebody tries to give the agent orders. It changes nothing about what tools may do (RELIABILITY S13): it is noted. */
  | { readonly type: 'injection noticed'; readonly score: number }
  /** A number was said that nobody may keep (RELIABILITY S24). */
  | { readonly type: 'private number said'; readonly kinds: readonly PrivateKind[] }
