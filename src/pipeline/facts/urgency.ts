import { plainText } from '../plain-text.ts'
import { meantOf, mentionsOf } from './mentions.ts'

export type Urgency = 'urgent' | 'no hurry'

const SOON =
  '(?:today|tonight|tomorrow|this week|this (?:monday|tuesday|wednesday|thursday|friday)|monday|tuesday|wednesday|thursday|friday|in (?:a|one|two|three|four|five|[1-9]) days?|in a week|the end of the (?:day|week)|hoy|mañana|esta semana|el viernes|el lunes)'

const URGENCIES: readonly (readonly [Urgency, RegExp])[] = [
  [
    'no hurry',
    /\bno (?:rush|hurry|big rush)\b|\bnot (?:urgent|in a (?:rush|hurry)|in any (?:rush|hurry))\b|\b(?:whenever (?:you|they|he|she) (?:can|get)|take your time|no hay prisa|no es urgente|sin prisa|no corre prisa)\b/g,
  ],
  [
    'urgent',
    /\b(?:as soon as possible|a\.?s\.?a\.?p|urgent|urgently|right away|immediately|emergency|time[ -]sensitive|running out of time|as quickly as possible|in a (?:big )?hurry|in a rush)\b/g,
  ],
  [
    'urgent',
    /\b(?:urgente|lo antes posible|cuanto antes|lo más pronto posible|hoy mismo|de inmediato|tengo prisa|es una emergencia)(?!\p{L})/gu,
  ],
  // "we close on Friday", "my lock expires tomorrow", "the deadline is in two days"
  [
    'urgent',
    new RegExp(
      `\\b(?:we close|we're closing|i close|i'm closing|closing is|closing date is|close on the house|deadline is|deadline's|(?:lock|offer|contract|option period) (?:expires|ends|runs out|is up)|(?:foreclosure )?sale is|auction is|cerramos|el cierre es|vence)(?: (?:on|by|at))? ${SOON}(?!\\p{L})`,
      'gu',
    ),
  ],
  // "I need it by tomorrow", "it has to be done today"
  [
    'urgent',
    new RegExp(
      `\\b(?:need|needs|must|have to|has to|got to|gotta|necesito|tiene que)\\b[^.;!?]{0,40}\\b(?:by|before|para|antes de) ${SOON}(?!\\p{L})`,
      'gu',
    ),
  ],
  ['urgent', /\b(?:need|needs|must|has to|gotta|necesito)\b[^.;!?]{0,40}\b(?:today|tonight|right now|hoy)\b/g],
  ['urgent', /\b(?:there's|there is|i have|we have|i've got|we've got|on) an? (?:tight |hard )?deadline\b/g],
]

export function urgencyIn(text: string): Urgency | undefined {
  const plain = plainText(text)
  return meantOf(plain, mentionsOf(plain, URGENCIES))?.value
}
