import type { Finding, Said, StageFactory } from '../stage.ts'
import { languageAskedFor } from './asked-for.ts'
import { judgeLanguage, type LanguageJudgement } from './judge-language.ts'

export interface LanguageStageOptions {
  /** The language the call is answered in: `en`. */
  readonly first: string
  /** The languages callers may be spoken to in. */
  readonly served: readonly string[]
}

/** One utterance of so many different words in another language, as sure as this, is clear. */
const CLEAR_WORDS = 4
const CLEAR_CONFIDENCE = 0.85
/** Where the recogniser took it for the same language, or the script can be no other, a shorter one will do. */
const CLEAR_WORDS_CONFIRMED = 3
const CLEAR_CONFIDENCE_CONFIRMED = 0.7
/** Shorter or less sure ones must agree: two at least, with so many different words together. */
const AGREEING_UTTERANCES = 2
const AGREEING_WORDS = 3
const AGREEING_CONFIDENCE = 0.6

/** Our question for something that is mostly names: its answer alone is never clear. */
const ASKS_FOR_A_NAME =
  /\b(?:name|spell|address|street|city|e-?mail|nombre|apellido|dirección|calle|ciudad|correo|nom|prénom|adresse|tên|địa chỉ|pangalan|non ou|adrès)\b/iu

/** Letters that are looked at for a name. */
const LONGEST_NAME = 200

/** Another language than the call's that utterances in a row were in. */
interface Candidate {
  readonly language: string
  readonly utterances: number
  readonly words: ReadonlySet<string>
}

/**
 * Hears which language the caller speaks, and reports when the call should change to it: at once when they ask for it, else
 * on one clear utterance or two short ones that agree. Names, numbers and a foreign word change nothing.
 */
export function createLanguageStage({ first, served }: LanguageStageOptions): StageFactory {
  const speaks = (language: string) => language === first || served.includes(language)
  return (before = []) => {
    let language = before.findLast((finding) => finding.type === 'language changed')?.language ?? first
    let candidate: Candidate | undefined

    function change(to: string, because: 'spoken' | 'asked for'): readonly Finding[] {
      candidate = undefined
      if (to === language || !speaks(to)) return []
      language = to
      return [{ type: 'language changed', language, because }]
    }

    function hear(said: Said): readonly Finding[] {
      if (said.by === 'agent') return []
      const asked = languageAskedFor(said.text)
      if (asked) return change(asked, 'asked for')
      if (isNameLike(said.text)) return []
      const judgement = judgeLanguage(said.text)
      if (judgement.language === 'und' || judgement.confidence < AGREEING_CONFIDENCE) return []
      if (judgement.language === language) {
        candidate = undefined
        return []
      }
      if (!speaks(judgement.language)) return []
      candidate = withUtterance(candidate, judgement)
      const settled = isClear(judgement, said) || isAgreed(candidate)
      return settled ? change(judgement.language, 'spoken') : []
    }

    return { name: 'language', hear }
  }
}

/** Every word with a capital: "Juan Pablo Echeverria". */
function isNameLike(text: string): boolean {
  const words = text.slice(0, LONGEST_NAME).match(/\p{L}[\p{L}\p{M}'’-]*/gu) ?? []
  return words.length > 1 && words.every((word) => /^\p{Lu}\P{Lu}/u.test(word))
}

function withUtterance(candidate: Candidate | undefined, { language, evidence }: LanguageJudgement): Candidate {
  const before = candidate?.language === language ? candidate : undefined
  return {
    language,
    utterances: (before?.utterances ?? 0) + 1,
    words: new Set([...(before?.words ?? []), ...evidence]),
  }
}

function isClear({ language, confidence, evidence }: LanguageJudgement, said: Said): boolean {
  if (said.prompt !== undefined && ASKS_FOR_A_NAME.test(said.prompt)) return false
  const words = new Set(evidence).size
  const confirmed = reportedBy(said) === language || isScriptOfItsOwn(evidence)
  if (confirmed && words >= CLEAR_WORDS_CONFIRMED && confidence >= CLEAR_CONFIDENCE_CONFIRMED) return true
  return words >= CLEAR_WORDS && confidence >= CLEAR_CONFIDENCE
}

function isAgreed({ utterances, words }: Candidate): boolean {
  return utterances >= AGREEING_UTTERANCES && words.size >= AGREEING_WORDS
}

/** `es` of `es-419`. */
function reportedBy({ reportedLanguage }: Said): string | undefined {
  return reportedLanguage?.toLowerCase().split(/[-_]/)[0]
}

function isScriptOfItsOwn(evidence: readonly string[]): boolean {
  return evidence.every((word) => !/\p{Script=Latin}/u.test(word))
}
