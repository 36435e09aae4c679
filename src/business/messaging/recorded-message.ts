import { retry } from '../../lib/backoff.ts'
import type { Clock } from '../../lib/clock.ts'
import { HearthlineError } from '../../lib/errors.ts'
import type { CallLog } from '../call-log.ts'
import type { Messages } from '../messages.ts'

export interface RecordedMessageParts {
  readonly callLog: Pick<CallLog, 'find'>
  readonly messages: Pick<Messages, 'take'>
  readonly clock: Clock
}

interface Recorded {
  readonly recordingUrl: string
  readonly durationSeconds: number
}

/** The carrier asks once and waits 15 s: a database that is away for a moment must not cost the message. */
const KEEP = { tries: 4, firstDelayMs: 500, factor: 2, capMs: 4_000, jitter: 0.1 } as const

/** Takes a message that was recorded without us, like any other. Throws what the database threw last. */
export function keepRecordedMessage({
  callLog,
  messages,
  clock,
}: RecordedMessageParts): (carrierCallId: string, recorded: Recorded) => Promise<void> {
  const keep = async (carrierCallId: string, { recordingUrl, durationSeconds }: Recorded) => {
    const call = await callLog.find(carrierCallId)
    await messages.take({
      // A caller who was turned away has no call with us; the carrier's id still names it.
      callId: call?.callId ?? carrierCallId,
      idempotencyKey: `recorded:${recordingUrl}`,
      callerNumber: call?.from,
      name: undefined,
      callbackNumber: undefined,
      text: `A recorded message of ${durationSeconds} s: ${recordingUrl}`,
      urgency: 'normal',
    })
  }
  const isRetryable = (thrown: unknown) => thrown instanceof HearthlineError && thrown.retryable
  return (...recorded) => retry(() => keep(...recorded), { ...KEEP, clock, isRetryable })
}
