import type { LedgerEntry } from '../../call/facts.ts'
import { languageOf } from '../../lib/language-tag.ts'
import type { MoodTrend, OutcomeFact } from './call-outcome.ts'

/** What the listeners of a call found out about its caller. */
export interface Learned {
  readonly language: string
  readonly intent: string | undefined
  /** The last word on each key; what we read back and they agreed to stands above what they only said. */
  readonly facts: readonly OutcomeFact[]
  readonly mood: { readonly worst: number; readonly last: number; readonly trend: MoodTrend } | undefined
}

/** Above this somebody is out of patience. */
const CALM = 0.4

/** What stands in the ledger in place of a number that nobody may keep: `[phone ..0123]`. It is no value to learn. */
const HIDDEN = /\[[\p{L} ]+(?: \.\.\d+)?\]/u

/** Reads a stored ledger, in which private numbers are hidden. `served`: tags of the languages we speak. */
export function learnedFrom(entries: readonly LedgerEntry[], served: readonly string[]): Learned {
  let language = 'en-US'
  let intent: string | undefined
  const facts = new Map<string, OutcomeFact>()
  const moods: number[] = []
  for (const { fact } of entries) {
    if (fact.type === 'call.rang') language = fact.language
    if (fact.type === 'call.placed') language = fact.placed.language
    if (fact.type !== 'finding.made') continue
    const { finding } = fact
    if (finding.type === 'language changed') language = tagOf(finding.language, served) ?? language
    if (finding.type === 'intent found') intent = finding.intent
    if (finding.type === 'mood judged') moods.push(finding.frustration)
    if (finding.type === 'fact stated') state(facts, { ...finding, confirmed: false })
    if (finding.type === 'fact confirmed') state(facts, { ...finding, confirmed: true })
  }
  return { language, intent, facts: [...facts.values()], mood: moodOf(moods) }
}

function tagOf(language: string, served: readonly string[]): string | undefined {
  return served.find((tag) => languageOf(tag) === languageOf(language))
}

function state(facts: Map<string, OutcomeFact>, { key, value, confirmed }: OutcomeFact): void {
  if (HIDDEN.test(value) || (facts.get(key)?.confirmed && !confirmed)) return
  facts.set(key, { key, value, confirmed })
}

function moodOf(moods: readonly number[]): Learned['mood'] {
  const last = moods.at(-1)
  if (last === undefined) return undefined
  const worst = Math.max(...moods)
  const trend = worst < CALM ? 'calm' : last < CALM ? 'recovered' : 'frustrated'
  return { worst, last, trend }
}
