import { find } from '../../src/simulator/model/model-script.ts'
import type { Evidence } from './evidence.ts'
import { type Expected, isCount, shorten, timesText } from './matching.ts'
import type { Verdict } from './verdicts.ts'

/** Texts the carrier was given. */
export function checkText({ to, words, times }: Expected<'text'>, { texts }: Pick<Evidence, 'texts'>): Verdict {
  const sent = texts.filter((text) => text.to === to)
  return {
    what: `text to ${to}: ${words}${timesText(times)}`,
    ok: isCount(sent.filter(({ body }) => find(words, body)).length, times),
    found: shorten(sent.map(({ body, status }) => `${body} (${status})`).join(' | ')) || 'none',
  }
}
