import { type KeptOutcome, outcomesOfContact } from '../src/business/call-outcomes.ts'
import { type ConsentEvent, consentEventsOf } from '../src/business/consent/consents.ts'
import { optedOutAt } from '../src/business/consent/opt-outs.ts'
import { type ContactFact, callersToCallOn, factsOfContact } from '../src/business/contact-facts.ts'
import { contactStateOf } from '../src/business/contact-state.ts'
import { type Contact, createContacts, normaliseNumber } from '../src/business/contacts.ts'
import { createMessages, type Message } from '../src/business/messages.ts'
import { nextActionOf } from '../src/business/next-action.ts'
import { type Appointment, appointmentsOfNumber } from '../src/business/scheduling/appointments.ts'
import { slotWords } from '../src/business/scheduling/slot-words.ts'
import { type Task, tasksOfContact } from '../src/business/tasks.ts'
import { createTexts, type Text } from '../src/business/texting/texts.ts'
import { loadBusinessConfig, loadStorageConfig } from '../src/config/load.ts'
import { systemClock } from '../src/lib/clock.ts'
import { HearthlineError } from '../src/lib/errors.ts'
import { createLog } from '../src/lib/log.ts'
import { type Database, openDatabase, whereIs } from '../src/storage/database.ts'
import { seconds } from './call-view.ts'
import { readCommandLine, runScript } from './command-line.ts'

const USAGE = `What is known of a contact, and what came of their calls.

  npm run -s crm -- <number>     contact, facts, calls, appointments, messages, tasks, texts, consent, next action
  --limit 20                     of each, the newest
  --json                         for programs`

interface ContactRecord {
  readonly number: string
  readonly nextAction: string
  readonly contact: Contact | undefined
  /** Other callers who asked to be called back on this number. */
  readonly callBackNumberOf: readonly string[]
  readonly facts: readonly ContactFact[]
  readonly calls: readonly (KeptOutcome & { readonly startedAt: number })[]
  readonly appointments: readonly Appointment[]
  readonly messages: readonly Message[]
  readonly tasks: readonly Task[]
  readonly texts: readonly Text[]
  readonly optedOutAt: number | undefined
  readonly consents: readonly ConsentEvent[]
}

await runScript(main)

async function main(): Promise<number> {
  const { values, positionals } = readCommandLine(
    {
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false }, limit: { type: 'string', default: '20' } },
    },
    USAGE,
  )
  const [given] = positionals
  const number = normaliseNumber(given)
  if (number === undefined) throw new HearthlineError('bad_argument', `${given ?? 'Nothing'} is no number.\n\n${USAGE}`)
  const limit = Number(values.limit)
  if (!Number.isInteger(limit) || limit < 1) {
    throw new HearthlineError('bad_argument', `--limit is ${values.limit}; give a whole number from 1 on.`)
  }
  const { timeZone } = loadBusinessConfig().company
  const log = createLog({ level: 'silent' })
  await using database = await openDatabase({ ...whereIs(loadStorageConfig()), log })
  const record = await gather(database, number, { limit, timeZone })
  if (values.json) console.log(JSON.stringify(record, null, 2))
  else show(record, timeZone)
  return 0
}

async function gather(
  database: Database,
  number: string,
  { limit, timeZone }: { limit: number; timeZone: string },
): Promise<ContactRecord> {
  const state = await contactStateOf(database, number, { now: systemClock.now(), timeZone })
  return {
    number,
    nextAction: nextActionOf(state),
    contact: await createContacts(database).find(number),
    callBackNumberOf: await callersToCallOn(database, number),
    facts: await factsOfContact(database, number),
    calls: await outcomesOfContact(database, number, { limit }),
    appointments: await appointmentsOfNumber(database, number, { limit }),
    messages: await createMessages(database, { clock: systemClock }).ofContact(number, { limit }),
    tasks: await tasksOfContact(database, number, { limit }),
    texts: await createTexts(database).ofContact(number, { limit }),
    optedOutAt: await optedOutAt(database, number),
    consents: await consentEventsOf(database, number),
  }
}

function show(record: ContactRecord, timeZone: string): void {
  const when = (at: number) => slotWords(at, { timeZone, language: 'en-US' })
  const { contact, number, facts, callBackNumberOf } = record
  console.log(`${number}  ${contact?.name ?? 'no name'}${contact?.vip ? ', comes first' : ''}`)
  console.log(`Next: ${record.nextAction}`)
  section('Contact', [
    contact ? `${contact.calls} calls, the last on ${when(contact.lastCallAt)}` : 'Never called, as far as we keep it.',
    ...(contact?.officerId ? [`Knows ${contact.officerId}`] : []),
    ...(contact?.language ? [`Last spoken to in ${contact.language}`] : []),
    ...callBackNumberOf.map((caller) => `${caller} asked to be called back on this number`),
    ...facts.map(({ key, value, confirmed }) => `${key}: ${value} (${confirmed ? 'confirmed' : 'stated'})`),
  ])
  section(
    'Calls',
    record.calls.flatMap(({ startedAt, ...kept }) => callText(when(startedAt), kept)),
  )
  section(
    'Appointments',
    record.appointments.map((one) => `${when(one.startsAt)}, ${one.officerId}: ${one.status}`),
  )
  section(
    'Messages',
    record.messages.map(({ takenAt, urgency, text }) => `${when(takenAt)}, ${urgency}: ${text}`),
  )
  section(
    'Tasks',
    record.tasks.map((task) => taskText(task, when)),
  )
  section(
    'Texts',
    record.texts.map(
      (text) => `${when(text.createdAt)}, ${text.direction}, ${text.purpose}: ${text.body} (${text.status})`,
    ),
  )
  section('Consent', [
    record.optedOutAt === undefined ? 'Has not opted out.' : `Opted out on ${when(record.optedOutAt)}.`,
    ...record.consents.map((event) => consentText(event, when)),
  ])
}

function callText(rang: string, { callId, outcome, summary, madeBy }: KeptOutcome): string[] {
  const { disposition, reached, talkedMs, followUp } = outcome
  return [
    `${rang}, ${callId}: ${disposition}, reached ${reached}, ${seconds(talkedMs)}${followUp ? `; ${followUp}` : ''}`,
    `  ${summary}${madeBy === 'model' ? ' (by a model)' : ''}`,
  ]
}

function taskText({ kind, dueAt, doneAt, doneBecause, officerId, note }: Task, when: (at: number) => string): string {
  const state = doneAt === undefined ? `by ${when(dueAt)}` : `done on ${when(doneAt)}, ${doneBecause}`
  return `${kind} ${state}, ${officerId ?? 'whoever is free'}: ${note}`
}

function consentText({ event, channel, scope, source, evidence, at }: ConsentEvent, when: (at: number) => string) {
  return `${when(at)}: ${event}, ${channel}, ${scope}, by ${source}${evidence ? `: "${evidence}"` : ''}`
}

function section(title: string, lines: readonly string[]): void {
  console.log(`\n${title}`)
  for (const line of lines.length > 0 ? lines : ['None.']) console.log(`  ${line}`)
}
