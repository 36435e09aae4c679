import { messageOf } from '../lib/errors.ts'
import type { Log } from '../lib/log.ts'
import type { PhoneLine } from '../telephony/line.ts'
import { recordOf } from './call-record.ts'
import type { CallRecording } from './call-recording.ts'
import type { CallServices } from './call-services.ts'
import type { EndReason } from './facts.ts'
import type { CallLedger } from './ledger.ts'

/** What a call leaves behind when it is over. */
export interface ClosingCall {
  readonly callId: string
  /** Its line, if it still has one. */
  readonly line: PhoneLine | undefined
  /** Everything else it opened. */
  readonly resources: AsyncDisposableStack
  readonly recording: CallRecording
  readonly ledger: CallLedger
  readonly services: Pick<CallServices, 'store' | 'clock' | 'price' | 'onEnded'>
  readonly log: Log
}

/**
 * Closes what a call opened and saves its record, whatever fails on the way (RELIABILITY I1). A call that was
 * `shut down` is only let go: it stays unfinished in the store. Never rejects.
 */
export async function closeCall(reason: EndReason, call: ClosingCall): Promise<void> {
  const { line, resources, recording, ledger, log } = call
  await attempt('closing the engine', log, () => resources.disposeAsync())
  if (line) await attempt('closing the line', log, () => line[Symbol.asyncDispose]())
  await attempt('closing the recording', log, () => recording.close())
  if (reason !== 'shut down') ledger.append({ type: 'call.ended', reason })
  // What cannot be saved is in the ledger as far as it could be stored; the reconciler ends the call from there.
  await attempt('saving the call', log, () => save(reason, call))
}

/** Whatever goes wrong while a call ends, it ends. */
export async function attempt(what: string, log: Log, work: () => PromiseLike<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    log.error({ error: messageOf(error) }, `${what} failed`)
  }
}

/** Closes a line the call has given up. What goes wrong is only logged: nobody waits for it. */
export function releaseLine(line: PhoneLine, log: Log): void {
  // Never rejects.
  void attempt('closing a line that was given up', log, () => line[Symbol.asyncDispose]())
}

async function save(endReason: EndReason, { callId, ledger, services }: ClosingCall): Promise<void> {
  const { store, clock, price, onEnded } = services
  const { kept: entries } = ledger
  await ledger.flush()
  if (endReason === 'shut down') return
  await store.end(recordOf({ callId, entries, endedAt: clock.now(), endReason, price }))
  onEnded(endReason, entries)
}
