import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import type { Database } from '../../storage/database.ts'
import { createContacts } from '../contacts.ts'
import { type CallerLists, createCallerLists } from './caller-lists.ts'
import { type CallerVerdicts, createCallerVerdicts } from './caller-verdicts.ts'
import { type KnownFacts, NumberFactsBook } from './number-facts.ts'
import { openRedisRingCounter } from './redis-ring-counter.ts'
import { createLocalRingCounter } from './ring-counter.ts'
import { createScreener, type LayeredScreener, type ScreenerOptions } from './screener.ts'

export interface ScreeningOptions {
  /** `screening` of the settings. */
  readonly settings: ScreenerOptions['settings'] & {
    readonly allow: readonly string[]
    readonly block: readonly string[]
  }
  /** Undefined: this process counts rings for itself. */
  readonly redisUrl: string | undefined
  readonly callLog: ScreenerOptions['callLog']
  /** Asks the carrier about a number; undefined: it is not asked. */
  readonly lookUp: ((number: string) => Promise<KnownFacts>) | undefined
  readonly clock: Clock
  readonly log: Log
}

/** The screening of rings and what it goes by. Dispose it before the database. */
export interface ScreeningOffice extends AsyncDisposable {
  readonly screener: LayeredScreener
  readonly lists: CallerLists
  readonly verdicts: CallerVerdicts
}

export function openScreening(database: Database, options: ScreeningOptions): ScreeningOffice {
  const { settings, redisUrl, callLog, lookUp, clock, log } = options
  const counter =
    redisUrl === undefined ? createLocalRingCounter({ clock }) : openRedisRingCounter({ url: redisUrl, log })
  const lists = createCallerLists(database, { settings, clock })
  const verdicts = createCallerVerdicts(database, { clock })
  const contacts = createContacts(database)
  const numberFacts = lookUp && new NumberFactsBook({ database, lookUp, clock, log })
  return {
    lists,
    verdicts,
    screener: createScreener({ settings, lists, verdicts, contacts, callLog, counter, numberFacts, clock, log }),
    [Symbol.asyncDispose]: () => counter[Symbol.asyncDispose](),
  }
}
