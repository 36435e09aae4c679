import type { HistoryItem } from '../engines/engine.ts'
import { heardText } from '../lib/heard-text.ts'
import type { CallFact, LedgerEntry } from './facts.ts'
import { isOpening } from './outbound/placed-call.ts'
import { RINGING } from './transfer/transfer-brief.ts'

/** One thing said in a call, as it was heard. */
export interface TranscriptLine {
  readonly by: 'caller' | 'agent'
  /** What was heard of it. */
  readonly text: string
  /** What was meant to be said, where it was cut short. */
  readonly unheardText: string
  readonly atMs: number
  readonly interrupted: boolean
}

/** The talk, in the order it happened, with only what was really heard as `text`. */
export function transcriptOf(entries: readonly LedgerEntry[]): TranscriptLine[] {
  const lines: TranscriptLine[] = []
  const stoppedAtMs = new Map<string, number>()
  for (const { fact, atMs } of entries) {
    if (fact.type === 'caller.stopped-speaking') stoppedAtMs.set(fact.turnId, atMs)
    if (fact.type !== 'caller.said') continue
    // Words arrive after the answer has begun, but were said before it.
    const saidAtMs = stoppedAtMs.get(fact.turnId) ?? atMs
    lines.push({ by: 'caller', text: fact.text, unheardText: '', atMs: saidAtMs, interrupted: false })
  }
  // Behind the caller's: what we say in the same moment is the answer to it.
  lines.push(...[...utterancesOf(entries)].map(agentLine))
  return lines.filter((line) => line.text !== '' || line.unheardText !== '').sort((a, b) => a.atMs - b.atMs)
}

/**
 * The talk as a fresh engine session must know it: what was heard, what tools did, what keys were pressed, whether
 * telephones ring. A tool that has no outcome yet is named, so that it is not asked for again.
 */
export function historyOf(entries: readonly LedgerEntry[]): HistoryItem[] {
  const items: { atMs: number; item: HistoryItem }[] = transcriptOf(entries)
    .filter((line) => line.text !== '')
    .map((line) => ({ atMs: line.atMs, item: { role: line.by, text: line.text } }))
  for (const { atMs, fact } of entries) {
    const text = noteOf(fact, entries)
    if (text) items.push({ atMs, item: { role: 'note', text } })
  }
  return items.sort((a, b) => a.atMs - b.atMs).map(({ item }) => item)
}

/** Whether the opening with its notices was heard to its end; one that broke off must be said again (C8, C9). */
export function wasGreeted(entries: readonly LedgerEntry[]): boolean {
  const openings = new Set<string>()
  for (const { fact } of entries) {
    if (fact.type === 'agent.speaking' && isOpening(fact.phrase)) openings.add(fact.utteranceId)
    if (fact.type === 'agent.spoke' && !fact.interrupted && openings.has(fact.utteranceId)) return true
  }
  return false
}

interface StoredUtterance {
  readonly atMs: number
  readonly text: string
  readonly heard: string
  readonly interrupted: boolean
  /** What of it was heard, when that is known. */
  readonly played?: { readonly givenMs: number; readonly heardMs: number }
}

/** Every utterance of ours, also one that a killed process never finished: then the last `agent.heard` counts. */
function utterancesOf(entries: readonly LedgerEntry[]): Iterable<StoredUtterance> {
  const utterances = new Map<string, StoredUtterance>()
  for (const { atMs, fact } of entries) {
    if (fact.type === 'agent.speaking') {
      utterances.set(fact.utteranceId, { atMs, text: fact.text ?? '', heard: '', interrupted: true })
    }
    if (fact.type !== 'agent.words' && fact.type !== 'agent.heard' && fact.type !== 'agent.spoke') continue
    const before = utterances.get(fact.utteranceId)
    if (before) utterances.set(fact.utteranceId, { ...before, ...learn(before, fact) })
  }
  return utterances.values()
}

function learn(
  before: StoredUtterance,
  fact: Extract<CallFact, { type: 'agent.words' | 'agent.heard' | 'agent.spoke' }>,
): Partial<StoredUtterance> {
  if (fact.type === 'agent.spoke') {
    const { text, heardText: heard, interrupted, givenMs, heardMs } = fact
    return { text, heard, interrupted, played: { givenMs, heardMs } }
  }
  const text = fact.type === 'agent.words' ? fact.text : before.text
  const played = fact.type === 'agent.heard' ? { givenMs: fact.heardMs, heardMs: fact.heardMs } : before.played
  // The words may come after their sound, and the process may end before either is done.
  if (played && !before.interrupted) return { text, played, heard: text }
  return { text, ...(played ? { played, heard: heardText({ text, ...played, complete: false }) } : {}) }
}

function agentLine({ atMs, text, heard, interrupted }: StoredUtterance): TranscriptLine {
  return { by: 'agent', text: heard, unheardText: text.slice(heard.length).trim(), atMs, interrupted }
}

/** What stands in place of a number that nobody may keep: `[phone ..0123]`. */
const HIDDEN = /\[[\p{L} ]+(?: \.\.\d+)?\]/u
const ASK_AGAIN = ' What stands in brackets is hidden: ask the caller for it again.'

function noteOf(fact: CallFact, entries: readonly LedgerEntry[]): string | undefined {
  if (fact.type === 'caller.pressed') return `The caller pressed the key ${fact.digit}.`
  if (fact.type === 'tool.ended') return `The tool ${fact.name} was called and gave: ${JSON.stringify(fact.reply)}`
  if (fact.type === 'transfer.started') return isUnderWay(fact.transferId, entries) ? RINGING : undefined
  if (fact.type !== 'tool.requested') return undefined
  const ended = entries.some((entry) => entry.fact.type === 'tool.ended' && entry.fact.requestId === fact.requestId)
  if (ended) return undefined
  if (isLostToACrash(fact.requestId, entries)) {
    return `The tool ${fact.name} was called with ${fact.argumentsJson}, and what came of it is not known. If it is still wanted, call it again with the very same arguments: it is done once only.${HIDDEN.test(fact.argumentsJson) ? ASK_AGAIN : ''}`
  }
  return `The tool ${fact.name} was called and is still working. Do not call it again; its result follows.`
}

function isUnderWay(transferId: string, entries: readonly LedgerEntry[]): boolean {
  return !entries.some(({ fact }) => fact.type === 'transfer.ended' && fact.transferId === transferId)
}

/** Whether the process that ran the tool died before it told the outcome. */
function isLostToACrash(requestId: string, entries: readonly LedgerEntry[]): boolean {
  const last = entries.findLast(
    ({ fact }) => fact.type === 'call.recovered' || (fact.type === 'tool.requested' && fact.requestId === requestId),
  )
  return last?.fact.type === 'call.recovered'
}
