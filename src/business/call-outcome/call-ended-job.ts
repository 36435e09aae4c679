import { z } from 'zod'
import type { Job } from '../../jobs/job.ts'
import type { Transaction } from '../../storage/database.ts'
import type { Tables } from '../../storage/tables.ts'
import { keepOutcome, outcomeOfCall } from '../call-outcomes.ts'
import { renewNextAction } from '../contact-state.ts'
import { findOutboundCall } from '../outbound/outbound-calls.ts'
import { addToOutbox } from '../outbox.ts'
import { finishTask } from '../tasks.ts'
import type { AfterCallParts } from './after-call-parts.ts'
import { CALL_SETTLED_TOPIC } from './call-settled-job.ts'
import { CALL_SUMMARY_TOPIC } from './call-summary-job.ts'
import { type CallLook, lookAtCall } from './look-at-call.ts'
import { mergeContact } from './merge-contact.ts'
import { textMissedCall } from './missed-call-text.ts'

const callEndedPayload = z.object({ callId: z.string(), robocall: z.boolean().default(false) })

/** A shorter talk says in its extract all there is to say. */
const FEWEST_LINES = 5
const LOOK_AGAIN_MS = 5 * 60_000

/**
 * What follows from a call that is over: its contact is merged, its outcome and summary are kept, who was missed is
 * texted, and what the office should do next is written down. All of it is one transaction, so a crash leaves nothing
 * half done, and a second run finds the same again.
 */
export function createCallEndedJob(parts: AfterCallParts): Job<z.output<typeof callEndedPayload>> {
  return {
    topic: 'call.ended',
    payload: callEndedPayload,
    async run({ callId, robocall }) {
      // Before the look: an open hold is kept for its caller, who then needs no other text.
      const holdKept = robocall ? false : await parts.keepHold(callId)
      const look = await lookAtCall(parts, { callId, robocall })
      await parts.database.transaction().execute(async (transaction) => {
        await keepLook(transaction, parts, look)
        await finishPromise(transaction, look, parts.clock.now())
        if (isSomebody(look)) await mergeContact(transaction, look.number, look)
        if (!holdKept) await textMissedCall(transaction, parts, look)
        if (isSomebody(look)) await renewNextAction(transaction, look.number, momentOf(parts))
        await addLaterLooks(transaction, parts, look)
      })
      return 'done'
    },
  }
}

/** Keeps the outcome; a summary a model has made of the same talk stays. */
async function keepLook(transaction: Transaction<Tables>, parts: AfterCallParts, look: CallLook): Promise<void> {
  const { call, number, outcome, extract } = look
  const before = await outcomeOfCall(transaction, call.callId)
  const summary = before?.madeBy === 'model' ? before.summary : extract
  const madeBy = before?.madeBy === 'model' ? 'model' : 'extract'
  await keepOutcome(transaction, { callId: call.callId, number, outcome, summary, madeBy, madeAt: parts.clock.now() })
}

/** Robocalls, and those who never got to us, are nobody we know. */
function isSomebody(look: CallLook): look is CallLook & { readonly number: string } {
  const { number, outcome } = look
  return number !== undefined && outcome.disposition !== 'robocall' && outcome.endReason !== 'screened out'
}

/** Whom we had promised to call back has been talked with. */
async function finishPromise(transaction: Transaction<Tables>, { call, matter, outcome }: CallLook, at: number) {
  if (outcome.reached !== 'agent' && outcome.reached !== 'officer') return
  for (const { fact } of matter.entries) {
    if (fact.type !== 'call.placed') continue
    const placed = await findOutboundCall(transaction, fact.placed.outboundId)
    const id = placed?.kind === 'call back' ? placed.taskId : undefined
    if (id !== undefined) await finishTask(transaction, { id, because: `called back in ${call.callId}`, at })
  }
}

function momentOf({ clock, office }: AfterCallParts) {
  return { now: clock.now(), timeZone: office.timeZone }
}

/** Neither names its call: whatever else follows from the call does not wait for a model, or for a talk of hours. */
async function addLaterLooks(transaction: Transaction<Tables>, parts: AfterCallParts, look: CallLook): Promise<void> {
  const { outcome, transcript } = look
  const { callId } = look.call
  const at = parts.clock.now()
  const payload = { callId }
  if (outcome.transfer?.outcome === 'bridged' && outcome.transfer.talkedMs === undefined) {
    const notBefore = at + LOOK_AGAIN_MS
    await addToOutbox(transaction, {
      topic: CALL_SETTLED_TOPIC,
      key: `${CALL_SETTLED_TOPIC}:${callId}`,
      payload,
      at,
      notBefore,
    })
  }
  if (parts.summariser && outcome.disposition !== 'robocall' && transcript.length >= FEWEST_LINES) {
    await addToOutbox(transaction, { topic: CALL_SUMMARY_TOPIC, key: `${CALL_SUMMARY_TOPIC}:${callId}`, payload, at })
  }
}
