import { partRead } from '../plain-text.ts'
import { isLanguage, type LanguageCode } from './language-code.ts'
import { evidenceIn } from './language-evidence.ts'
import modelFile from './language-model.json' with { type: 'json' }
import { unpackModel } from './packed-model.ts'
import { languageOfScript } from './script-language.ts'

export interface LanguageJudgement {
  /** `und` when nothing in the text tells: names, numbers, places, "okay". */
  readonly language: LanguageCode | 'und'
  /** Probability of the language, 0 to 1. */
  readonly confidence: number
  /** The words it was judged by, small letters; names, numbers, places and brands are not among them. */
  readonly evidence: readonly string[]
}

/** Tells the ten languages in Latin letters apart; read once, when the process starts. */
const latinModel = unpackModel(modelFile)

/** E-mail and web addresses, as written; and how they end, as spoken: else "com" is Portuguese. */
const ADDRESSES =
  /\S{1,100}@\S{1,100}|\b(?:https?:\/\/|www\.)\S{1,200}|(?<=\b(?:dot|punto|ponto|point|punkt) |\.)com\b/gi

/** A script, or letters of its own, leave hardly a doubt. */
const SCRIPT_CONFIDENCE = 0.99

/**
 * How much likelier than English another language must be. To throw an English caller into another language is the worst
 * error, and a call starts in English.
 */
const LEAD_OVER_ENGLISH = 2

/** Letters that one of the ten has and no other, where they stand in half of the words or more. */
const OWN_LETTERS: readonly (readonly [language: LanguageCode, letter: RegExp])[] = [
  ['vi', /[ơưđ\u1ea0-\u1ef9]/u],
  ['pl', /[ąęłśźżćń]/u],
]

/** Below this the best guess is no better than none. */
const LEAST_CONFIDENCE = 0.25

/** The language a text is in: by its script, or among the ten in Latin letters by its words and their letters. */
export function judgeLanguage(text: string): LanguageJudgement {
  const read = partRead(text).replace(ADDRESSES, ' ')
  const script = languageOfScript(read)
  if (script?.language === 'und') return { language: 'und', confidence: 0, evidence: [] }
  if (script) return { language: script.language, confidence: SCRIPT_CONFIDENCE, evidence: script.words }
  return judgeLatin(evidenceIn(read))
}

function judgeLatin(evidence: readonly string[]): LanguageJudgement {
  if (evidence.length === 0) return { language: 'und', confidence: 0, evidence }
  const own = OWN_LETTERS.find(
    ([, letter]) => evidence.filter((word) => letter.test(word)).length * 2 >= evidence.length,
  )
  if (own) return { language: own[0], confidence: SCRIPT_CONFIDENCE, evidence }
  const probabilities = latinModel.probabilities(evidence.join(' '))
  const english = probabilities.get('en') ?? 0
  const [best = 'en', confidence = 0] = [...probabilities].toSorted(([, one], [, other]) => other - one)[0] ?? []
  if (best !== 'en' && confidence < english * LEAD_OVER_ENGLISH)
    return { language: 'en', confidence: english, evidence }
  if (!isLanguage(best) || confidence < LEAST_CONFIDENCE) return { language: 'und', confidence, evidence }
  return { language: best, confidence, evidence }
}
