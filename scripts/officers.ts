import { Temporal } from 'temporal-polyfill'
import { normaliseNumber } from '../src/business/contacts.ts'
import { workingTimeOf } from '../src/business/officers/officer-hours.ts'
import { createOfficers, type OfficerEntry, type Officers } from '../src/business/officers/officers.ts'
import { createRouting, type Routing } from '../src/business/officers/routing.ts'
import { dayOf, loadsOf } from '../src/business/officers/routing-facts.ts'
import { createFeedTokens } from '../src/calendar/feed-tokens.ts'
import { feedPathOf } from '../src/calendar/officer-feed.ts'
import { loadBusinessConfig, loadFeedConfig, loadStorageConfig } from '../src/config/load.ts'
import type { Config } from '../src/config/schema.ts'
import { systemClock } from '../src/lib/clock.ts'
import { HearthlineError } from '../src/lib/errors.ts'
import { localTimeOf } from '../src/lib/local-time.ts'
import { createLog } from '../src/lib/log.ts'
import { stateCodeOf } from '../src/lib/us-states.ts'
import { type Database, openDatabase, whereIs } from '../src/storage/database.ts'
import { readCommandLine, runScript } from './command-line.ts'
import { tableOf } from './table.ts'

const USAGE = `Who callers may be connected with and booked with. What is changed here counts from the next caller on.

  npm run -s officers                       everybody, whether they are there, and what they have today
  npm run -s officers -- away <id> [until]  not offered any more, or not before 15:30, 2026-12-24 or 2026-12-24T15:30
  npm run -s officers -- here <id>          offered again, within their hours
  npm run -s officers -- feeds              addresses by which calendar programs show officers their appointments
  npm run -s officers -- why <number>       who would be offered to this caller now, and why; nobody is called
      --state TX       where the property is
      --language es    what the caller speaks; else the language of the agent

Whoever has the address of a feed can read it: give it to that officer only. It stays the same until the carrier's
auth token is rotated out.

Times are those of the officer's own zone. Officers are described in officers.yaml, which is read when the server starts.`

interface Desk {
  readonly database: Database
  readonly officers: Officers
  readonly routing: Routing
  readonly config: Pick<Config, 'company' | 'agent'>
  readonly state: string | undefined
  readonly language: string | undefined
}

const COMMANDS: Readonly<Record<string, { words: readonly number[]; run: Command }>> = {
  list: { words: [0], run: list },
  away: { words: [1, 2], run: goAway },
  here: { words: [1], run: comeBack },
  feeds: { words: [0], run: tellFeeds },
  why: { words: [1], run: explain },
}

type Command = (desk: Desk, subject: string, until: string | undefined) => Promise<void>

await runScript(main)

async function main(): Promise<number> {
  const { positionals, values } = readCommandLine(
    { allowPositionals: true, options: { state: { type: 'string' }, language: { type: 'string' } } },
    USAGE,
  )
  const [name = 'list', subject = '', until] = positionals
  const command = COMMANDS[name]
  if (!command?.words.includes(Math.max(0, positionals.length - 1))) throw new HearthlineError('bad_arguments', USAGE)
  const config = loadBusinessConfig()
  await using database = await openDatabase({ ...whereIs(loadStorageConfig()), log: createLog({ level: 'silent' }) })
  const officers = createOfficers(database, { clock: systemClock })
  const routing = createRouting(database, { officers, settings: config.officers, office: config.company })
  const { state, language } = values
  await command.run({ database, officers, routing, config, state, language }, subject, until)
  return 0
}

async function list({ officers, database, config }: Desk): Promise<void> {
  const entries = await officers.list()
  if (entries.length === 0) {
    console.log('Nobody. Describe officers in officers.yaml; it is read when the server starts.')
    return
  }
  const now = systemClock.now()
  const zoneOf = ({ officer }: OfficerEntry) => workingTimeOf(officer, config.company).timeZone
  const days = new Map(entries.map((entry) => [entry.officer.id, dayOf(now, zoneOf(entry))]))
  const loads = await loadsOf(database, days)
  const rows = entries.map((entry) => {
    const { id, name, licences, languages, dailyCapacity } = entry.officer
    const today = `${loads.get(id) ?? 0} of ${dailyCapacity}`
    return [id, name, presenceText(entry, zoneOf(entry)), today, licences.join(' '), languages.join(' '), entry.source]
  })
  for (const line of tableOf(['id', 'name', 'is', 'today', 'licences', 'languages', 'by'], rows)) console.log(line)
}

function presenceText({ presence, awayUntil }: OfficerEntry, timeZone: string): string {
  return awayUntil === undefined ? presence : `${presence} until ${moment(awayUntil, timeZone)}`
}

async function goAway({ officers, config }: Desk, id: string, until: string | undefined): Promise<void> {
  const { officer } = await officerOf(id, officers)
  const { timeZone } = workingTimeOf(officer, config.company)
  const untilMs = until === undefined ? undefined : momentOf(until, timeZone)
  await officers.setPresence(id, 'away', untilMs)
  const end = untilMs === undefined ? `\`npm run -s officers -- here ${id}\`` : moment(untilMs, timeZone)
  console.log(`${officer.name} is not offered before ${end}.`)
}

async function comeBack({ officers }: Desk, id: string): Promise<void> {
  const { officer } = await officerOf(id, officers)
  await officers.setPresence(id, 'here')
  console.log(`${officer.name} is offered again, within their hours.`)
}

async function tellFeeds({ officers }: Desk): Promise<void> {
  const { publicUrl, signingTokens } = loadFeedConfig()
  const tokens = createFeedTokens(signingTokens)
  const rows = (await officers.list()).map(({ officer: { id } }) => [id, publicUrl + feedPathOf(tokens, id)])
  for (const line of tableOf(['id', 'feed'], rows)) console.log(line)
}

async function officerOf(id: string, officers: Officers): Promise<OfficerEntry> {
  const entry = await officers.find(id)
  if (entry?.active) return entry
  const known = (await officers.list()).map(({ officer }) => officer.id).join(', ') || 'nobody yet'
  throw new HearthlineError('officer_unknown', `${id} is not the id of an officer. There are: ${known}.`)
}

async function explain({ routing, config, ...desk }: Desk, subject: string): Promise<void> {
  const number = normaliseNumber(subject)
  if (number === undefined) {
    throw new HearthlineError('bad_arguments', `${subject} is no number. Give one such as +16175550123.`)
  }
  if (desk.state !== undefined && stateCodeOf(desk.state) === undefined) {
    throw new HearthlineError('bad_arguments', `${desk.state} is no state. Give one such as TX.`)
  }
  const { vip, ranked, passedOver } = await routing.explain({
    ...{ at: systemClock.now(), purpose: 'transfer', callerNumber: number },
    ...(desk.state === undefined ? {} : { state: desk.state }),
    language: languageIn(desk.language ?? config.agent.language),
  })
  console.log(`${number}${vip ? ', a VIP' : ''}`)
  const offered = ranked.map(({ officer, score, because }, n) => [
    `${n + 1}`,
    officer.id,
    `${score}`,
    because.join(', '),
  ])
  const others = passedOver.map(({ officer, because }) => ['-', officer.id, '-', because])
  const rows = [...offered, ...others]
  const lines = rows.length > 0 ? tableOf(['', 'officer', 'score', 'because'], rows) : ['There are no officers.']
  for (const line of lines) console.log(`  ${line}`)
}

function languageIn(given: string): string {
  try {
    return new Intl.Locale(given).toString()
  } catch (cause) {
    throw new HearthlineError('bad_arguments', `${given} is no language. Give a tag such as es or vi-VN.`, { cause })
  }
}

/** An instant to come, in epoch ms, of a local time today, a day or a day and time. */
function momentOf(given: string, timeZone: string): number {
  const now = localTimeOf(systemClock.now(), timeZone)
  const whole = /^\d\d:\d\d$/.test(given) ? `${now.toPlainDate()}T${given}` : given
  const at = instantOf(whole, timeZone)
  if (at !== undefined && at > now.epochMilliseconds) return at
  const problem = at === undefined ? 'is no time' : `has passed in ${timeZone}`
  throw new HearthlineError(
    'bad_arguments',
    `${given} ${problem}. Give one such as 15:30, 2026-12-24 or 2026-12-24T15:30.`,
  )
}

function instantOf(local: string, timeZone: string): number | undefined {
  try {
    return Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone).epochMilliseconds
  } catch {
    return undefined
  }
}

function moment(at: number, timeZone: string): string {
  const local = localTimeOf(at, timeZone)
  return `${local.toPlainDate()} ${local.toPlainTime().toString({ smallestUnit: 'minute' })} (${timeZone})`
}
