import type { OutboundSettings } from '../../config/outbound-schema.ts'
import { stateCodeOf } from '../../lib/us-states.ts'
import type { Database } from '../../storage/database.ts'
import { standingConsent } from '../consent/consents.ts'
import { isOptedOut } from '../consent/opt-outs.ts'
import { factsOfContact } from '../contact-facts.ts'
import { isSwitchedOn } from '../switches.ts'
import { placesOf } from './calling-hours.ts'
import { doNotCallEntry } from './do-not-call.ts'
import type { OutboundCounts, OutboundFacts } from './judge-outbound.ts'
import type { OutboundCall } from './outbound-calls.ts'

/** Under what terms the company calls; the same for every call. */
export interface OutboundTerms {
  readonly settings: OutboundSettings
  /** A number of ours, E.164; undefined: there is none, and nobody is called. */
  readonly callerId: string | undefined
  /** The company, as consents name it. */
  readonly seller: string
  /** A call that nobody told the end of counts as over after this. */
  readonly longestCallMs: number
}

/** A call the gate is asked about. `id`: none yet. */
export type JudgedCall = Pick<OutboundCall, 'number' | 'purpose' | 'subject'> &
  Partial<Pick<OutboundCall, 'id' | 'campaign'>>

const SECOND_MS = 1_000
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const UNDER_WAY = ['placing', 'placed', 'answered']

/** Everything the gate goes by, read now. `at` is epoch ms. The judged call itself is counted nowhere. */
export async function gatherFacts(
  database: Database,
  call: JudgedCall,
  { settings, callerId, seller, longestCallMs }: OutboundTerms,
  at: number,
): Promise<OutboundFacts> {
  const { number, purpose } = call
  return {
    at,
    settings,
    switchedOn: await isSwitchedOn(database, 'outbound'),
    number,
    purpose,
    callerId,
    optedOut: await isOptedOut(database, number),
    consent: await standingConsent(database, { number, channel: 'call', scope: purpose, seller }),
    doNotCall: await doNotCallEntry(database, number),
    places: placesOf(number, await statedState(database, number)),
    counts: await countCalls(database, call, { at, longestCallMs }),
  }
}

/** The state they told us, in whatever call it was. */
async function statedState(database: Database, number: string): Promise<string | undefined> {
  const facts = await factsOfContact(database, number)
  return stateCodeOf(facts.find(({ key }) => key === STATE_FACT)?.value ?? '')
}

/** Where their house is, or is to be: the nearest to an address that callers tell. */
const STATE_FACT = 'property state'

async function countCalls(
  database: Database,
  { id = '', number, subject, campaign }: JudgedCall,
  { at, longestCallMs }: { at: number; longestCallMs: number },
): Promise<OutboundCounts> {
  const others = (sinceMs: number) =>
    database
      .selectFrom('outbound_calls')
      .select(({ fn }) => fn.countAll<number | string>().as('calls'))
      .where('id', '!=', id)
      .where('placed_at', '>', Math.round(at - sinceMs))
  const toNumber = (sinceMs: number) => others(sinceMs).where('number', '=', number)
  const underWay = () => others(longestCallMs).where('state', 'in', UNDER_WAY)
  const ofCampaign = (sinceMs: number) => others(sinceMs).where('campaign', '=', campaign ?? '')
  const answered = () => ofCampaign(30 * DAY_MS).where('answered_at', 'is not', null)
  return {
    sameSubject: await countOf(toNumber(DAY_MS).where('subject', '=', subject)),
    sameNumber: await countOf(toNumber(7 * DAY_MS)),
    campaign: campaign === undefined ? 0 : await countOf(ofCampaign(DAY_MS)),
    lastHour: await countOf(others(HOUR_MS)),
    lastSecond: await countOf(others(SECOND_MS)),
    underWay: await countOf(underWay()),
    underWayToNumber: await countOf(underWay().where('number', '=', number)),
    answered: campaign === undefined ? 0 : await countOf(answered()),
    abandoned: campaign === undefined ? 0 : await countOf(answered().where('outcome', '=', 'abandoned')),
  }
}

/** PostgreSQL counts in text. */
async function countOf(query: {
  executeTakeFirst(): Promise<{ calls: number | string } | undefined>
}): Promise<number> {
  return Number((await query.executeTakeFirst())?.calls ?? 0)
}
