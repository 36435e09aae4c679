import type { OfficersFile } from '../../config/officers-schema.ts'
import { languageName, languageOf } from '../../lib/language-tag.ts'
import type { Officer, Presence } from './officer.ts'

/** What is needed of an officer. Of the caller themselves nothing is known here but whether they come first. */
export interface RankingNeed {
  readonly purpose: 'transfer' | 'appointment'
  /** Two letters; undefined: not known yet. */
  readonly state: string | undefined
  /** BCP 47 tag of what the caller speaks. */
  readonly language: string
  readonly loanPurpose: string | undefined
  /** Their own officer comes before all others, and a full day does not count. */
  readonly vip: boolean
  /** Ids of officers who are not to be offered again. */
  readonly except: readonly string[]
}

/** An officer with what was found out about them. */
export interface Candidate {
  readonly officer: Officer
  readonly presence: Presence
  /** Whether it is within their hours. */
  readonly isWorking: boolean
  readonly knowsCaller: boolean
  /** Transfers and appointments of their day. */
  readonly today: number
  /** Epoch ms; undefined: never. */
  readonly lastOfferedAt: number | undefined
}

export interface RankedOfficer {
  readonly officer: Officer
  /** The higher, the better; comparable within one ranking only. */
  readonly score: number
  /** In short English: `licensed in TX`, `speaks Spanish`, `knows the caller`, `1 of 6 today`. */
  readonly because: readonly string[]
}

export type Strategy = OfficersFile['strategy']

/**
 * Those who may serve, best first; the order does not depend on that of `candidates`. A language counts only as
 * whether the officer can speak it with the caller, and nothing else about the caller does (ECOA, RELIABILITY C14).
 */
export function rankOfficers(need: RankingNeed, candidates: readonly Candidate[], strategy: Strategy): RankedOfficer[] {
  const serving = candidates
    .filter((candidate) => whyNot(need, candidate) === undefined)
    .toSorted(longestUnofferedFirst)
  return serving
    .map((candidate, turn) => ({
      officer: candidate.officer,
      score: scoreOf(need, candidate, { strategy, shareWaited: 1 - turn / serving.length }),
      because: reasonsFor(need, candidate),
    }))
    .toSorted((one, other) => other.score - one.score)
}

/** What keeps an officer from being offered at all, in short English; undefined: nothing. */
export function whyNot(need: RankingNeed, { officer, presence, isWorking, today }: Candidate): string | undefined {
  if (need.except.includes(officer.id)) return 'was tried already'
  if (need.state !== undefined && !officer.licences.includes(need.state)) return `not licensed in ${need.state}`
  if (presence === 'away') return 'away'
  if (need.purpose === 'transfer' && !isWorking) return 'outside their hours'
  if (today >= officer.dailyCapacity && !need.vip) return `${today} of ${officer.dailyCapacity} today`
  return undefined
}

/** Each weight is more than all below it together, so that a lesser reason never outdoes a greater one. */
const WEIGHTS = { own: 200, language: 100, loan: 50, known: 25, day: 20 }

function scoreOf(
  need: RankingNeed,
  candidate: Candidate,
  { strategy, shareWaited }: { strategy: Strategy; shareWaited: number },
): number {
  const { officer, knowsCaller, today } = candidate
  const isOwn = knowsCaller && (need.vip || strategy === 'sticky')
  const isKnown = knowsCaller && strategy === 'ranked'
  const shareFree = Math.max(0, 1 - today / Math.max(1, officer.dailyCapacity))
  const score =
    (isOwn ? WEIGHTS.own : 0) +
    (speaks(officer, need.language) ? WEIGHTS.language : 0) +
    (handles(officer, need.loanPurpose) ? WEIGHTS.loan : 0) +
    (isKnown ? WEIGHTS.known : 0) +
    WEIGHTS.day * (strategy === 'round robin' ? shareWaited : shareFree)
  return Math.round(score * 100) / 100
}

function reasonsFor(need: RankingNeed, { officer, knowsCaller, today }: Candidate): string[] {
  const { state, language, loanPurpose, vip } = need
  return [
    ...(state === undefined ? [] : [`licensed in ${state}`]),
    `${speaks(officer, language) ? 'speaks' : 'does not speak'} ${languageName(language)}`,
    ...(loanPurpose === undefined ? [] : [`${handles(officer, loanPurpose) ? 'does' : 'does not do'} ${loanPurpose}`]),
    ...(knowsCaller ? ['knows the caller'] : []),
    `${today} of ${officer.dailyCapacity} today${vip && today >= officer.dailyCapacity ? ', which does not count for a VIP' : ''}`,
  ]
}

function speaks({ languages }: Officer, language: string): boolean {
  return languages.some((tag) => languageOf(tag) === languageOf(language))
}

/** Who names no kind of loan does any. */
function handles({ loanTypes }: Officer, loanPurpose: string | undefined): boolean {
  return loanPurpose === undefined || loanTypes.length === 0 || loanTypes.includes(loanPurpose)
}

function longestUnofferedFirst(one: Candidate, other: Candidate): number {
  return (one.lastOfferedAt ?? -1) - (other.lastOfferedAt ?? -1) || (one.officer.id < other.officer.id ? -1 : 1)
}
