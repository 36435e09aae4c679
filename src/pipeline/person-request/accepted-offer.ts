import { clausesOf } from './clauses.ts'
import { BESIDE_YES, NO_OFFER, OFFER, OFFERED, YES } from './words/offer-words.ts'

const SPOKEN = (list: string) => `(?<![^ '])(?:${list})(?![^ '])`
const CONNECTS = new RegExp(`(?:${OFFERED})`, 'u')
const OFFERS = new RegExp(`(?:${OFFER})`, 'u')
const OTHERWISE = new RegExp(`(?:${NO_OFFER})`, 'u')
const YES_WORDS = new RegExp(SPOKEN(YES).normalize('NFC'), 'gu')
const BESIDE = new RegExp(SPOKEN(BESIDE_YES).normalize('NFC'), 'gu')

/** Characters; a shorter question speaks of the sentence before it. */
const SHORT_QUESTION = 30

/** Whether our last words offered to put the caller through: their last question, in any language we speak. */
export function offersPerson(prompt: string): boolean {
  const sentences = prompt.trim().split(/(?<=[.!?。！？؟।])/u)
  const last = sentences.findLastIndex((sentence) => /[?？؟]\s*$/u.test(sentence))
  if (last < 0) return false
  // "I can get someone from our team. Would you like that?"
  const question =
    sentences[last]!.length <= SHORT_QUESTION ? `${sentences[last - 1] ?? ''} ${sentences[last]}` : sentences[last]!
  const text = clausesOf(question)
    .map((clause) => clause.text)
    .join(' ')
  return CONNECTS.test(text) && OFFERS.test(text) && !OTHERWISE.test(text)
}

/** A plain yes and nothing against it: "sure, go ahead". */
export function isPlainYes(said: string): boolean {
  const text = clausesOf(said)
    .map((clause) => clause.text)
    .join(' ')
  const rest = text.replace(YES_WORDS, '#')
  return rest.includes('#') && rest.replace(BESIDE, '').replace(/[# ]+/g, '') === ''
}
