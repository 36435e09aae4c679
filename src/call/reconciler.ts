import type { Clock } from '../lib/clock.ts'
import { messageOf } from '../lib/errors.ts'
import type { Log } from '../lib/log.ts'
import { recordOf } from './call-record.ts'
import type { CallServices } from './call-services.ts'
import type { CallStore, NewCall } from './call-store.ts'
import { endReasonOfGone } from './stored-answer.ts'

export interface ReconcilerOptions {
  readonly store: CallStore
  readonly price: CallServices['price']
  readonly onEnded: CallServices['onEnded']
  /** Whether a call is held by this process. */
  readonly isLive: (carrierCallId: string) => boolean
  /** Whether the carrier has ended it. Rejects when the carrier cannot be asked. */
  readonly isOver: (carrierCallId: string) => Promise<boolean>
  readonly clock: Clock
  readonly log: Log
}

/** No call may stay unfinished for a minute after its carrier leg is gone (RELIABILITY I1). */
const EVERY_MS = 25_000
/** A call this young may be on its way through another process's webhook. */
const YOUNGEST_MS = 10_000

/**
 * Ends the calls that a killed process left behind, once the carrier says that they are over. A call that still goes on
 * belongs to the resume webhook, here or in another process. Dispose to stop.
 */
export function startReconciler(options: ReconcilerOptions): AsyncDisposable {
  let round: Promise<void> | undefined
  const look = () => {
    round ??= reconcile(options).finally(() => {
      round = undefined
    })
  }
  const timer = options.clock.every(EVERY_MS, look)
  look()
  return {
    async [Symbol.asyncDispose]() {
      timer[Symbol.dispose]()
      await round
    },
  }
}

/** One round; never rejects. */
export async function reconcile(options: ReconcilerOptions): Promise<void> {
  const { store, log } = options
  try {
    for (const call of await store.unfinished()) await reconcileCall(call, options)
  } catch (error) {
    log.warn({ error: messageOf(error) }, 'unfinished calls could not be looked through; trying again')
  }
}

/** The ledger of a call, which may be long, is read only once it is needed: live calls talk meanwhile. */
async function reconcileCall(call: NewCall, options: ReconcilerOptions): Promise<void> {
  const { store, price, onEnded, isLive, isOver, clock, log } = options
  const { callId, carrierCallId } = call
  // One that has yet to begin is of a clock that was set back since, and of any age.
  const ageMs = clock.now() - call.startedAt
  if (isLive(carrierCallId) || (ageMs >= 0 && ageMs < YOUNGEST_MS)) return
  try {
    if (!(await isOver(carrierCallId))) return
    const { entries = [] } = (await store.find(carrierCallId)) ?? {}
    const endReason = endReasonOfGone(entries)
    await store.end(recordOf({ callId, entries, endedAt: clock.now(), endReason, price }))
    onEnded(endReason, entries)
    log.info({ callId, endReason }, 'unfinished call ended')
  } catch (error) {
    log.warn({ callId, error: messageOf(error) }, 'unfinished call could not be ended; trying again')
  }
}
