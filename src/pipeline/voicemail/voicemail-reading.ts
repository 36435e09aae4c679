import { plainText } from '../plain-text.ts'
import { GREETING_PHRASES } from './greeting-phrases.ts'

const SIGNS = GREETING_PHRASES.flatMap(({ sign, sure, phrases }) =>
  Object.values(phrases).map((phrase) => ({ sign, sure, pattern: new RegExp(phrase) })),
)

/** A person tells what a machine said: "it says the mailbox is full", "I got a message to press three". */
const TOLD =
  /\b(?:it|recording|system|voice|menu|machine|message|you|they|he|she|that) (?:keeps |just |only |always )*(?:said|says|saying|told|lets|asked)\b|\b(?:i|we) (?:got|heard|already|pressed|was|were|left|thought|tried)\b|\bsorry (?:about )?(?:my|the)\b|\bwho(?:'s| is) (?:this|speaking|calling)\b|\b(?:me dijo|me dijeron|mi buzón|ya oprimí|ich habe|j'ai|deixei|dejé|ho)\b/

/** What the classifier reads of the first words of a call, and the signs of a machine in them. */
export interface VoicemailReading {
  readonly text: string
  readonly signs: readonly string[]
  /** One of the signs is what only machines say. */
  readonly sure: boolean
}

/** Made alike for training and in a call. Chinese characters stand apart, as words do. */
export function readGreeting(text: string): VoicemailReading {
  const plain = plainText(text)
  const present = SIGNS.filter(({ pattern }) => pattern.test(plain))
  const signs = [...new Set(present.map(({ sign }) => sign))]
  const sure = present.some((sign) => sign.sure) && !TOLD.test(plain)
  const marks = signs.map((sign) => `sign${sign.replaceAll(' ', '')}`)
  if (sure) marks.push('signsure')
  if (signs.length > 1) marks.push('signstwo')
  if (/[?？؟]|吗|嗎/.test(plain)) marks.push('signasks')
  if (plain.length < 16) marks.push('signshort')
  return {
    text: `${marks.join(' ')} ${plain.replace(/\p{Script=Han}/gu, ' $& ')}`,
    signs,
    sure,
  }
}
