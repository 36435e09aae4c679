import type { EncodedAudio } from '../audio/encoded-audio.ts'
import { HearthlineError } from '../lib/errors.ts'
import type { WordTiming } from '../lib/heard-text.ts'

/** A voice model: hears the caller, speaks, asks for tools. Knows no phone. */
export interface Engine {
  /** For records and metrics: `openai`, `elevenlabs`, `cascade`, `openai-live`. */
  readonly name: string
  /** The model behind it, as the price table names it. */
  readonly model: string
  /** Whose service it needs: it is out of order when one of them is. `openai`, `elevenlabs`, `deepgram`, `anthropic`. */
  readonly providers: readonly string[]
  readonly capabilities: EngineCapabilities
  /**
   * Resolves when the engine can hear and answer. Rejects with an `EngineError`, or with the signal's reason.
   * `onEvent` may be called from the moment of opening until the session is disposed; a dead session says so
   * exactly once, by `engine.lost`.
   */
  open(
    briefing: Briefing,
    options: { signal: AbortSignal; onEvent: (event: EngineEvent) => void },
  ): Promise<EngineSession>
}

/** What an engine can do. The call behaves by these, never by an engine's name. */
export interface EngineCapabilities {
  /** It says when the caller starts and stops speaking; otherwise that is judged here, by the sound alone. */
  readonly reportsTurns: boolean
  /** A running answer can be cancelled. */
  readonly cancels: boolean
  /** Its memory of what it said can be cut at the millisecond the caller heard. */
  readonly truncates: boolean
  /** It answers only when asked to, so a rule can stand between hearing and speaking. */
  readonly holdsSpeech: boolean
  /** It can be told exact words to say. */
  readonly speaksVerbatim: boolean
  /** Its recogniser and voice can change their language within a session; otherwise a new session is needed. */
  readonly changesLanguage: boolean
  /** How long it may say nothing, on purpose, while the caller pauses in a turn it has begun to hear; 0 unless set. */
  readonly mayPauseMs?: number
}

/**
 * How an engine fared lately, over all calls: `suspect` when it dropped or stalled too often just now, `out of order`
 * when a provider of its refused us or asked us to stay away.
 */
export type EngineStanding = 'in order' | 'suspect' | 'out of order'

/** An engine whose fate is remembered, so that other calls need not find out by making their callers wait. */
export interface WatchedEngine extends Engine {
  readonly standing: EngineStanding
  /** For what only the call can notice: a session that is there and of no use. */
  blame(error: EngineError): void
}

/** Everything a fresh engine session must know to take up a call, at its start or in its middle. */
export interface Briefing {
  readonly instructions: string
  readonly tools: readonly ToolDescription[]
  /** BCP 47 language the caller is spoken to in. */
  readonly language: string
  /** BCP 47 languages the caller may speak; nothing but `language` unless set. */
  readonly hears?: readonly string[]
  /** The talk so far, as far as it was heard, oldest first. */
  readonly history: readonly HistoryItem[]
  /** Stable and meaningless outside: a hash of the caller, for the provider's abuse reports. */
  readonly callerKey: string
}

export interface ToolDescription {
  readonly name: string
  readonly description: string
  /** JSON Schema of the arguments object. */
  readonly parameters: Record<string, unknown>
}

export type HistoryItem =
  | { readonly role: 'caller'; readonly text: string }
  /** Words the caller heard from us, whoever made them: an engine or a fixed phrase. */
  | { readonly role: 'agent'; readonly text: string }
  /** A fact the model should know and the caller did not say: a tool's result, a key press. */
  | { readonly role: 'note'; readonly text: string }

export interface EngineSession extends AsyncDisposable {
  /** Hot path: the caller's audio, in order. Never throws, never waits. */
  hear(audio: EncodedAudio): void

  /**
   * Asks for an answer to what was heard and told so far. If an answer is running, the request waits for its end;
   * several waiting requests are one. `instructions` replace the briefing's for this answer only.
   */
  answer(instructions?: string): void

  /**
   * The caller speaks over the agent: stops the running answer and cuts the memory of each named utterance at what
   * the caller heard, as far as its capabilities go. Ms are those of the utterance's own audio.
   */
  interrupt(heard: readonly { utteranceId: string; heardMs: number }[]): void

  /** Adds to the memory without asking for an answer. */
  tell(item: HistoryItem): void

  /** The outcome of a requested tool, as JSON text. Ask for an `answer` afterwards if the model should speak. */
  returnToolResult(requestId: string, output: string): void

  /** Changes how to talk from the next answer on. */
  rebrief(change: Partial<Pick<Briefing, 'instructions' | 'tools' | 'language'>>): void
}

/** Ids (of turns, answers, utterances, tool requests) are unique beyond their session: a call may have many, of many engines. */
export type EngineEvent =
  | { readonly type: 'caller.started-speaking' }
  /**
   * `turnId` names the stretch of speech that ended; its words follow under the same id. The speech itself ended
   * `endpointingMs` of audio earlier: the silence the engine waited for before it called it an end.
   */
  | { readonly type: 'caller.stopped-speaking'; readonly turnId: string; readonly endpointingMs: number }
  /**
   * Partial words are the text so far; final words replace them and may be empty (a cough). `language`: what the
   * recogniser took them for, where it says so (ISO 639-1).
   */
  | {
      readonly type: 'caller.words'
      readonly turnId: string
      readonly text: string
      readonly final: boolean
      readonly language?: string
    }
  | { readonly type: 'answer.started'; readonly answerId: string }
  /** The first words of an answer exist, though none may be whole; for engines whose `agent.words` come later. */
  | { readonly type: 'answer.worded'; readonly answerId: string }
  /**
   * Hot path: a piece of speech. Never of an utterance that was interrupted, from an engine that `cancels`; one that
   * does not may go on with it when the caller spoke, as it cannot know what they meant: the call keeps or drops it (TT13).
   */
  | { readonly type: 'agent.audio'; readonly utteranceId: string; readonly audio: EncodedAudio }
  /** The words of an utterance so far; they run ahead of its audio. */
  | { readonly type: 'agent.words'; readonly utteranceId: string; readonly text: string; readonly final: boolean }
  /** Which words its audio speaks when: by `ms` of it, the first `chars` characters of its words were spoken. */
  | {
      readonly type: 'agent.timing'
      readonly utteranceId: string
      readonly spoken: readonly WordTiming[]
    }
  /** All audio of the utterance has been delivered. */
  | { readonly type: 'agent.utterance-complete'; readonly utteranceId: string }
  | {
      readonly type: 'tool.requested'
      readonly requestId: string
      readonly name: string
      readonly argumentsJson: string
    }
  /** `outcome` is `empty` when it completed with neither speech nor a tool request. */
  | {
      readonly type: 'answer.ended'
      readonly answerId: string
      readonly outcome: AnswerOutcome
      readonly detail?: string
    }
  | { readonly type: 'usage.counted'; readonly usage: Usage }
  /** The provider says how much of a limit is left. */
  | { readonly type: 'limit.reported'; readonly name: string; readonly remaining: number; readonly resetMs: number }
  /** Something went wrong that the session survived. Codes are the provider's; `detail` is never caller's words. */
  | { readonly type: 'engine.complained'; readonly code: string; readonly detail: string }
  /** The session is dead; nothing follows. */
  | { readonly type: 'engine.lost'; readonly error: EngineError }

export type AnswerOutcome = 'spoke' | 'asked for tools' | 'empty' | 'cancelled' | 'cut short' | 'failed'

/** Units are tokens unless the name says otherwise. Cached tokens are *not* contained in the uncached figures. */
export interface Usage {
  readonly model: string
  readonly textIn: number
  readonly textCachedIn: number
  readonly textOut: number
  readonly audioIn: number
  readonly audioCachedIn: number
  readonly audioOut: number
  /** Seconds of audio billed by time (transcription models). */
  readonly audioSeconds: number
}

/**
 * Why an engine could not be opened or was lost, in terms of what to do next:
 * `dropped` (connection: try again), `stalled` (silent though connected: try again), `expired` (session limit: open a
 * new one), `limited` (429: wait `retryAfterMs` or go elsewhere), `refused` (key, quota, model: do not try again).
 */
export type EngineFailure = 'dropped' | 'stalled' | 'expired' | 'limited' | 'refused'

export class EngineError extends HearthlineError {
  override readonly name = 'EngineError'
  readonly failure: EngineFailure
  /** How long the provider asks us to stay away, when it said so. */
  readonly retryAfterMs: number | undefined
  /** Which provider it was, as a breaker knows it; undefined when it cannot be told. */
  readonly provider: string | undefined

  constructor(
    failure: EngineFailure,
    code: string,
    message: string,
    options: { cause?: unknown; retryAfterMs?: number | undefined; provider?: string | undefined } = {},
  ) {
    super(code, message, { ...('cause' in options ? { cause: options.cause } : {}), retryable: failure !== 'refused' })
    this.failure = failure
    this.retryAfterMs = options.retryAfterMs
    this.provider = options.provider
  }
}
