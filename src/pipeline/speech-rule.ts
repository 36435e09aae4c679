/**
 * What the agent may not say, checked as it is about to say it. One object per utterance. Synchronous and quick: it is
 * asked again with every word.
 */
export interface SpeechRule {
  /** All words of the utterance so far; `final` when there are no more. Says once what must not be heard. */
  hear(textSoFar: string, final: boolean): BarredSpeech | undefined
}

export interface BarredSpeech {
  /** Which rule: `rate`, `eligibility`. */
  readonly rule: string
  /** The fixed phrase that is said in its place. */
  readonly phrase: 'no-rates' | 'no-eligibility' | 'no-such-question' | 'no-referral'
}
