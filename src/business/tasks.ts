import type { Clock } from '../lib/clock.ts'
import { createId } from '../lib/ids.ts'
import type { Database, Transaction } from '../storage/database.ts'
import type { Tables, TaskRow } from '../storage/tables.ts'
import { insertOnce } from './insert-once.ts'
import type { Urgency } from './messages.ts'

/** Owner of the table `tasks`: what somebody of the office has to do, and by when. */
export interface Tasks {
  /** What is not done yet, the soonest due first; of one officer when given. */
  open(options: { limit: number; officerId?: string }): Promise<Task[]>
  /** What is done, the latest first. */
  finished(options: { limit: number }): Promise<Task[]>
  /** Of one call, in the order they were given. */
  ofCall(callId: string): Promise<Task[]>
  find(id: string): Promise<Task | undefined>
  /** False when there is no such task, or it was done before. */
  done(id: string, because: string): Promise<boolean>
}

export type TaskKind = 'call back' | 'confirm appointment' | 'read message'

export interface Task {
  readonly id: string
  readonly kind: TaskKind
  /** Undefined: whoever of the office sees it first. */
  readonly officerId: string | undefined
  /** E.164. */
  readonly contactNumber: string | undefined
  readonly callId: string | undefined
  readonly messageId: string | undefined
  /** Epoch ms, as every time here. */
  readonly dueAt: number
  readonly urgency: Urgency
  readonly note: string
  readonly createdAt: number
  readonly doneAt: number | undefined
  readonly doneBecause: string | undefined
}

export interface NewTask {
  /** Names what it follows from: `message:<message>`. The same key is the same task. */
  readonly key: string
  readonly kind: TaskKind
  readonly officerId?: string | undefined
  /** E.164. */
  readonly contactNumber?: string | undefined
  readonly callId?: string | undefined
  readonly messageId?: string | undefined
  readonly dueAt: number
  /** Default: `normal`. */
  readonly urgency?: Urgency
  readonly note: string
  /** Now, in epoch ms. */
  readonly at: number
}

/** Gives somebody something to do, within the transaction of what it follows from. */
export async function addTask(
  transaction: Transaction<Tables>,
  task: NewTask,
): Promise<{ readonly task: Task; readonly added: boolean }> {
  const { row, added } = await insertOnce(transaction, 'tasks', toRow(task))
  return { task: toTask(row), added }
}

/**
 * By its id, or by the key of what it followed from. False when there is no such task, or it was done before. `at` is
 * now, in epoch ms.
 */
export async function finishTask(
  database: Database,
  { because, at, ...task }: ({ id: string } | { key: string }) & { because: string; at: number },
): Promise<boolean> {
  const change = { done_at: Math.round(at), done_because: because }
  const open = database.updateTable('tasks').set(change).where('done_at', 'is', null)
  const named = 'id' in task ? open.where('id', '=', task.id) : open.where('idempotency_key', '=', task.key)
  return (await named.returning('id').executeTakeFirst()) !== undefined
}

/** For a number: what is open, the soonest due first, and then what is done. */
export async function tasksOfContact(
  database: Database,
  number: string,
  { limit }: { limit: number },
): Promise<Task[]> {
  const ofNumber = database.selectFrom('tasks').selectAll().where('contact_number', '=', number)
  const rows = await ofNumber
    .orderBy((order) => order.case().when('done_at', 'is', null).then(0).else(1).end())
    .orderBy('due_at')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(toTask)
}

export function createTasks(database: Database, { clock }: { clock: Clock }): Tasks {
  return {
    async open({ limit, officerId }) {
      const rows = await database
        .selectFrom('tasks')
        .selectAll()
        .where('done_at', 'is', null)
        .$if(officerId !== undefined, (query) => query.where('officer_id', '=', officerId ?? ''))
        .orderBy('due_at')
        .orderBy('id')
        .limit(limit)
        .execute()
      return rows.map(toTask)
    },

    async finished({ limit }) {
      const finished = database.selectFrom('tasks').selectAll().where('done_at', 'is not', null)
      return (await finished.orderBy('done_at', 'desc').orderBy('id').limit(limit).execute()).map(toTask)
    },

    async ofCall(callId) {
      const ofCall = database.selectFrom('tasks').selectAll().where('call_id', '=', callId)
      return (await ofCall.orderBy('created_at').orderBy('id').execute()).map(toTask)
    },

    async find(id) {
      const row = await database.selectFrom('tasks').selectAll().where('id', '=', id).executeTakeFirst()
      return row && toTask(row)
    },

    done: (id, because) => finishTask(database, { id, because, at: clock.now() }),
  }
}

function toRow(task: NewTask): TaskRow {
  return {
    id: createId('task'),
    idempotency_key: task.key,
    kind: task.kind,
    officer_id: task.officerId ?? null,
    contact_number: task.contactNumber ?? null,
    call_id: task.callId ?? null,
    message_id: task.messageId ?? null,
    due_at: Math.round(task.dueAt),
    urgency: task.urgency ?? 'normal',
    note: task.note,
    created_at: Math.round(task.at),
    done_at: null,
    done_because: null,
  }
}

function toTask(row: TaskRow): Task {
  return {
    id: row.id,
    // Only `toRow` writes this.
    kind: row.kind as TaskKind,
    officerId: row.officer_id ?? undefined,
    contactNumber: row.contact_number ?? undefined,
    callId: row.call_id ?? undefined,
    messageId: row.message_id ?? undefined,
    dueAt: row.due_at,
    urgency: row.urgency === 'urgent' ? 'urgent' : 'normal',
    note: row.note,
    createdAt: row.created_at,
    doneAt: row.done_at ?? undefined,
    doneBecause: row.done_because ?? undefined,
  }
}
