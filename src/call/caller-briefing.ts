import { languageOf } from '../lib/language-tag.ts'
import type { CallerPicture, StatedFact } from './caller-picture.ts'

const NAMES = new Intl.DisplayNames('en', { type: 'language' })

const FRUSTRATED =
  'They are frustrated, and a person was offered. Acknowledge it in a few words, stay calm, keep it short, and do not ask again for what they have said.'

/** Stands wherever the model is told what to say: an answer's own instructions replace all others. */
export function speakTheir(language: string): string {
  return `Speak ${NAMES.of(languageOf(language))} with them.`
}

/** What the model is told of this caller, beside the talk itself: state, not a growing note. */
export function describeCaller({ language, frustrated, facts }: CallerPicture): string {
  const all = [...facts]
  const confirmed = all.filter(([, fact]) => fact.confirmed)
  const stated = all.filter(([, fact]) => !fact.confirmed)
  return [
    '# This caller',
    speakTheir(language),
    ...(frustrated ? [FRUSTRATED] : []),
    ...(confirmed.length > 0 ? [`They said and confirmed: ${listOf(confirmed)}.`] : []),
    ...(stated.length > 0
      ? [`They said, and it is not confirmed; read it back before you use it: ${listOf(stated)}.`]
      : []),
  ].join('\n')
}

/** Their words are data: they end no line and no quotation. */
function listOf(facts: readonly (readonly [string, StatedFact])[]): string {
  return facts.map(([key, { value }]) => `${key} "${value.replaceAll(/["\s]+/g, ' ').trim()}"`).join(', ')
}
