import { encodedSilence } from '../../src/audio/encoded-audio.ts'
import type { Phrase, PhraseBook, PhraseKey } from '../../src/call/phrases.ts'

/** The opening takes three seconds, every other phrase one; the words of each name it, and its language but English. */
export const fakePhrases: PhraseBook = {
  phrase: (key, language) => {
    const phrase = fakePhrase(key)
    return language.startsWith('en') ? phrase : { ...phrase, text: `${phrase.text} (${language})` }
  },
}

export function fakePhrase(key: PhraseKey): Phrase {
  return { key, text: `Phrase ${key}.`, audio: encodedSilence(key === 'opening' ? 3_000 : 1_000) }
}
