import type { EncodedAudio } from '../../audio/encoded-audio.ts'
import type { WordTiming } from '../../lib/heard-text.ts'
import type { EngineError } from '../engine.ts'

/** What gives a cascade its voice. Thinks nothing. */
export interface Speaker {
  /** For records: `elevenlabs`. */
  readonly name: string
  /** As the price table names it. */
  readonly model: string
  /** Whose service it is, as a breaker knows it. */
  readonly provider: string
  /** A connection to speak through, for a whole call. Nothing is contacted before `prepare` or the first `begin`. */
  connect(options: { readonly language: string }): SpeakerConnection
}

export interface SpeakerConnection extends AsyncDisposable {
  /** An answer is likely soon: opens what takes time to open. Never throws; a failure shows when it is used. */
  prepare(): void
  /** One utterance, spoken while its words are still being thought. */
  begin(listener: SpeechListener): SpokenUtterance
}

export interface SpokenUtterance {
  /** More words; a whole sentence at a time sounds best. Ends with a space. */
  say(text: string): void
  /** No more words: `onFinished` follows when all of it was spoken. */
  finish(): void
  /** Stops at once; the listener hears nothing any more. */
  stop(): void
}

/** Exactly one of `onFinished` and `onFailed` is called, unless it is stopped. */
export interface SpeechListener {
  /** Hot path: mu-law as base64, in order. */
  readonly onAudio: (audio: EncodedAudio) => void
  /** By `ms` of the utterance's audio, the first `chars` characters given by `say` were spoken. After that audio. */
  readonly onTiming: (spoken: readonly WordTiming[]) => void
  readonly onFinished: (bill: { readonly characters: number }) => void
  readonly onFailed: (error: EngineError) => void
}
