import type { EndReason, LedgerEntry } from '../../call/facts.ts'
import type { ConsentEvent } from '../consent/consents.ts'
import type { Message } from '../messages.ts'
import type { Appointment } from '../scheduling/appointments.ts'
import type { Task } from '../tasks.ts'
import type { Text } from '../texting/texts.ts'
import type { CallOutcome, Disposition, FollowUp, TransferEnd } from './call-outcome.ts'
import { type Learned, learnedFrom } from './learned.ts'

/** A call that has ended, and all that was done in it. Everything is this call's own. */
export interface CallMatter {
  readonly endReason: EndReason
  readonly talkedMs: number
  /** Turns of the caller that were answered. */
  readonly turns: number
  readonly robocall: boolean
  readonly entries: readonly LedgerEntry[]
  /** Tags of the languages we speak. */
  readonly languages: readonly string[]
  readonly appointments: readonly Appointment[]
  /** How long they talked, by id of the transfer; the rest stands in the ledger. */
  readonly talkedWithOfficerMs: ReadonlyMap<string, number>
  readonly messages: readonly Message[]
  readonly tasks: readonly Task[]
  readonly texts: readonly Text[]
  readonly consents: readonly ConsentEvent[]
}

/** Reads what came of a call off its ledger and what was saved in it; nothing is made up, nobody is asked. */
export function outcomeOf(matter: CallMatter): CallOutcome {
  const { language, intent, facts, mood } = learnedFrom(matter.entries, matter.languages)
  const transfer = transferOf(matter)
  const appointment = appointmentOf(matter)
  const done = { transfer, appointment, optedOut: hasOptedOut(matter) }
  const disposition = dispositionOf(matter, done)
  const followUp = followUpOf(matter, { ...done, disposition, mood })
  return {
    disposition,
    reached: reachedOf(matter, transfer),
    direction: isOurs(matter) ? 'out' : 'in',
    endReason: matter.endReason,
    talkedMs: Math.round(matter.talkedMs),
    ...(intent !== undefined && { intent }),
    language,
    ...(mood && { mood }),
    facts,
    ...(appointment && { appointment }),
    ...(transfer && { transfer }),
    messages: matter.messages.map(({ id, urgency }) => ({ id, urgency })),
    texts: matter.texts.map(({ id, purpose, status }) => ({ id, purpose, status })),
    optedOut: done.optedOut,
    promises: promisesOf(matter),
    ...(followUp && { followUp }),
  }
}

interface Done {
  readonly transfer: CallOutcome['transfer']
  readonly appointment: CallOutcome['appointment']
  readonly optedOut: boolean
}

const LOST: ReadonlySet<EndReason> = new Set(['caller hung up', 'never connected', 'line lost', 'interrupted'])

function isOurs({ entries }: CallMatter): boolean {
  return entries.some(({ fact }) => fact.type === 'call.placed')
}

function transferOf({ entries, talkedWithOfficerMs }: CallMatter): CallOutcome['transfer'] {
  let transfer: { id: string; outcome: TransferEnd; officerId?: string } | undefined
  for (const { fact } of entries) {
    if (fact.type === 'transfer.started') transfer = { id: fact.transferId, outcome: 'interrupted' }
    if (fact.type === 'transfer.ended') {
      const { transferId: id, outcome, officerId } = fact
      transfer = { id, outcome, ...(officerId !== undefined && { officerId }) }
    }
    // Of a caller who waits for an officer in a conference, their transfer tells more.
    if (fact.type === 'call.handed-over' && fact.to === 'person' && fact.conference === undefined) {
      transfer = { id: '', outcome: 'handed over' }
    }
  }
  if (!transfer) return undefined
  const { id, ...told } = transfer
  const talkedMs = talkedWithOfficerMs.get(id)
  return { ...told, ...(talkedMs !== undefined && { talkedMs }) }
}

const STANDING = ['booked', 'confirming', 'held'] as const

/** The one that came to most. */
function appointmentOf({ appointments }: CallMatter): CallOutcome['appointment'] {
  const [best] = STANDING.flatMap((status) => appointments.filter((one) => one.status === status))
  if (!best) return undefined
  const { id, status, startsAt, timeZone, officerId } = best
  return { id, status, startsAt, timeZone, officerId }
}

function hasOptedOut({ endReason, consents }: CallMatter): boolean {
  return endReason === 'opted out' || consents.some(({ event }) => event === 'revoked')
}

function dispositionOf(matter: CallMatter, { transfer, appointment, optedOut }: Done): Disposition {
  if (matter.robocall) return 'robocall'
  if (optedOut) return 'opted out'
  if (appointment?.status === 'booked') return 'appointment booked'
  if (transfer?.outcome === 'bridged' || transfer?.outcome === 'handed over') return 'transferred'
  if (matter.messages.length > 0) return 'message taken'
  if (matter.tasks.some(({ kind }) => kind === 'call back')) return 'call back promised'
  if (wasLost(matter, transfer)) return 'abandoned'
  return wasAnswered(matter) ? 'question answered' : 'other'
}

/** They are gone, and were not served: nobody answered a word of theirs, or they gave up waiting for an officer. */
function wasLost(matter: CallMatter, transfer: CallOutcome['transfer']): boolean {
  if (isOurs(matter)) return false
  if (transfer?.outcome === 'caller left') return true
  return matter.turns === 0 && LOST.has(matter.endReason)
}

/** By the company's facts. */
function wasAnswered({ entries }: CallMatter): boolean {
  return entries.some(
    ({ fact }) =>
      fact.type === 'tool.ended' &&
      fact.name === 'answer_question' &&
      fact.outcome === 'replied' &&
      fact.reply.found !== false,
  )
}

function reachedOf(matter: CallMatter, transfer: CallOutcome['transfer']): CallOutcome['reached'] {
  if (transfer?.outcome === 'bridged') return 'officer'
  if (matter.messages.length > 0) return 'message'
  return matter.turns > 0 ? 'agent' : 'nobody'
}

function promisesOf({ tasks }: CallMatter): CallOutcome['promises'] {
  return tasks.map(({ id: taskId, kind, dueAt, officerId }) => {
    return { taskId, kind, dueAt, ...(officerId !== undefined && { officerId }) }
  })
}

function followUpOf(
  matter: CallMatter,
  { disposition, transfer, appointment, mood }: Done & { disposition: Disposition; mood: Learned['mood'] },
): FollowUp | undefined {
  if (disposition === 'abandoned') return 'they were not served'
  const isSettled = matter.tasks.length > 0 || matter.messages.length > 0 || appointment?.status === 'booked'
  if (isSettled || ['robocall', 'opted out', 'transferred'].includes(disposition)) return undefined
  if (appointment) return 'an appointment was left open'
  if (transfer) return 'nobody was free for them'
  return mood?.trend === 'frustrated' ? 'they left annoyed' : undefined
}
