import { factsOf } from '../src/call/call-record.ts'
import type { LedgerEntry } from '../src/call/facts.ts'
import type { Screening } from '../src/call/screener.ts'
import { transcriptOf } from '../src/call/transcript.ts'
import { turnLatenciesOf } from '../src/call/turn-latency.ts'
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
    if (fact.type === 'tool.ended')
      return [{ atMs, text: `tool    ${fact.name}: ${fact.outcome} in ${fact.tookMs} ms` }]
    if (fact.type === 'barge-in') return [{ atMs, text: '        the caller interrupted' }]
    if (fact.type === 'barge-in.false-alarm') return [{ atMs, text: '        only a noise: the sentence goes on' }]
    if (fact.type === 'caller.pressed') return [{ atMs, text: `caller  pressed ${fact.digit}` }]
    if (fact.type === 'engine.lost') return [{ atMs, text: `engine  lost (${fact.failure}: ${fact.code})` }]
    if (fact.type === 'rescue.ended') {
      const by = fact.engine ? `${fact.rung} (${fact.engine})` : fact.rung
      return [{ atMs, text: `rescue  by ${by} after ${fact.gapMs} ms, attempts: ${fact.attempts}` }]
    }
    if (fact.type === 'call.screened') return [{ atMs, text: `door    ${screeningText(fact)}` }]
    if (fact.type === 'call.challenged') {
      return [{ atMs, text: `door    asked who they are: ${fact.passed ? 'a person' : 'not shown'}, by ${fact.by}` }]
    }
    if (fact.type === 'call.handed-over') return [{ atMs, text: `call    handed over to ${fact.to}: ${fact.because}` }]
    return []
  })
  return [...said, ...done].sort((a, b) => a.atMs - b.atMs)
}

/** What was thought of a ring, and why. */
export function screeningText({ verdict, suspicion, evidence }: Screening): string {
  const reasons = evidence.map(({ says, weight }) => `${says} (${weight > 0 ? '+' : ''}${weight})`)
  return `${verdict}, suspicion ${suspicion}: ${reasons.join('; ') || 'nothing speaks against the caller'}`
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
