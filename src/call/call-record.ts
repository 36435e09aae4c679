import type { Usage } from '../engines/engine.ts'
import { recordingFileOf } from './call-recording.ts'
import type { CallRecord } from './call-store.ts'
import type { CallFact, EndReason, LedgerEntry } from './facts.ts'
import { transcriptOf } from './transcript.ts'
import { turnLatenciesOf } from './turn-latency.ts'

export interface RecordOptions {
  readonly callId: string
  readonly entries: readonly LedgerEntry[]
  readonly endedAt: number
  readonly endReason: EndReason
  readonly price: (usages: readonly Usage[], talkedMs: number) => { readonly usd: number; readonly version: string }
}

/** The finished call, read off its ledger. */
export function recordOf({ callId, entries, endedAt, endReason, price }: RecordOptions): CallRecord {
  const talkedMs = talkedMsOf(entries)
  const cost = price(
    factsOf(entries, 'usage.counted').map(({ usage }) => usage),
    talkedMs,
  )
  return {
    callId,
    endedAt,
    endReason,
    talkedMs,
    turns: turnLatenciesOf(entries).length,
    interruptions: interruptionsOf(entries),
    deadAirMs: factsOf(entries, 'dead-air').reduce((sum, { gapMs }) => sum + gapMs, 0),
    costUsd: cost.usd,
    priceVersion: cost.version,
    costAvoidedUsd: costAvoidedOf(entries),
    recordingFile: recordingFileOf(entries),
    ...(wasRobocall(entries) ? { robocall: true } : {}),
    summary: summaryOf(entries, endReason),
  }
}

/** Whoever ever showed that they are a person, or hung up before the question, is given the benefit of the doubt. */
function wasRobocall(entries: readonly LedgerEntry[]): boolean {
  const wasAsked = factsOf(entries, 'nobody-there.suspected').some(({ because }) => because === 'robocall')
  const cleared = entries.some(
    ({ fact }) =>
      fact.type === 'caller.pressed' || (fact.type === 'finding.made' && fact.finding.type === 'robocall cleared'),
  )
  return wasAsked && !cleared
}

/** All facts of one type, in order. */
export function factsOf<Type extends CallFact['type']>(
  entries: readonly LedgerEntry[],
  type: Type,
): Extract<CallFact, { type: Type }>[] {
  return entries.flatMap(({ fact }) => (fact.type === type ? [fact as Extract<CallFact, { type: Type }>] : []))
}

/** Barge-ins that were none of them a cough. */
function interruptionsOf(entries: readonly LedgerEntry[]): number {
  const falseAlarms = new Set(factsOf(entries, 'barge-in.false-alarm').map(({ utteranceId }) => utteranceId))
  return factsOf(entries, 'barge-in').filter(({ utteranceIds }) => !utteranceIds.some((id) => falseAlarms.has(id)))
    .length
}

function costAvoidedOf(entries: readonly LedgerEntry[]): number | undefined {
  const avoided = factsOf(entries, 'cost.avoided')
  return avoided.length === 0 ? undefined : avoided.reduce((sum, { usd }) => sum + usd, 0)
}

/** From the first stream to the last fact. */
function talkedMsOf(entries: readonly LedgerEntry[]): number {
  const opened = entries.find(({ fact }) => fact.type === 'line.opened')
  return opened ? (entries.at(-1)?.atMs ?? opened.atMs) - opened.atMs : 0
}

/** What the caller first said, what was done, how it ended: an honest extract, no model's words. */
function summaryOf(entries: readonly LedgerEntry[], endReason: EndReason): string {
  const asked = transcriptOf(entries).find(({ by }) => by === 'caller')?.text
  const done = factsOf(entries, 'tool.ended')
    .filter(({ outcome }) => outcome === 'replied')
    .map(({ name }) => name)
  const parts = [asked ? `The caller said: "${asked}"` : 'The caller said nothing.']
  if (done.length > 0) parts.push(`Tools used: ${[...new Set(done)].join(', ')}.`)
  parts.push(`Ended: ${endReason}.`)
  return parts.join(' ')
}
