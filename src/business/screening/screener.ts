import type { Ring, Screener, Screening, ScreeningEvidence } from '../../call/screener.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import type { CallLog } from '../call-log.ts'
import { type Contacts, normaliseNumber } from '../contacts.ts'
import { attestationEvidence } from './attestation.ts'
import { type CallerHistory, historyEvidence, standingEvidence } from './caller-history.ts'
import { callerIdEvidence } from './caller-id.ts'
import { type CallerLists, listEvidence } from './caller-lists.ts'
import type { CallerVerdicts } from './caller-verdicts.ts'
import type { NumberFactsBook } from './number-facts.ts'
import type { RingCounter } from './ring-counter.ts'
import { conclude, type Thresholds } from './suspicion.ts'
import { velocityEvidence } from './velocity.ts'

export interface ScreenerOptions {
  readonly settings: Thresholds & { readonly velocity: { readonly perNumber: number; readonly perBeginning: number } }
  readonly lists: Pick<CallerLists, 'entryFor'>
  readonly verdicts: Pick<CallerVerdicts, 'of'>
  readonly contacts: Pick<Contacts, 'find'>
  readonly callLog: Pick<CallLog, 'pastCalls' | 'usualCostUsd'>
  readonly counter: RingCounter
  /** Undefined: the carrier is not asked about numbers. */
  readonly numberFacts: Pick<NumberFactsBook, 'evidence' | 'knownEvidence'> | undefined
  readonly clock: Clock
  readonly log: Log
}

/** The screener of the house, which can also say what it would do. */
export interface LayeredScreener extends Screener {
  /** As `screen`, but the ring is made up: it counts for nothing and nobody is asked who sends a bill. */
  explain(ring: Ring): Promise<Screening>
}

type Mode = 'screen' | 'explain'

const NOTHING_KNOWN: CallerHistory = { verdicts: [], calls: [], isNamed: false }

/**
 * Judges rings in layers: what decides alone first (lists, the office's word, whom we know, proof), then every sign
 * there is. Nothing is remembered between rings but counts, so that a correction is used by the very next one.
 */
export function createScreener(options: ScreenerOptions): LayeredScreener {
  return {
    screen: (ring) => judge(ring, 'screen', options),
    explain: (ring) => judge(ring, 'explain', options),
    usualCostUsd: () => options.callLog.usualCostUsd(),
  }
}

async function judge(ring: Ring, mode: Mode, options: ScreenerOptions): Promise<Screening> {
  const { settings, lists } = options
  const number = normaliseNumber(ring.from)
  // Counted from the first moment on, and waited for only where it matters: it never rejects.
  const calling = number === undefined ? [] : velocityOf(number, ring, mode, options)
  const [listed, history] = await Promise.all([
    lists.entryFor(number ?? ring.from),
    number === undefined ? NOTHING_KNOWN : historyOf(number, options),
  ])
  const decisive = listed ? listEvidence(listed) : standingEvidence(history, ring.at)
  if (decisive) return conclude([decisive], settings)
  const signs = [
    ...attestationEvidence(ring.stirVerdict),
    ...callerIdEvidence(ring),
    ...historyEvidence(history, ring.at),
    ...(await calling),
  ]
  return conclude([...signs, ...(await lineEvidence(number, signs, mode, options))], settings)
}

function velocityOf(number: string, ring: Ring, mode: Mode, options: ScreenerOptions): Promise<ScreeningEvidence[]> {
  const { counter, settings, clock, log } = options
  return velocityEvidence(
    { number, ring, counted: mode === 'screen' },
    { counter, limits: settings.velocity, clock, log },
  )
}

async function historyOf(number: string, options: ScreenerOptions): Promise<CallerHistory> {
  const { verdicts, callLog, contacts } = options
  const [given, calls, contact] = await Promise.all([
    verdicts.of(number),
    callLog.pastCalls(number),
    contacts.find(number),
  ])
  return { verdicts: given, calls, isNamed: contact?.name !== undefined }
}

/** Nobody is asked about a number whose caller is to leave a message anyway. */
async function lineEvidence(
  number: string | undefined,
  signs: readonly ScreeningEvidence[],
  mode: Mode,
  { numberFacts, settings }: ScreenerOptions,
): Promise<ScreeningEvidence[]> {
  if (number === undefined || !numberFacts || conclude(signs, settings).verdict === 'message') return []
  return mode === 'screen' ? numberFacts.evidence(number) : numberFacts.knownEvidence(number)
}
