import type { Outbox, OutboxState } from '../business/outbox.ts'
import type { Clock } from '../lib/clock.ts'
import { HearthlineError, messageOf } from '../lib/errors.ts'
import type { Log } from '../lib/log.ts'
import type { Metrics } from '../lib/metrics.ts'
import { openBullMqQueue } from './bullmq-queue.ts'
import type { Job } from './job.ts'
import type { JobQueue } from './job-queue.ts'
import { JobRunner } from './job-runner.ts'

/** Carries out what the outbox holds. Dispose to stop: what runs is waited for, though not for long. */
export interface Worker extends AsyncDisposable {
  /** A row was committed: look now rather than at the next tick. */
  nudge(): void
  /**
   * Carries out the row of this key at once if it is due and free, or waits for it if it runs here; gives how it
   * stands then. Whoever cannot wait for the job's deadline bounds this. Throws `job_unknown` when there is none.
   */
  runNow(key: string): Promise<OutboxState>
}

export interface WorkerOptions {
  readonly outbox: Outbox
  readonly jobs: readonly Job[]
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Pick<Metrics, 'outboxOldestAge'>
  /** Shares the jobs out among the processes by BullMQ; without it each takes what it finds. */
  readonly redisUrl?: string | undefined
  /** Rows at the same time in this process. */
  readonly concurrency?: number
}

const CONCURRENCY = 8
/** Finds rows of other processes, and those whose time has come; what is added here is told by `nudge`. */
const LOOK_MS = 1_000
const MEASURE_MS = 15_000
/** Rows handed to the queue in one look. */
const HANDED_AT_ONCE = 100

/**
 * Opens the worker of this process. The outbox says what is to be done and who has it, whichever way a row comes here;
 * a queue only says who should go and get it. So a lost, late or doubled message of Redis costs time and nothing else,
 * and while Redis cannot be reached this process takes the rows itself: a text promised to a caller does not wait for
 * it (RELIABILITY F11).
 */
export function openWorker(options: WorkerOptions): Worker {
  return new OutboxWorker(options)
}

class OutboxWorker implements Worker {
  readonly #options: WorkerOptions
  readonly #concurrency: number
  readonly #runner: JobRunner
  readonly #queue: JobQueue | undefined
  readonly #timers = new DisposableStack()
  #looking: Promise<void> | undefined
  #lookAgain = false
  #healthy = true

  constructor(options: WorkerOptions) {
    this.#options = options
    this.#concurrency = options.concurrency ?? CONCURRENCY
    this.#runner = new JobRunner(options)
    this.#queue = this.#openQueue(options)
    this.#timers.use(options.clock.every(LOOK_MS, () => this.nudge()))
    this.#timers.use(options.clock.every(MEASURE_MS, () => void this.#measure()))
    this.nudge()
  }

  nudge(): void {
    this.#lookAgain = true
    this.#looking ??= this.#look()
  }

  async runNow(key: string): Promise<OutboxState> {
    const { id, state } = await this.#find(key)
    if (state !== 'open') return state
    await (this.#runner.running(id) ?? this.#take([id]))
    return (await this.#find(key)).state
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#timers.dispose()
    await this.#looking
    await this.#runner[Symbol.asyncDispose]()
    await this.#queue?.[Symbol.asyncDispose]()
  }

  #openQueue({ redisUrl, clock, log }: WorkerOptions): JobQueue | undefined {
    if (redisUrl === undefined) return undefined
    return openBullMqQueue({
      url: redisUrl,
      concurrency: this.#concurrency,
      clock,
      log,
      onDelivery: (id) => this.#take([id]),
    })
  }

  /** One look at a time; what is told meanwhile is looked for right after. Never rejects. */
  async #look(): Promise<void> {
    while (this.#lookAgain && !this.#timers.disposed) {
      this.#lookAgain = false
      await this.#goRound().then(
        () => this.#noteHealth(undefined),
        (error) => this.#noteHealth(error),
      )
    }
    this.#looking = undefined
  }

  async #goRound(): Promise<void> {
    const ids = await this.#handOver()
    const limit = this.#concurrency - this.#runner.busy
    if (limit <= 0 || ids?.length === 0) return
    const runs = await this.#runner.take({ limit, ...(ids && { ids }) })
    for (const run of runs) void run.then(() => this.nudge())
  }

  /** The rows this process has to take itself; undefined: any it finds. */
  async #handOver(): Promise<number[] | undefined> {
    if (!this.#queue) return undefined
    const rows = await this.#options.outbox.takeable({ topics: this.#runner.topics, limit: HANDED_AT_ONCE })
    return await this.#queue.handOver(rows)
  }

  async #take(ids: readonly number[]): Promise<void> {
    await Promise.all(await this.#runner.take({ limit: ids.length, ids }))
    // The next row of its call was waiting for it.
    this.nudge()
  }

  async #find(key: string): Promise<{ id: number; state: OutboxState }> {
    const row = await this.#options.outbox.find(key)
    if (row) return row
    throw new HearthlineError('job_unknown', `Nothing is to be done under ${key}. Commit its outbox row first.`)
  }

  async #measure(): Promise<void> {
    const { outbox, metrics } = this.#options
    await outbox.oldestDueMs().then(
      (ms) => metrics.outboxOldestAge.set(ms / 1000),
      (error) => this.#noteHealth(error),
    )
  }

  /** One line for each outage of the database. */
  #noteHealth(error: unknown): void {
    if (error !== undefined && this.#healthy) {
      this.#options.log.error({ error: messageOf(error) }, 'the outbox cannot be read: jobs wait')
    }
    this.#healthy = error === undefined
  }
}
