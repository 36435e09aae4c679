import type { EncodedAudio } from '../audio/encoded-audio.ts'

/** The fixed wording of a call (RELIABILITY 5.3). Never written by a model; its audio is in memory before the call. */
export type PhraseKey =
  | 'opening'
  | 'one-moment'
  | 'still-working'
  | 'lost-you'
  | 'are-you-there'
  | 'still-there'
  | 'silence-goodbye'
  | 'goodbye'
  | 'long-call'
  | 'too-long-goodbye'
  | 'recording-off'
  | 'get-someone'
  | 'connecting'
  /** While officers are rung for the caller, and how that ends. */
  | 'reaching'
  | 'still-reaching'
  | 'officer-here'
  | 'nobody-free'
  /** In place of what the licence gate stopped (RELIABILITY C11, C14, C15). */
  | 'no-rates'
  | 'no-eligibility'
  | 'no-such-question'
  | 'no-referral'
  /** The first words in the language the call changed to. */
  | 'my-language'
  /** The caller's patience is at its end; a message where nobody is in the office. */
  | 'offer-person'
  | 'offer-message'
  /** To what may be a recording. */
  | 'prove-person'
  /** Before the agent answers a suspicious call: the carrier's voice says its text. */
  | 'challenge'
  /** The first words of a call we placed, by what it is about (RELIABILITY 5.3, C3). */
  | 'calling-reminder'
  | 'calling-back'
  | 'calling-follow-up'
  /** The same, left on an answering machine. */
  | 'voicemail-reminder'
  | 'voicemail-call-back'
  | 'voicemail-follow-up'
  /** They want no more calls, and get none (C5): where the call ends with it, and where it goes on. */
  | 'opted-out'
  | 'no-contact'
  /** In the place of `goodbye` and `too-long-goodbye`, to somebody we called. */
  | 'called-goodbye'
  | 'called-too-long'

export interface Phrase {
  readonly key: PhraseKey
  readonly text: string
  readonly audio: EncodedAudio
}

/** Gives the phrase in the language, or in the default language where it was not rendered in it. */
export interface PhraseBook {
  phrase(key: PhraseKey, language: string): Phrase
}
