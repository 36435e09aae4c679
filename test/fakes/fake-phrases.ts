import { encodedSilence } from '../../src/audio/encoded-audio.ts'
import type { Phrase, PhraseBook, PhraseKey } from '../../src/call/phrases.ts'

/** The opening takes three seconds, every other phrase one; the words of each name it. */
export const fakePhrases: PhraseBook = { phrase: (key) => fakePhrase(key) }

export function fakePhrase(key: PhraseKey): Phrase {
  return { key, text: `Phrase ${key}.`, audio: encodedSilence(key === 'opening' ? 3_000 : 1_000) }
}
