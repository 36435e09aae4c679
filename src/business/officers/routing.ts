import type { OfficersFile } from '../../config/officers-schema.ts'
import { stateCodeOf } from '../../lib/us-states.ts'
import type { Database } from '../../storage/database.ts'
import { normaliseNumber } from '../contacts.ts'
import { isOpen } from '../office-hours.ts'
import type { Officer } from './officer.ts'
import { type WorkingTime, workingTimeOf } from './officer-hours.ts'
import type { OfficerEntry, Officers } from './officers.ts'
import { type Candidate, type RankedOfficer, type RankingNeed, rankOfficers, whyNot } from './ranking.ts'
import { type CallerTies, dayOf, loadsOf, tiesOf } from './routing-facts.ts'

export type { RankedOfficer } from './ranking.ts'

/** What an officer is looked for, and for whom. */
export interface OfficerNeed {
  /** Epoch ms: the moment it is about. Presence and load are those of then. */
  readonly at: number
  /** Only a transfer needs somebody within their hours. */
  readonly purpose: 'transfer' | 'appointment'
  readonly callerNumber?: string
  /** Where the property is: `TX` or `Texas`. Named, only officers licensed there are given; nobody for what is no state. */
  readonly state?: string
  /** BCP 47 tag of what the caller speaks. */
  readonly language: string
  readonly loanPurpose?: string
  /** Ids of officers who are not to be given: they were tried. */
  readonly except?: readonly string[]
}

/** Which officer a caller is offered, and why. */
export interface Routing {
  /**
   * Those who may serve, best first; none when there is nobody. The first is taken to be offered now, which is what
   * round robin goes by: ask once for each offer.
   */
  findOfficers(need: OfficerNeed): Promise<RankedOfficer[]>
  /** The same, and what keeps the others away, for people to look at: nothing counts as offered. */
  explain(need: OfficerNeed): Promise<RankingExplained>
}

export interface RankingExplained {
  readonly vip: boolean
  readonly ranked: readonly RankedOfficer[]
  readonly passedOver: readonly { readonly officer: Officer; readonly because: string }[]
}

export interface RoutingOptions {
  readonly officers: Officers
  readonly settings: Pick<OfficersFile, 'strategy' | 'vip'>
  /** Hours and zone of the office: of officers who have none of their own. */
  readonly office: WorkingTime
}

export function createRouting(database: Database, { officers, settings, office }: RoutingOptions): Routing {
  const gather = async (need: OfficerNeed) => {
    const { callerNumber, except = [] } = need
    const number = normaliseNumber(callerNumber)
    const ties: CallerTies = number === undefined ? STRANGER : await tiesOf(database, number)
    const rankingNeed: RankingNeed = {
      purpose: need.purpose,
      // What is no state stays as it was said, so that nobody is licensed there.
      state: need.state === undefined ? undefined : (stateCodeOf(need.state) ?? need.state),
      language: need.language,
      loanPurpose: need.loanPurpose,
      vip: ties.vip || (number !== undefined && settings.vip.includes(number)),
      except,
    }
    const entries = await officers.list()
    const facts = {
      at: need.at,
      office,
      ties,
      loads: await loadsOf(database, daysOf(entries, { at: need.at, office })),
    }
    return { need: rankingNeed, candidates: candidatesOf(entries, facts) }
  }

  return {
    async findOfficers(asked) {
      // Ends: a try that fails has met another caller's that did not.
      for (;;) {
        const { need, candidates } = await gather(asked)
        const ranked = rankOfficers(need, candidates, settings.strategy)
        const first = candidates.find(({ officer }) => officer.id === ranked[0]?.officer.id)
        if (!first || (await officers.offer(first.officer.id, first.lastOfferedAt))) return ranked
      }
    },

    async explain(asked) {
      const { need, candidates } = await gather(asked)
      const passedOver = candidates.flatMap((candidate) => {
        const because = whyNot(need, candidate)
        return because === undefined ? [] : [{ officer: candidate.officer, because }]
      })
      return { vip: need.vip, ranked: rankOfficers(need, candidates, settings.strategy), passedOver }
    },
  }
}

const STRANGER: CallerTies = { vip: false, officerIds: [] }

function daysOf(entries: readonly OfficerEntry[], { at, office }: { at: number; office: WorkingTime }) {
  return new Map(entries.map(({ officer }) => [officer.id, dayOf(at, workingTimeOf(officer, office).timeZone)]))
}

function candidatesOf(
  entries: readonly OfficerEntry[],
  facts: { at: number; office: WorkingTime; ties: CallerTies; loads: ReadonlyMap<string, number> },
): Candidate[] {
  const { at, office, ties, loads } = facts
  const here = new Set(entries.map(({ officer }) => officer.id))
  const known = ties.officerIds.find((id) => here.has(id))
  return entries.map(({ officer, presence, awayUntil, lastOfferedAt }) => {
    const { hours, timeZone } = workingTimeOf(officer, office)
    return {
      officer,
      presence: awayUntil !== undefined && awayUntil <= at ? 'here' : presence,
      isWorking: isOpen(hours, timeZone, at),
      knowsCaller: officer.id === known,
      today: loads.get(officer.id) ?? 0,
      lastOfferedAt,
    }
  })
}
