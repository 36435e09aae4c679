import { z } from 'zod'
import type { Job, JobEnd } from '../../jobs/job.ts'
import { keepOutcome, outcomeOfCall } from '../call-outcomes.ts'
import { renewNextAction } from '../contact-state.ts'
import type { AfterCallParts } from './after-call-parts.ts'
import { lookAtCall } from './look-at-call.ts'

export const CALL_SETTLED_TOPIC = 'call.settled'

const callSettledPayload = z.object({ callId: z.string() })

const AGAIN_MS = 10 * 60_000
/** The carrier ends a talk with an officer after four hours (RELIABILITY S9). */
const LONGEST_TALK_MS = 4.5 * 3_600_000

/**
 * Looks at a call once more, when something of it became known after its end: how long they talked with an officer, or
 * that they left a message. Nothing but its outcome changes.
 */
export function createCallSettledJob(parts: AfterCallParts): Job<z.output<typeof callSettledPayload>> {
  const { database, clock, office } = parts
  return {
    topic: CALL_SETTLED_TOPIC,
    payload: callSettledPayload,
    async run({ callId }): Promise<JobEnd> {
      const before = await outcomeOfCall(database, callId)
      if (!before) return 'done'
      const robocall = before.outcome.disposition === 'robocall'
      const { outcome, extract, call, number } = await lookAtCall(parts, { callId, robocall })
      const isTalking = outcome.transfer?.outcome === 'bridged' && outcome.transfer.talkedMs === undefined
      const now = clock.now()
      if (isTalking && now < (call.outcome?.endedAt ?? 0) + LONGEST_TALK_MS) return { later: now + AGAIN_MS }
      await database.transaction().execute(async (transaction) => {
        const kept = (await outcomeOfCall(transaction, callId)) ?? before
        const summary = kept.madeBy === 'model' ? kept.summary : extract
        await keepOutcome(transaction, { ...kept, outcome, summary, madeAt: now })
        if (number !== undefined) await renewNextAction(transaction, number, { now, timeZone: office.timeZone })
      })
      return 'done'
    },
  }
}
