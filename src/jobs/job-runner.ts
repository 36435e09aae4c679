import type { Outbox, OutboxItem } from '../business/outbox.ts'
import type { Clock } from '../lib/clock.ts'
import { HearthlineError, messageOf } from '../lib/errors.ts'
import type { Log } from '../lib/log.ts'
import { LATE, orLate } from '../lib/patience.ts'
import type { Job, JobEnd } from './job.ts'
import { A_DAY_OF_TRIES, restMs } from './retry-schedule.ts'

export interface JobRunnerOptions {
  readonly outbox: Outbox
  readonly jobs: readonly Job[]
  readonly clock: Clock
  readonly log: Log
}

const DEADLINE_MS = 30_000
/** A handler that does not heed its signal is left to itself after this. */
const HEED_MS = 5_000
/** From the longest deadline to the end of the lease: heeding, saving how it ended, and clocks that differ. */
const LEASE_MARGIN_MS = 15_000
/** A job that says `later` and means now must not go round and round. */
const SHORTEST_REST_MS = 1_000
/** How long a stop waits for handlers to end by themselves, before it aborts them. */
const STOP_PATIENCE_MS = 8_000
const LONGEST_ERROR = 500
/** Claims beyond the last try in which a job's end may be seen to: an end that takes its worker with it is left undone. */
const TRIES_AT_END = 3

/**
 * Claims rows and carries them out by the job of their topic. A lease is longer than any deadline, so nobody else has
 * a row while its handler runs and heeds its signal. Rows of other topics are left alone: a newer process may know them.
 */
export class JobRunner implements AsyncDisposable {
  readonly topics: readonly string[]
  readonly #outbox: Outbox
  readonly #jobs: ReadonlyMap<string, Job>
  readonly #clock: Clock
  readonly #log: Log
  readonly #leaseMs: number
  readonly #running = new Map<number, Promise<void>>()
  readonly #claims = new Set<Promise<Promise<void>[]>>()
  readonly #stop = new AbortController()
  #stopping: Promise<void> | undefined

  constructor({ outbox, jobs, clock, log }: JobRunnerOptions) {
    this.#outbox = outbox
    this.#jobs = new Map(jobs.map((job) => [job.topic, job]))
    this.#clock = clock
    this.#log = log
    this.topics = [...this.#jobs.keys()]
    this.#leaseMs = Math.max(...jobs.map(deadlineOf), 0) + LEASE_MARGIN_MS
  }

  /** How many rows are being carried out here. */
  get busy(): number {
    return this.#running.size
  }

  /** When the row is through that is being carried out here; undefined: none of this id is. */
  running(id: number): Promise<void> | undefined {
    return this.#running.get(id)
  }

  /** Claims up to `limit` rows, of these ids if they are named, and begins them. What it gives never rejects. */
  async take(options: { limit: number; ids?: readonly number[] }): Promise<Promise<void>[]> {
    if (this.#stopping) return []
    const begun = this.#claim(options)
    this.#claims.add(begun)
    try {
      return await begun
    } finally {
      this.#claims.delete(begun)
    }
  }

  /** Begins nothing more, waits for what runs, and aborts what does not end; it is given back without a failure. */
  [Symbol.asyncDispose](): Promise<void> {
    this.#stopping ??= this.#close()
    return this.#stopping
  }

  async #claim(options: { limit: number; ids?: readonly number[] }): Promise<Promise<void>[]> {
    const claimedAtMs = this.#clock.monotonicMs()
    const except = [...this.#running.keys()]
    const items = await this.#outbox.claim({ ...options, except, topics: this.topics, leaseMs: this.#leaseMs })
    return items.map((item) => this.#begin(item, claimedAtMs))
  }

  #begin(item: OutboxItem, claimedAtMs: number): Promise<void> {
    const run = this.#carryOut(item, claimedAtMs)
      .catch((error) => {
        const about = { jobId: item.id, topic: item.topic, callId: item.callId, error: messageOf(error) }
        this.#log.error(about, 'how a job ended could not be saved: it is tried again when its lease is over')
      })
      .finally(() => this.#running.delete(item.id))
    this.#running.set(item.id, run)
    return run
  }

  async #carryOut(item: OutboxItem, claimedAtMs: number): Promise<void> {
    const job = this.#jobs.get(item.topic)
    if (!job) throw new HearthlineError('job_unknown', `No job of topic ${item.topic} is known here.`)
    // A claim may come when a stop has begun: the handler would be aborted in its first step.
    if (this.#stopping) return await this.#outbox.postpone(item, item.availableAt)
    try {
      const end = await this.#try(job, item, claimedAtMs)
      if (end === 'done') await this.#outbox.done(item)
      else await this.#outbox.postpone(item, Math.max(end.later, this.#clock.now() + SHORTEST_REST_MS))
    } catch (thrown) {
      if (this.#stop.signal.aborted) await this.#outbox.postpone(item, item.availableAt)
      else await this.#fail(job, item, thrown)
    }
  }

  async #try(job: Job, item: OutboxItem, claimedAtMs: number): Promise<JobEnd> {
    if (item.attempts > triesOf(job)) throw lostEachTime(item, triesOf(job))
    const payload = payloadOf(job, item)
    const leftMs = Math.max(0, deadlineOf(job) - (this.#clock.monotonicMs() - claimedAtMs))
    return await this.#within(job, leftMs, (signal) =>
      job.run(payload, { key: item.key, attempts: item.attempts, signal }),
    )
  }

  /** Bounds a step of a job. One that does not heed its signal is left to itself a little later. */
  async #within<T>(job: Job, ms: number, step: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const deadline = new AbortController()
    using _timer = this.#clock.after(ms, () => deadline.abort(timedOut(job)))
    const run = step(AbortSignal.any([deadline.signal, this.#stop.signal]))
    try {
      const end = await orLate(run, { clock: this.#clock, ms: ms + HEED_MS })
      if (end !== LATE) return end
    } catch (thrown) {
      // What a handler throws when it heeds its signal is as various as what it was doing.
      if (!deadline.signal.aborted) throw thrown
    }
    throw deadline.signal.reason
  }

  async #fail(job: Job, item: OutboxItem, thrown: unknown): Promise<void> {
    const error = messageOf(thrown).slice(0, LONGEST_ERROR)
    const rest = restMs(thrown, item.attempts, job.retry ?? A_DAY_OF_TRIES)
    const code = thrown instanceof HearthlineError ? thrown.code : undefined
    // A provider's message may quote what it was given.
    const about = {
      jobId: item.id,
      topic: item.topic,
      callId: item.callId,
      attempts: item.attempts,
      code,
      pii: { error },
    }
    if (rest === undefined) {
      await this.#seeToEnd(job, item)
      await this.#outbox.giveUp(item, error)
      this.#log.error(about, 'job given up: see npm run jobs')
    } else {
      await this.#outbox.fail(item, { error, retryAt: this.#clock.now() + rest })
      this.#log.warn({ ...about, restMs: Math.round(rest) }, 'job failed: it is tried again')
    }
  }

  /** Before the row is closed: a process that dies in between comes back to it when the lease is over. */
  async #seeToEnd(job: Job, item: OutboxItem): Promise<void> {
    const { key, attempts } = item
    const { success, data } = job.payload.safeParse(item.payload)
    if (!success || attempts > triesOf(job) + TRIES_AT_END) return
    await this.#within(job, deadlineOf(job), async (signal) => job.givenUp?.(data, { key, attempts, signal }))
  }

  async #close(): Promise<void> {
    // A claim under way may still bring rows; they are given back, or others would wait for their lease.
    await Promise.allSettled(this.#claims)
    const idle = () => Promise.all(this.#running.values())
    await orLate(idle(), { clock: this.#clock, ms: STOP_PATIENCE_MS })
    this.#stop.abort(new HearthlineError('worker_stopped', 'The process stops. The job goes on elsewhere or later.'))
    await orLate(idle(), { clock: this.#clock, ms: HEED_MS })
  }
}

function deadlineOf(job: Job): number {
  return job.deadlineMs ?? DEADLINE_MS
}

function triesOf({ retry = A_DAY_OF_TRIES }: Job): number {
  return retry.tries
}

function payloadOf(job: Job, item: OutboxItem): unknown {
  if (item.payload === undefined) throw payloadBroken(item)
  const { success, data, error } = job.payload.safeParse(item.payload)
  if (success) return data
  const message = `The payload of ${item.key} is not what ${job.topic} takes. Correct who adds it. (${error.message})`
  throw new HearthlineError('job_payload_invalid', message, { cause: error })
}

function payloadBroken({ id, key }: OutboxItem): HearthlineError {
  const message = `The payload of ${key} is no JSON. Correct it in row ${id} of the table outbox, then: npm run jobs -- retry ${id}`
  return new HearthlineError('job_payload_broken', message)
}

function timedOut(job: Job): HearthlineError {
  const message = `${job.topic} did not end within ${deadlineOf(job)} ms. Whether it had its effect is looked up next time.`
  return new HearthlineError('job_timed_out', message, { retryable: true })
}

function lostEachTime(item: OutboxItem, tries: number): HearthlineError {
  const before = item.lastError === undefined ? '' : ` The failure before: ${item.lastError}`
  const message = `Its worker ended in the middle of try ${tries}, the last. See what stopped the process.${before}`
  return new HearthlineError('job_lost', message)
}
