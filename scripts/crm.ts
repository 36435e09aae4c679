import { z } from 'zod'
import { type KeptOutcome, outcomesOfContact } from '../src/business/call-outcomes.ts'
import { type ConsentEvent, consentEventsOf } from '../src/business/consent/consents.ts'
import { optedOutAt } from '../src/business/consent/opt-outs.ts'
import { type ContactFact, callersToCallOn, factsOfContact } from '../src/business/contact-facts.ts'
import { contactStateOf } from '../src/business/contact-state.ts'
import { type Contact, type Contacts, createContacts, normaliseNumber } from '../src/business/contacts.ts'
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
import { readCommandLine, readLimit, runScript } from './command-line.ts'
import { printSection } from './table.ts'

const USAGE = `What is known of a contact, and what came of their calls.

  npm run -s crm -- <number>                            contact, facts, calls, appointments, messages, tasks, texts,
                                                        consent, next action
      --limit 20                                        of each, the newest
      --json                                            for programs
  npm run -s crm -- <number> --vip on                   they come first from now on; off ends it
  npm run -s crm -- <number> --email ada@example.com    their e-mail address; none forgets it

Who comes first, and what it means, stands beside vip in officers.yaml. Only of somebody who has called is anything kept.`

interface Change {
  readonly vip: 'on' | 'off' | undefined
  /** `none`: it is to be forgotten. */
  readonly email: string | undefined
}

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
      options: {
        json: { type: 'boolean', default: false },
        limit: { type: 'string', default: '20' },
        vip: { type: 'string' },
        email: { type: 'string' },
      },
    },
    USAGE,
  )
  const [given] = positionals
  const number = normaliseNumber(given)
  if (number === undefined) throw new HearthlineError('bad_argument', `${given ?? 'Nothing'} is no number.\n\n${USAGE}`)
  const limit = readLimit(values.limit)
  const wanted = readChange(values)
  const { company, officers } = loadBusinessConfig()
  const log = createLog({ level: 'silent' })
  await using database = await openDatabase({ ...whereIs(loadStorageConfig()), log })
  if (wanted) {
    await change(createContacts(database), number, { ...wanted, alwaysFirst: officers.vip.includes(number) })
    return 0
  }
  const record = await gather(database, number, { limit, timeZone: company.timeZone })
  if (values.json) console.log(JSON.stringify(record, null, 2))
  else show(record, company.timeZone)
  return 0
}

/** What is to be changed; undefined: nothing. */
function readChange({ vip, email }: { vip?: string; email?: string }): Change | undefined {
  if (vip === undefined && email === undefined) return undefined
  if (vip !== undefined && vip !== 'on' && vip !== 'off') {
    throw new HearthlineError('bad_argument', `--vip is ${vip || 'empty'}; give on or off.`)
  }
  if (email !== undefined && email !== 'none' && !z.email().safeParse(email).success) {
    const expected = 'give an address such as ada@example.com, or none to forget theirs.'
    throw new HearthlineError('bad_argument', `--email is ${email || 'empty'}; ${expected}`)
  }
  return { vip, email }
}

async function change(
  contacts: Contacts,
  number: string,
  { vip, email, alwaysFirst }: Change & { readonly alwaysFirst: boolean },
): Promise<void> {
  if (!(await contacts.find(number))) {
    const advice = 'Who has not called yet is put first by vip in officers.yaml.'
    throw new HearthlineError('contact_unknown', `${number} has never called, so nothing can be kept of it. ${advice}`)
  }
  if (vip) {
    await contacts.setVip(number, vip === 'on')
    console.log(`${number} ${vip === 'on' ? 'comes first' : 'does not come first any more'}, from the next call on.`)
    if (vip === 'off' && alwaysFirst) console.log('It still does by vip in officers.yaml: take it out there, too.')
  }
  if (email) {
    await contacts.setEmail(number, email === 'none' ? undefined : email)
    console.log(email === 'none' ? `${number} has no e-mail address any more.` : `${number} is ${email} by e-mail.`)
  }
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
  const { contact, number } = record
  console.log(`${number}  ${contact?.name ?? 'no name'}${contact?.vip ? ', comes first' : ''}`)
  console.log(`Next: ${record.nextAction}\n`)
  printSection('Contact', contactText(record, when))
  printSection(
    'Calls',
    record.calls.flatMap(({ startedAt, ...kept }) => callText(when(startedAt), kept)),
  )
  printSection(
    'Appointments',
    record.appointments.map((one) => `${when(one.startsAt)}, ${one.officerId}: ${one.status}`),
  )
  printSection(
    'Messages',
    record.messages.map(({ takenAt, urgency, text }) => `${when(takenAt)}, ${urgency}: ${text}`),
  )
  printSection(
    'Tasks',
    record.tasks.map((task) => taskText(task, when)),
  )
  printSection(
    'Texts',
    record.texts.map(
      (text) => `${when(text.createdAt)}, ${text.direction}, ${text.purpose}: ${text.body} (${text.status})`,
    ),
  )
  printSection('Consent', [
    record.optedOutAt === undefined ? 'Has not opted out.' : `Opted out on ${when(record.optedOutAt)}.`,
    ...record.consents.map((event) => consentText(event, when)),
  ])
}

function contactText({ contact, callBackNumberOf, facts }: ContactRecord, when: (at: number) => string): string[] {
  return [
    contact ? `${contact.calls} calls, the last on ${when(contact.lastCallAt)}` : 'Never called, as far as we keep it.',
    ...(contact?.email ? [`E-mail ${contact.email}`] : []),
    ...(contact?.officerId ? [`Knows ${contact.officerId}`] : []),
    ...(contact?.language ? [`Last spoken to in ${contact.language}`] : []),
    ...callBackNumberOf.map((caller) => `${caller} asked to be called back on this number`),
    ...facts.map(({ key, value, confirmed }) => `${key}: ${value} (${confirmed ? 'confirmed' : 'stated'})`),
  ]
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
