import { languageName } from '../../lib/language-tag.ts'
import { slotWords } from '../scheduling/slot-words.ts'
import type { TaskKind } from '../tasks.ts'
import type { CallOutcome, SpokenLine } from './call-outcome.ts'

export interface ExtractOptions {
  readonly outcome: CallOutcome
  readonly transcript: readonly SpokenLine[]
  /** Names of officers, by id. */
  readonly officers: ReadonlyMap<string, string>
  /** Of the office: promises are told in it. */
  readonly timeZone: string
}

/**
 * What they wanted, what was done and how it ended, in sentences of fixed wording: nothing but what was said and saved,
 * so it can be believed where no model has made a summary, and compared with one that has.
 */
export function extractOf(options: ExtractOptions): string {
  const { outcome } = options
  return [
    wanted(options),
    ...spokenIn(outcome),
    ...appointmentTold(options),
    ...transferTold(options),
    ...messagesTold(outcome),
    ...promisesTold(options),
    ...(outcome.optedOut ? ['They do not want to be called or texted.'] : []),
    `${ENDINGS[outcome.disposition] ?? ''}Ended: ${outcome.endReason}.`,
  ].join(' ')
}

const LONGEST_QUOTE = 200
const ENDINGS: Readonly<Partial<Record<CallOutcome['disposition'], string>>> = {
  robocall: 'It was taken for a robocall. ',
  abandoned: 'They were not served. ',
  'question answered': 'It was answered from the facts of the company. ',
}
/** "Yes", "hello?" and "can you hear me" tell nothing of what somebody wants. */
const TELLING_WORDS = 5

function wanted({ outcome, transcript }: ExtractOptions): string {
  const said = transcript.filter(({ by, text }) => by === 'caller' && text.trim() !== '')
  const telling = said.find(({ text }) => text.trim().split(/\s+/).length >= TELLING_WORDS) ?? said[0]
  const name = outcome.facts.find(({ key }) => key === 'name')?.value ?? 'The caller'
  const who = outcome.direction === 'out' ? `We called. ${name}` : name
  if (!telling) return `${who} said nothing.`
  const matter =
    outcome.intent === undefined || outcome.intent === 'other' ? '' : ` (${outcome.intent.replaceAll('_', ' ')})`
  return `${who} said${matter}: "${cut(telling.text)}"`
}

function cut(text: string): string {
  const line = text.replaceAll(/["\s]+/g, ' ').trim()
  return line.length <= LONGEST_QUOTE ? line : `${line.slice(0, LONGEST_QUOTE).replace(/\s+\S*$/, '')} ...`
}

function spokenIn({ language }: CallOutcome): string[] {
  const name = languageName(language)
  return name === 'English' ? [] : [`The call was in ${name}.`]
}

const APPOINTMENTS: Readonly<Record<string, string>> = {
  booked: 'was booked',
  confirming: 'waits for the calendar, and they were told so',
  held: 'was held and not booked',
}

function appointmentTold({ outcome: { appointment }, officers }: ExtractOptions): string[] {
  if (!appointment) return []
  const { officerId, startsAt, timeZone, status } = appointment
  const when = slotWords(startsAt, { timeZone, language: 'en-US' })
  return [`An appointment with ${nameOf(officers, officerId)} on ${when} ${APPOINTMENTS[status] ?? `is ${status}`}.`]
}

function transferTold({ outcome: { transfer }, officers }: ExtractOptions): string[] {
  if (!transfer) return []
  const { outcome, officerId, talkedMs } = transfer
  const long = talkedMs === undefined ? '' : ` for ${Math.max(1, Math.round(talkedMs / 60_000))} min`
  switch (outcome) {
    case 'bridged':
      return [`They talked with ${nameOf(officers, officerId)}${long}.`]
    case 'handed over':
      return ['They were put through to the office; whether somebody picked up is not known.']
    case 'nobody free':
      return ['They were to be connected with an officer, and nobody was free.']
    case 'caller left':
      return ['They left while an officer was looked for.']
    case 'called off':
    case 'interrupted':
      return ['They were to be connected with an officer, which was broken off.']
    default:
      return outcome satisfies never
  }
}

function messagesTold({ messages }: CallOutcome): string[] {
  if (messages.length === 0) return []
  const urgent = messages.some(({ urgency }) => urgency === 'urgent') ? ' It is urgent.' : ''
  return [messages.length === 1 ? `A message was taken.${urgent}` : `${messages.length} messages were taken.${urgent}`]
}

const PROMISES: Readonly<Record<TaskKind, string>> = {
  'call back': 'They are to be called back',
  'confirm appointment': 'Their appointment is to be confirmed',
  'read message': 'Their message is to be read',
}

function promisesTold({ outcome: { promises }, officers, timeZone }: ExtractOptions): string[] {
  return promises.map(({ kind, dueAt, officerId }) => {
    const by = officerId === undefined ? '' : ` by ${nameOf(officers, officerId)}`
    return `${PROMISES[kind]}${by}, until ${slotWords(dueAt, { timeZone, language: 'en-US' })}.`
  })
}

function nameOf(officers: ReadonlyMap<string, string>, id: string | undefined): string {
  return id === undefined ? 'an officer' : (officers.get(id) ?? id)
}
