import { resolve } from 'node:path'
import { encodedSilence } from '../../src/audio/encoded-audio.ts'
import { loadWording } from '../../src/business/phrase-wording.ts'
import type { PhraseBook } from '../../src/call/phrases.ts'
import { loadBusinessConfig } from '../../src/config/load.ts'
import { languageOf } from '../../src/lib/language-tag.ts'
import { buildPipeline } from '../../src/pipeline-house.ts'
import { CallHouse, type HouseOptions, PHRASE_MS } from './call-house.ts'

const CONFIG_DIR = resolve(import.meta.dirname, '../../config')
const LANGUAGES = ['en-US', 'es-US', 'vi-VN']

const { company, agent } = loadBusinessConfig({ CONFIG_DIR })
const pipeline = buildPipeline({
  company: { ...company, languages: LANGUAGES },
  agent: { ...agent, language: 'en-US' },
})

/** The shipped wording, each phrase a second long, the opening three. */
function spokenPhrases(): PhraseBook {
  const wordings = loadWording({
    wordingFile: resolve(CONFIG_DIR, 'phrases.yaml'),
    company: 'Harbor Home Loans',
    agentName: 'Clara',
    languages: LANGUAGES,
  })
  return {
    phrase: (key, language) => ({
      key,
      text: wordings.get(languageOf(language))![key],
      audio: encodedSilence(key === 'opening' ? 3_000 : PHRASE_MS),
    }),
  }
}

/** A call with everything that listens in a real one: stages, licence gate, private words, the words of the phrases. */
export function houseWithPipeline(options: HouseOptions = {}): CallHouse {
  const house = new CallHouse({ ...pipeline, ...options })
  Object.assign(house.services, { phrases: spokenPhrases() })
  return house
}
