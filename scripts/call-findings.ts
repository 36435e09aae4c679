import { factsOf } from '../src/call/call-record.ts'
import type { LedgerEntry } from '../src/call/facts.ts'
import type { Finding } from '../src/pipeline/stage.ts'
import { evidenceText, languageName, seconds } from './call-view.ts'

type Found<Type extends Finding['type']> = Extract<Finding, { type: Type }> & { readonly atMs: number }

/** Longer calls show the worst of each stretch. */
const TREND_SIGNS = 60
const TREND = '▁▂▃▄▅▆▇█'

/** What was noticed in a call, for a person to read: a heading and its lines; nothing for what was not noticed. */
export function findingsTextOf(entries: readonly LedgerEntry[]): string[] {
  const topics: readonly (readonly [string, readonly string[]])[] = [
    ['Ring', screeningOf(entries)],
    ['Language', languageOf(entries)],
    ['Mood', moodOf(entries)],
    ['Intent', intentsOf(entries)],
    ['Facts', statedOf(entries)],
    ['Person', timesOf(entries, 'person requested').map((at) => `asked for at ${at}`)],
    ['Robocall', robocallOf(entries)],
    [
      'Orders',
      foundIn(entries, 'injection noticed').map(
        ({ score, atMs }) => `noticed at ${seconds(atMs)} (${score.toFixed(2)})`,
      ),
    ],
    ['Private', privateOf(entries)],
    ['Barred', barredOf(entries)],
  ]
  const lines = topics.flatMap(([name, own]) => own.map((line, at) => `${(at === 0 ? name : '').padEnd(10)}${line}`))
  return lines.length > 0 ? lines : ['Nothing.']
}

function foundIn<Type extends Finding['type']>(entries: readonly LedgerEntry[], type: Type): Found<Type>[] {
  return entries.flatMap(({ atMs, fact }) =>
    fact.type === 'finding.made' && fact.finding.type === type ? [{ ...(fact.finding as Found<Type>), atMs }] : [],
  )
}

function timesOf(entries: readonly LedgerEntry[], type: Finding['type']): string[] {
  return foundIn(entries, type).map(({ atMs }) => seconds(atMs))
}

function screeningOf(entries: readonly LedgerEntry[]): string[] {
  const [screened] = factsOf(entries, 'call.screened')
  if (!screened) return []
  const { verdict, suspicion, evidence } = screened
  return [`${verdict}, suspicion ${suspicion}`, ...evidence.map((sign) => `  ${evidenceText(sign)}`)]
}

function languageOf(entries: readonly LedgerEntry[]): string[] {
  const [rang] = factsOf(entries, 'call.rang')
  const changes = foundIn(entries, 'language changed').map(
    ({ language, because, atMs }) => `${languageName(language)} from ${seconds(atMs)} (${because})`,
  )
  return rang ? [[languageName(rang.language), ...changes].join(', ')] : []
}

function moodOf(entries: readonly LedgerEntry[]): string[] {
  const moods = foundIn(entries, 'mood judged')
  if (moods.length === 0) return []
  const trend = trendOf(moods.map(({ frustration }) => frustration))
  return [
    `${trend}  ${worstOf(moods)}`,
    ...timesOf(entries, 'caller frustrated').map((at) => `patience at its end at ${at}`),
  ]
}

function worstOf(moods: readonly Found<'mood judged'>[]): string {
  const { frustration, atMs, cues } = moods.reduce((one, other) => (other.frustration > one.frustration ? other : one))
  if (frustration === 0) return 'calm'
  const because = cues.length > 0 ? `: ${cues.join(', ')}` : ''
  return `0 to 1, at most ${frustration.toFixed(2)} at ${seconds(atMs)}${because}`
}

/** A sign for each value from 0 to 1, in order. */
export function trendOf(values: readonly number[]): string {
  const each = Math.max(1, Math.ceil(values.length / TREND_SIGNS))
  const stretches = Array.from({ length: Math.ceil(values.length / each) }, (_, at) =>
    Math.max(...values.slice(at * each, (at + 1) * each)),
  )
  return stretches.map((value) => TREND[Math.min(TREND.length - 1, Math.floor(value * TREND.length))]).join('')
}

function intentsOf(entries: readonly LedgerEntry[]): string[] {
  const intents = foundIn(entries, 'intent found').map(
    ({ intent, confidence, atMs }) => `${intent.replaceAll('_', ' ')} at ${seconds(atMs)} (${confidence.toFixed(2)})`,
  )
  return intents.length > 0 ? [intents.join(', ')] : []
}

/** The last value of each, as the call ended with it. */
function statedOf(entries: readonly LedgerEntry[]): string[] {
  const known = new Map<string, string>()
  for (const { fact } of entries) {
    if (fact.type !== 'finding.made') continue
    const { finding } = fact
    if (finding.type === 'fact stated') known.set(finding.key, `? ${finding.key}: ${finding.value}`)
    if (finding.type === 'fact confirmed') known.set(finding.key, `✓ ${finding.key}: ${finding.value} (confirmed)`)
  }
  return [...known.values()]
}

function robocallOf(entries: readonly LedgerEntry[]): string[] {
  return [
    ...foundIn(entries, 'robocall suspected').map(({ score, because, atMs }) => {
      const signs = because.length > 0 ? `: ${because.join(', ')}` : ''
      return `suspected at ${seconds(atMs)} (${score.toFixed(2)})${signs}`
    }),
    ...timesOf(entries, 'robocall cleared').map((at) => `a person after all, at ${at}`),
  ]
}

function privateOf(entries: readonly LedgerEntry[]): string[] {
  return [
    ...foundIn(entries, 'private number said').map(
      ({ kinds, atMs }) => `${kinds.join(', ')} hidden at ${seconds(atMs)}`,
    ),
    ...factsOf(entries, 'recording.muted').map(
      ({ fromMs, untilMs }) => `recording silent from ${seconds(fromMs)} to ${seconds(untilMs)}`,
    ),
    ...timesOf(entries, 'recording refused').map((at) => `recording refused at ${at}`),
  ]
}

function barredOf(entries: readonly LedgerEntry[]): string[] {
  return entries.flatMap(({ atMs, fact }) =>
    fact.type === 'speech.barred' ? [`${fact.rule} at ${seconds(atMs)}`] : [],
  )
}
