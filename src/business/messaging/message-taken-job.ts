import { z } from 'zod'
import type { Job } from '../../jobs/job.ts'
import type { Transaction } from '../../storage/database.ts'
import type { Tables } from '../../storage/tables.ts'
import { CALL_SETTLED_TOPIC } from '../call-outcome/call-settled-job.ts'
import { outcomeOfCall } from '../call-outcomes.ts'
import { renewNextAction } from '../contact-state.ts'
import { normaliseNumber } from '../contacts.ts'
import type { Message } from '../messages.ts'
import type { Officer } from '../officers/officer.ts'
import { workingTimeOf } from '../officers/officer-hours.ts'
import { afterOpenTime } from '../open-time.ts'
import { addToOutbox } from '../outbox.ts'
import { slotWords } from '../scheduling/slot-words.ts'
import { addTask, type Task } from '../tasks.ts'
import { queueText } from '../texting/texts.ts'
import { chooseOfficer } from './choose-officer.ts'
import { MESSAGE_MAIL_TOPIC } from './message-mail-job.ts'
import type { MessageParts } from './message-parts.ts'
import { callerOf, noteOf } from './message-words.ts'

const messageTakenPayload = z.object({ messageId: z.string() })

/** Of the officer's open time, in ms. */
const DUE_AFTER_MS = { urgent: 30 * 60_000, normal: 60 * 60_000 } as const

/**
 * Passes a message on: somebody of the office gets a task with a due time, a text at once when it is urgent and in their
 * hours when it is not, and an e-mail with the whole call. One transaction, so it happens once however often it runs.
 */
export function createMessageTakenJob(parts: MessageParts): Job<z.output<typeof messageTakenPayload>> {
  const { database, clock, log, office } = parts
  return {
    topic: 'message.taken',
    payload: messageTakenPayload,
    async run({ messageId }) {
      const message = await parts.messages.find(messageId)
      if (!message) return 'done'
      const officer = await chooseOfficer(parts, message)
      if (!officer) log.warn({ messageId, callId: message.callId }, 'no officer for a message: see the open tasks')
      const now = clock.now()
      await database.transaction().execute(async (transaction) => {
        const { task, added } = await assign(transaction, parts, { message, officer, now })
        if (!added) return
        if (officer) await tell(transaction, parts, { message, officer, task, now })
        await tellTheCall(transaction, message, now)
        const number = normaliseNumber(message.callerNumber)
        if (number !== undefined) await renewNextAction(transaction, number, { now, timeZone: office.timeZone })
      })
      return 'done'
    },
  }
}

function assign(
  transaction: Transaction<Tables>,
  { office }: MessageParts,
  { message, officer, now }: { message: Message; officer: Officer | undefined; now: number },
): Promise<{ task: Task; added: boolean }> {
  const working = officer ? workingTimeOf(officer, office) : office
  const { id: messageId, callId, callerNumber, callbackNumber, urgency } = message
  return addTask(transaction, {
    key: `message:${messageId}`,
    kind: (callbackNumber ?? callerNumber) === undefined ? 'read message' : 'call back',
    officerId: officer?.id,
    contactNumber: normaliseNumber(callerNumber) ?? normaliseNumber(callbackNumber),
    callId,
    messageId,
    dueAt: afterOpenTime(now, DUE_AFTER_MS[urgency], working),
    urgency,
    note: noteOf(message),
    at: now,
  })
}

interface Telling {
  readonly message: Message
  readonly officer: Officer
  readonly task: Task
  readonly now: number
}

async function tell(transaction: Transaction<Tables>, parts: MessageParts, telling: Telling): Promise<void> {
  const { message, officer, task, now } = telling
  if (parts.textBook) await textOfficer(transaction, parts, { ...telling, book: parts.textBook })
  if (!parts.mailer || officer.email === undefined) return
  const payload = { messageId: message.id, officerId: officer.id, dueAt: task.dueAt }
  await addToOutbox(transaction, {
    topic: MESSAGE_MAIL_TOPIC,
    key: `${MESSAGE_MAIL_TOPIC}:${message.id}`,
    payload,
    at: now,
  })
}

async function textOfficer(
  transaction: Transaction<Tables>,
  { office }: MessageParts,
  { message, officer, task, now, book }: Telling & { readonly book: NonNullable<MessageParts['textBook']> },
): Promise<void> {
  const working = workingTimeOf(officer, office)
  const key = message.urgency === 'urgent' ? 'officer-message-urgent' : 'officer-message'
  const time = slotWords(task.dueAt, { timeZone: working.timeZone, language: 'en-US' })
  await queueText(transaction, {
    key: `message:${message.id}`,
    number: officer.phone,
    purpose: 'message',
    language: 'en-US',
    body: book.say(key, 'en-US', { ...callerOf(message), time, note: message.text }),
    callId: message.callId,
    at: now,
    notBefore: message.urgency === 'urgent' ? now : afterOpenTime(now, 0, working),
  })
}

/** One that comes after the end of its call, as recorded ones do, is part of what came of the call. */
async function tellTheCall(transaction: Transaction<Tables>, { id, callId }: Message, at: number): Promise<void> {
  if (!(await outcomeOfCall(transaction, callId))) return
  const key = `${CALL_SETTLED_TOPIC}:${callId}:${id}`
  await addToOutbox(transaction, { topic: CALL_SETTLED_TOPIC, key, payload: { callId }, at })
}
