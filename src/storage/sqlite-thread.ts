import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { HearthlineError } from '../lib/errors.ts'
import type { Log } from '../lib/log.ts'
import { nameDatabaseError } from './database-errors.ts'
import type { SqliteReply, SqliteRequest, SqliteResult } from './sqlite-protocol.ts'

/** A worker that holds SQLite; it stays alive until the thread that wraps it is disposed. */
export function startSqliteWorker(): Worker {
  return new Worker(new URL('./sqlite-worker.ts', import.meta.url))
}

/**
 * The main thread's end of the SQLite worker. Requests are answered in order. When the worker dies, everything asked
 * and everything asked later rejects with `database_gone`: what a commit under way did is then unknown.
 */
export class SqliteThread implements AsyncDisposable {
  readonly #worker: Worker
  readonly #log: Log
  readonly #unanswered: PromiseWithResolvers<SqliteResult>[] = []
  readonly #exited: Promise<unknown>
  #closing = false
  #gone: HearthlineError | undefined

  constructor(worker: Worker, log: Log) {
    this.#worker = worker
    this.#log = log
    worker.on('message', (reply: SqliteReply) => this.#settle(reply))
    worker.on('error', (error) => this.#die(error))
    worker.on('exit', () => this.#die(undefined))
    this.#exited = once(worker, 'exit').catch(() => undefined)
  }

  /** Rejects with a `HearthlineError` of `nameDatabaseError`, or with SQLite's own error and its `code`. */
  ask(request: SqliteRequest): Promise<SqliteResult> {
    if (this.#gone) return Promise.reject(this.#gone)
    const answer = Promise.withResolvers<SqliteResult>()
    this.#unanswered.push(answer)
    this.#worker.postMessage(request)
    return answer.promise
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#gone) return
    this.#closing = true
    await this.ask({ type: 'close' })
    await this.#exited
  }

  #settle(reply: SqliteReply): void {
    if (reply.lockWaitMs > 0) this.#log.warn({ lockWaitMs: reply.lockWaitMs }, 'database was locked')
    const answer = this.#unanswered.shift()
    if (reply.ok) answer?.resolve(reply.result)
    else answer?.reject(nameDatabaseError(Object.assign(new Error(reply.message), { code: reply.code })))
  }

  /** Called by `error` and then again by `exit`; the first cause stands. */
  #die(cause: unknown): void {
    if (this.#gone) return
    const message = 'The database thread ended. Nothing more can be saved by this process: restart it.'
    this.#gone = new HearthlineError('database_gone', message, { cause })
    if (!this.#closing) this.#log.fatal({ err: cause }, 'database thread died')
    for (const answer of this.#unanswered.splice(0)) answer.reject(this.#gone)
  }
}
