import type { EncodedAudio } from '../../src/audio/encoded-audio.ts'
import type { Briefing, Engine, EngineFailure, HistoryItem } from '../../src/engines/engine.ts'
import type { FakeClock } from '../fakes/fake-clock.ts'

/**
 * A provider under a test's control, in the terms every voice provider shares. Each engine brings one that speaks its
 * wire; the conformance suite knows this much only.
 */
export interface Provider extends AsyncDisposable {
  readonly engine: Engine
  readonly clock: FakeClock
  /** Handshakes seen so far, refused ones included. */
  readonly attempts: number
  /** Turns the next connection away: with the given wait in the case of a rate limit. */
  refuseNext(why: { because: 'bad key' } | { because: 'rate limit'; retryAfterMs: number }): void
  /** Takes the next connection through its opening. */
  accept(): Promise<ProviderCall>
  /** Its transcripts say which language they are in. */
  readonly tellsLanguage: boolean
  /** Every way this provider ends a live session, and what it means. */
  readonly endings: readonly { how: string; failure: EngineFailure; end: (call: ProviderCall) => void }[]
}

/** One live session, seen from the provider. What it `expects` must be the engine's next word. */
export interface ProviderCall {
  /** What the engine said about the call while it opened. */
  readonly briefed: {
    readonly instructions: string
    readonly toolNames: readonly string[]
    readonly history: readonly HistoryItem[]
    /** Undefined where the wire has no place for it. */
    readonly callerKey: string | undefined
    /** Languages the caller may speak, ISO 639-1; undefined where the wire has no place for several. */
    readonly hears: readonly string[] | undefined
  }
  expectCallerAudio(audio: EncodedAudio): Promise<void>
  expectAnswerRequest(): Promise<void>
  expectCancel(answerId: string): Promise<void>
  expectMemoryCut(utteranceId: string, heardMs: number): Promise<void>
  expectToolResult(requestId: string, output: string): Promise<void>
  expectNote(containing: string): Promise<void>
  /** How to talk from the next answer on. */
  expectRebriefing(change: Pick<Briefing, 'instructions' | 'language'>): Promise<void>
  /** Settles, and fails when the engine said anything. */
  expectNothing(): Promise<void>
  callerStartsSpeaking(turnId: string): void
  callerStopsSpeaking(turnId: string): void
  /** `language`: what it takes the words for, ISO 639-1; not told where `tellsLanguage` is false. */
  transcribes(turnId: string, partial: readonly string[], final: string, language?: string): void
  startsAnswer(answerId: string): void
  speaks(answerId: string, utteranceId: string, audio: EncodedAudio, words: string): void
  finishesUtterance(answerId: string, utteranceId: string, words: string): void
  requestsTool(answerId: string, request: ToolRequest): void
  endsAnswer(answerId: string, how: 'completed' | 'cancelled', requests?: readonly ToolRequest[]): void
  sendsGarbage(): void
  sendsUnknownEvent(): void
  /** From now on the connection is open and dead. */
  fallsSilent(): void
  /** Resolves when the engine has dealt with everything sent so far. */
  settled(): Promise<void>
  hangUp(code: number, reason?: string): void
  drop(): void
  /** Resolves when the engine has closed the connection. */
  readonly closed: Promise<unknown>
}

export interface ToolRequest {
  readonly requestId: string
  readonly name: string
  readonly argumentsJson: string
}
