import type { EncodedAudio } from '../../audio/encoded-audio.ts'
import type { EngineError } from '../engine.ts'

/** What writes down the caller's words for a cascade. Knows no model and no voice. */
export interface Listener {
  /** For records: `deepgram nova-3`. */
  readonly name: string
  /** As the price table names it. */
  readonly model: string
  /** Whose service it is, as a breaker knows it. */
  readonly provider: string
  /** One session of it hears every language it knows. */
  readonly multilingual: boolean
  /** Whether it knows the language; a listener for many does not know all. BCP 47. */
  understands(language: string): boolean
  /**
   * Resolves when it can hear. Rejects with an `EngineError`, or with the signal's reason. `onEvent` may be called until
   * the session is disposed; a dead session says so exactly once, by `lost`.
   */
  open(options: {
    /** BCP 47: what the caller is spoken to in, and what else they may speak. */
    readonly language: string
    readonly hears: readonly string[]
    readonly signal: AbortSignal
    readonly onEvent: (event: ListenerEvent) => void
  }): Promise<ListenerSession>
}

export interface ListenerSession extends AsyncDisposable {
  /** Hot path: the caller's audio, in order, silence included. Never throws, never waits. */
  hear(audio: EncodedAudio): void
  /** Wants the words of what was heard so far at once, as far as the provider can be hurried. */
  hurry(): void
}

export type ListenerEvent =
  /** The caller began to speak. */
  | { readonly type: 'turn.started' }
  /** All words of the running turn so far; they replace those before. Never empty. */
  | { readonly type: 'turn.words'; readonly text: string }
  /** The turn is probably over: `turn.ended` with these words follows, or `turn.resumed`. */
  | { readonly type: 'turn.nearly-ended'; readonly text: string }
  /** The caller goes on after all. */
  | { readonly type: 'turn.resumed' }
  /**
   * The caller has finished. `text` is empty when there was sound without words. The speech itself ended `endpointingMs`
   * of audio earlier. `language`: what it was taken for, where that is said.
   */
  | { readonly type: 'turn.ended'; readonly text: string; readonly endpointingMs: number; readonly language?: string }
  /** Seconds of audio billed since the last time. */
  | { readonly type: 'billed'; readonly audioSeconds: number }
  | { readonly type: 'complained'; readonly code: string; readonly detail: string }
  | { readonly type: 'lost'; readonly error: EngineError }
