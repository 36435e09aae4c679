import { factsOf } from '../src/call/call-record.ts'
import type { CallFact, LedgerEntry } from '../src/call/facts.ts'
import type { Screening, ScreeningEvidence } from '../src/call/screener.ts'
import { transcriptOf } from '../src/call/transcript.ts'
import { turnLatenciesOf } from '../src/call/turn-latency.ts'
import { languageOf } from '../src/lib/language-tag.ts'
import type { Finding } from '../src/pipeline/stage.ts'
import { tableOf } from './table.ts'

/** One line of a call for a person to read, with its moment in ms since the ring. */
export interface ViewLine {
  readonly atMs: number
  readonly text: string
}

/** The talk and what was done in it, in order. What the caller did not hear stands in brackets. */
export function talkOf(entries: readonly LedgerEntry[]): ViewLine[] {
  const said = transcriptOf(entries).map(({ by, text, unheardText, atMs, interrupted }) => ({
    atMs,
    text: `${by === 'caller' ? 'caller' : 'agent '}  ${text}${interrupted && unheardText ? ` [unheard: ${unheardText}]` : ''}`,
  }))
  const done = entries.flatMap(({ atMs, fact }) => {
    const text = doneText(fact)
    return text === undefined ? [] : [{ atMs, text }]
  })
  return [...said, ...done].sort((a, b) => a.atMs - b.atMs)
}

/** What a fact did to the talk; undefined for what only lies behind it. */
function doneText(fact: CallFact): string | undefined {
  switch (fact.type) {
    case 'call.screened':
      return fact.verdict === 'accept' ? undefined : `door    ${fact.verdict}, suspicion ${fact.suspicion}`
    case 'call.challenged':
      return `door    asked who they are: ${fact.passed ? 'a person' : 'not shown'}, by ${fact.by}`
    case 'tool.ended':
      return `tool    ${fact.name}: ${fact.outcome} in ${fact.tookMs} ms`
    case 'barge-in':
      return '        the caller interrupted'
    case 'barge-in.false-alarm':
      return '        only a noise: the sentence goes on'
    case 'caller.pressed':
      return `caller  pressed ${fact.digit}`
    case 'finding.made':
      return noticedText(fact.finding)
    case 'speech.barred':
      return `gate    stopped the agent: ${fact.rule}`
    case 'engine.lost':
      return `engine  lost (${fact.failure}: ${fact.code})`
    case 'rescue.ended': {
      const by = fact.engine ? `${fact.rung} (${fact.engine})` : fact.rung
      return `rescue  by ${by} after ${fact.gapMs} ms, attempts: ${fact.attempts}`
    }
    case 'call.handed-over':
      return `call    handed over to ${fact.to}: ${fact.because}`
    default:
      return undefined
  }
}

/** Findings that take the word; `call-findings.ts` tells all of them. */
function noticedText(finding: Finding): string | undefined {
  if (finding.type === 'language changed') return `noticed ${languageName(finding.language)}, ${finding.because}`
  if (finding.type === 'person requested') return 'noticed a person is asked for'
  if (finding.type === 'caller frustrated') return 'noticed patience at its end'
  if (finding.type === 'robocall suspected') return 'noticed it sounds like a robocall'
  if (finding.type === 'recording refused') return 'noticed no recording is wanted'
  return undefined
}

const NAMES = new Intl.DisplayNames('en', { type: 'language' })

/** `Spanish`, of `es-US` or `es`. */
export function languageName(tag: string): string {
  return NAMES.of(languageOf(tag)) ?? tag
}

/** What was thought of a ring, and why. */
export function screeningText({ verdict, suspicion, evidence }: Screening): string {
  const reasons = evidence.map(evidenceText)
  return `${verdict}, suspicion ${suspicion}: ${reasons.join('; ') || 'nothing speaks against the caller'}`
}

/** `the caller id carries no signature (+0.05)` */
export function evidenceText({ says, weight }: ScreeningEvidence): string {
  return `${says} (${weight > 0 ? '+' : ''}${weight})`
}

/** How each answer came to be heard, in ms after the caller stopped speaking. */
export function waterfallOf(entries: readonly LedgerEntry[]): string[] {
  const turns = turnLatenciesOf(entries)
  if (turns.length === 0) return ['No turn of the caller was answered.']
  const rows = turns.map((turn, index) => [
    String(index + 1),
    turn.engine ?? '-',
    seconds(turn.stoppedAtMs),
    ...[turn.endpointMs, turn.transcriptMs].map(ms),
    // A part of the wait, and no moment in it.
    turn.toolMs === undefined ? '-' : `${Math.round(turn.toolMs)} ms`,
    ...[turn.answerMs, turn.firstTokenMs, turn.firstAudioMs, turn.atCarrierMs].map(ms),
  ])
  return tableOf(WATERFALL, rows)
}

const WATERFALL = [
  'turn',
  'engine',
  'caller stopped',
  'endpoint',
  'transcript',
  'tools ran',
  'answer begun',
  'first token',
  'first audio',
  'at carrier',
]

/** Tokens of every answer, summed by model. */
export function usageOf(entries: readonly LedgerEntry[]): string[] {
  const models = Map.groupBy(factsOf(entries, 'usage.counted'), ({ usage }) => usage.model)
  return [...models].map(([model, facts]) => {
    const sum = (pick: (usage: (typeof facts)[number]['usage']) => number) =>
      facts.reduce((total, { usage }) => total + pick(usage), 0)
    const audio = `audio ${sum((u) => u.audioIn)} fresh in, ${sum((u) => u.audioCachedIn)} cached, ${sum((u) => u.audioOut)} out`
    const text = `text ${sum((u) => u.textIn)} fresh in, ${sum((u) => u.textCachedIn)} cached, ${sum((u) => u.textOut)} out`
    return `${model}: ${audio}; ${text}`
  })
}

export function seconds(atMs: number): string {
  return `${(atMs / 1000).toFixed(1)} s`
}

function ms(value: number | undefined): string {
  return value === undefined ? '-' : `+${Math.round(value)} ms`
}
