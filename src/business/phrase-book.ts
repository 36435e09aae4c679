import { encodeAudio } from '../audio/encoded-audio.ts'
import type { Phrase, PhraseBook, PhraseKey } from '../call/phrases.ts'
import { HearthlineError } from '../lib/errors.ts'
import { languageOf } from '../lib/language-tag.ts'
import type { Log } from '../lib/log.ts'
import { openVoiceClips, type VoiceClips } from './phrase-clips.ts'
import { loadWording, PHRASE_KEYS, type WordingOptions } from './phrase-wording.ts'

export interface PhraseBookOptions extends WordingOptions {
  /** Folder of the rendered voices. */
  readonly clipsDir: string
  /** The voice the engine speaks with, e.g. `marin`. */
  readonly voice: string
  /** Tags such as `en-US` of the languages calls are held in; the first is the default. */
  readonly languages: readonly [string, ...string[]]
  readonly log: Log
}

/** The voice whose clips are shipped, so that a rehearsal needs no key. */
export const REHEARSAL_VOICE = 'rehearsal'

/**
 * Reads every phrase of every language into memory, in the configured voice or, with a warning, in the rehearsal's.
 * @throws HearthlineError `bad_config` when the wording breaks its rules; `phrase_not_rendered` when no voice
 * speaks it; `phrase_clip_unreadable`.
 */
export async function loadPhraseBook(options: PhraseBookOptions): Promise<PhraseBook> {
  const wordings = loadWording(options)
  const voices = [
    await openVoiceClips(options.clipsDir, options.voice),
    await openVoiceClips(options.clipsDir, REHEARSAL_VOICE),
  ] as const
  const borrowed: string[] = []
  const phrases = new Map<string, Phrase>()
  for (const [language, wording] of wordings) {
    for (const key of PHRASE_KEYS) {
      const text = wording[key]
      const clips = voices.find((voice) => voice.has(language, key, text))
      if (!clips) throw notRendered(options, language, key, text)
      if (clips !== voices[0]) borrowed.push(`${language}/${key}`)
      phrases.set(`${language}/${key}`, await readPhrase(clips, language, key, text))
    }
  }
  if (borrowed.length > 0) warnOfBorrowed(options, borrowed)
  return bookOf(phrases, languageOf(options.languages[0]))
}

async function readPhrase(clips: VoiceClips, language: string, key: PhraseKey, text: string): Promise<Phrase> {
  return { key, text, audio: encodeAudio(await clips.read(language, key)) }
}

function bookOf(phrases: ReadonlyMap<string, Phrase>, defaultLanguage: string): PhraseBook {
  return {
    phrase(key, language) {
      // Loading has filled in every key of the default language.
      return phrases.get(`${languageOf(language)}/${key}`) ?? phrases.get(`${defaultLanguage}/${key}`)!
    },
  }
}

function warnOfBorrowed({ log, voice }: PhraseBookOptions, borrowed: readonly string[]): void {
  log.warn(
    { voice, phrases: borrowed },
    `fixed phrases are not rendered in the voice "${voice}": callers hear the rehearsal voice; run \`npm run render-phrases -- --with openai\``,
  )
}

function notRendered(options: PhraseBookOptions, language: string, key: PhraseKey, text: string): HearthlineError {
  return new HearthlineError(
    'phrase_not_rendered',
    `Looked in ${options.clipsDir} for ${language}.${key} of ${options.wordingFile}, "${text}", but neither the voice ` +
      `"${options.voice}" nor "${REHEARSAL_VOICE}" has a clip of these words. ` +
      'Run `npm run render-phrases -- --with openai` (or elevenlabs, or espeak).',
  )
}
