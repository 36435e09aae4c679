import type { Clock } from '../lib/clock.ts'
import { zonesOfNumber } from '../lib/us-time-zones.ts'
import type { Database, Transaction } from '../storage/database.ts'
import type { Tables } from '../storage/tables.ts'
import type { WorkingTime } from './officers/officer-hours.ts'
import { afterOpenTime } from './open-time.ts'
import type { GateAnswer } from './outbound/gate.ts'
import type { Outbound } from './outbound/outbound.ts'
import { slotWords } from './scheduling/slot-words.ts'
import { addTask, type Task } from './tasks.ts'

/** A caller who asks to be called back. */
export interface CallBackRequest {
  readonly callId: string
  /** Same intent, same key. */
  readonly idempotencyKey: string
  /** Where they call from, E.164: the only number that is ever dialled by us. */
  readonly callerNumber: string | undefined
  /** Another one, as they said it, for a person of the office to use. */
  readonly otherNumber: string | undefined
  readonly about: string
  readonly language: string
  /** Epoch ms; undefined: as soon as possible. */
  readonly at: number | undefined
}

export interface CallBackPromise {
  /** In words, in the caller's zone and language. */
  readonly due: string
  /** `us`: a call is placed. `a person`: somebody of the office is to call. */
  readonly by: 'us' | 'a person'
}

export interface CallBacksOptions {
  readonly database: Database
  readonly clock: Clock
  /** Undefined: we place no calls. */
  readonly outbound: Pick<Outbound, 'request' | 'requestCallBack'> | undefined
  readonly office: WorkingTime
}

/** Whoever asks for a call "as soon as possible" is on the line still. */
const SOONEST_MS = 5 * 60_000
const HOUR_MS = 60 * 60_000

/**
 * Call backs that are really made. The office has it to do, and to the caller's own number we place it ourselves when the
 * gate lets us; the task is done when they were talked with. Both are written together and durable when it resolves; the
 * same key again gives the same.
 */
export function createCallBacks({ database, clock, outbound, office }: CallBacksOptions): {
  request(callBack: CallBackRequest): Promise<CallBackPromise>
} {
  return {
    async request(wish) {
      const now = Math.round(clock.now())
      const { task, answer } = await database.transaction().execute(async (transaction) => {
        const { task, added } = await assign(transaction, wish, { now, office })
        const answer = outbound && (await place(transaction, { outbound, wish, task, isNew: added, now }))
        return { task, answer }
      })
      const isOurs = answer?.accepted === true
      const [timeZone = office.timeZone] = zonesOfNumber(wish.callerNumber ?? '')
      const at = isOurs ? answer.call.notBefore : task.dueAt
      return { due: slotWords(at, { timeZone, language: wish.language }), by: isOurs ? 'us' : 'a person' }
    },
  }
}

function assign(
  transaction: Transaction<Tables>,
  { callId, idempotencyKey, callerNumber, otherNumber, about, at }: CallBackRequest,
  { now, office }: { now: number; office: WorkingTime },
): Promise<{ task: Task; added: boolean }> {
  const number = otherNumber ?? callerNumber ?? 'no number'
  return addTask(transaction, {
    key: `call back:${idempotencyKey}`,
    kind: 'call back',
    contactNumber: callerNumber,
    callId,
    dueAt: at === undefined ? afterOpenTime(now, HOUR_MS, office) : afterOpenTime(at, 0, office),
    note: `Asked to be called back on ${number}, about: ${about}`,
    at: now,
  })
}

interface Placing {
  readonly outbound: Pick<Outbound, 'request' | 'requestCallBack'>
  readonly wish: CallBackRequest
  readonly task: Task
  readonly isNew: boolean
  readonly now: number
}

/** Asked for a second time it is the first call: their consent is evidence once. */
async function place(transaction: Transaction<Tables>, placing: Placing): Promise<GateAnswer | undefined> {
  const { outbound, wish, task, isNew, now } = placing
  const { callId, idempotencyKey, callerNumber, otherNumber, about: subject, language, at } = wish
  if (callerNumber === undefined || otherNumber !== undefined) return undefined
  const notBefore = Math.max(at ?? 0, now + SOONEST_MS)
  const call = {
    key: `call back:${idempotencyKey}`,
    number: callerNumber,
    subject,
    language,
    taskId: task.id,
    notBefore,
  }
  if (!isNew) return await outbound.request(transaction, { ...call, kind: 'call back', purpose: 'informational' })
  return await outbound.requestCallBack(transaction, call, { callId })
}
