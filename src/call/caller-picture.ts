import { languageOf } from '../lib/language-tag.ts'
import type { CallerFactKey } from '../pipeline/facts/caller-fact.ts'
import type { Intent } from '../pipeline/intent/intent.ts'
import type { Finding } from '../pipeline/stage.ts'
import type { LedgerEntry } from './facts.ts'

/** What is known of a caller at a moment of the call: the sum of the findings. */
export interface CallerPicture {
  /** BCP 47 tag they are spoken to in. */
  readonly language: string
  readonly intent: Intent | undefined
  readonly facts: ReadonlyMap<CallerFactKey, StatedFact>
  /** 0 calm to 1. */
  readonly frustration: number
  /** Their patience was at its end, and has not recovered. */
  readonly frustrated: boolean
}

export interface StatedFact {
  readonly value: string
  /** We read it back and they agreed. */
  readonly confirmed: boolean
}

/** Below this the bad mood is over. */
const CALM = 0.4

/** The picture before anybody spoke. */
export function blankPicture(language: string): CallerPicture {
  return { language, intent: undefined, facts: new Map(), frustration: 0, frustrated: false }
}

/** The picture as a call that is taken up again has it. `served`: the tags of the languages we speak. */
export function pictureOf(
  entries: readonly LedgerEntry[],
  { language, served }: { language: string; served: readonly string[] },
): CallerPicture {
  return findingsOf(entries).reduce((picture, finding) => withFinding(picture, finding, served), blankPicture(language))
}

export function findingsOf(entries: readonly LedgerEntry[]): Finding[] {
  return entries.flatMap(({ fact }) => (fact.type === 'finding.made' ? [fact.finding] : []))
}

/** The picture after one finding more; the same object when it says nothing new of the caller. */
function withFinding(picture: CallerPicture, finding: Finding, served: readonly string[]): CallerPicture {
  switch (finding.type) {
    case 'language changed': {
      const language = served.find((tag) => languageOf(tag) === finding.language)
      return language === undefined ? picture : { ...picture, language }
    }
    case 'mood judged': {
      const { frustration } = finding
      return { ...picture, frustration, frustrated: picture.frustrated && frustration >= CALM }
    }
    case 'caller frustrated':
      return { ...picture, frustration: finding.frustration, frustrated: true }
    case 'intent found':
      return { ...picture, intent: finding.intent }
    case 'fact stated':
    case 'fact confirmed': {
      const known = { value: finding.value, confirmed: finding.type === 'fact confirmed' }
      return { ...picture, facts: new Map(picture.facts).set(finding.key, known) }
    }
    case 'recording refused':
    case 'person requested':
    case 'robocall suspected':
    case 'robocall cleared':
    case 'injection noticed':
    case 'private number said':
      return picture
    default:
      return finding satisfies never
  }
}

/** The picture of one call, as it grows. */
export class KnownCaller {
  readonly #served: readonly string[]
  #picture: CallerPicture

  constructor(picture: CallerPicture, served: readonly string[]) {
    this.#picture = picture
    this.#served = served
  }

  get picture(): CallerPicture {
    return this.#picture
  }

  learn(finding: Finding): void {
    this.#picture = withFinding(this.#picture, finding, this.#served)
  }
}
