import { z } from 'zod'
import type { Job, JobEnd } from '../../jobs/job.ts'
import { HearthlineError, messageOf } from '../../lib/errors.ts'
import { keepSummary } from '../call-outcomes.ts'
import type { AfterCallParts } from './after-call-parts.ts'
import { isFaithful, readable, type Summariser } from './summariser.ts'

export const CALL_SUMMARY_TOPIC = 'call.summary'

const callSummaryPayload = z.object({ callId: z.string() })

/** After these the extract stays: it is no matter for the office. */
const TRIES = 3

/** Has a model sum a call up. What it makes up is thrown away, and the extract stays. */
export function createCallSummaryJob(
  parts: AfterCallParts & { readonly summariser: Summariser },
): Job<z.output<typeof callSummaryPayload>> {
  const { database, clock, log, calls, readTranscript, summariser } = parts
  return {
    topic: CALL_SUMMARY_TOPIC,
    payload: callSummaryPayload,
    async run({ callId }, { attempts, signal }): Promise<JobEnd> {
      const call = await calls.get(callId)
      if (!call) return 'done'
      const transcript = readTranscript(call.entries)
      try {
        const summary = (await summariser.summarise(readable(transcript), signal)).replaceAll(/\s+/g, ' ').trim()
        if (isFaithful(summary, transcript)) await keepSummary(database, { callId, summary, at: clock.now() })
        else log.warn({ callId }, 'summary thrown away: it says what nobody said')
      } catch (cause) {
        if (attempts < TRIES) throw notMade(callId, cause)
        log.warn({ callId, error: messageOf(cause) }, 'no summary by a model: the extract stays')
      }
      return 'done'
    },
  }
}

function notMade(callId: string, cause: unknown): HearthlineError {
  const message = `Call ${callId} could not be summed up by the model; it is tried again. (${messageOf(cause)})`
  return new HearthlineError('summary_not_made', message, { cause, retryable: true })
}
