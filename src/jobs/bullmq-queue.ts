import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { z } from 'zod'
import type { OutboxItem } from '../business/outbox.ts'
import type { Clock } from '../lib/clock.ts'
import { messageOf } from '../lib/errors.ts'
import type { Log } from '../lib/log.ts'
import { orLate } from '../lib/patience.ts'
import type { JobQueue } from './job-queue.ts'

/** One for all processes of a house. Two houses with databases of their own need two Redis databases (`/0`, `/1`). */
const QUEUE = 'hearthline-jobs'
/** F11: a command that Redis does not answer in this time is taken as refused. */
const COMMAND_MS = 500
/** A row nobody came for in this time: the message, its worker or Redis was lost. */
const UNHEARD_MS = 30_000
const RECONNECT_MS = 5_000
const CLOSE_MS = 2_000

const deliverySchema = z.object({ id: z.int() })

/**
 * A BullMQ queue whose messages are ids of outbox rows. `onDelivery` is told of each, at least once; when it rejects
 * the message is dropped, for the row itself is still there.
 */
export function openBullMqQueue(options: {
  url: string
  concurrency: number
  clock: Clock
  log: Log
  onDelivery: (id: number) => Promise<void>
}): JobQueue {
  return new BullMqQueue(options)
}

class BullMqQueue implements JobQueue {
  readonly #clock: Clock
  readonly #log: Log
  readonly #sending: Redis
  readonly #receiving: Redis
  /** It speaks to Redis as soon as it is made, and never recovers when that fails: made on a connection that is ready. */
  #queue: Queue | undefined
  readonly #worker: Worker
  /** When each message went out that nobody seems to have come for, in monotonic ms. */
  readonly #unheard = new Map<string, number>()
  #reachable = true

  constructor({ url, concurrency, clock, log, onDelivery }: Parameters<typeof openBullMqQueue>[0]) {
    this.#clock = clock
    this.#log = log
    const retryStrategy = (attempt: number) => Math.min(attempt * 200, RECONNECT_MS)
    // With its offline queue `add` would wait for as long as Redis is away.
    const atOnce = { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: COMMAND_MS }
    this.#sending = new Redis(url, { ...atOnce, retryStrategy })
    this.#receiving = new Redis(url, { maxRetriesPerRequest: null, retryStrategy })
    this.#worker = new Worker(QUEUE, ({ data }) => onDelivery(deliverySchema.parse(data).id), {
      connection: this.#receiving,
      concurrency,
    })
    // Without listeners a lost connection would end the process.
    const noteLoss = (error: Error) => this.#noteLoss(error)
    this.#sending.on('error', noteLoss)
    this.#receiving.on('error', noteLoss)
    this.#worker.on('error', noteLoss)
  }

  async handOver(items: readonly OutboxItem[]): Promise<number[]> {
    if (this.#sending.status !== 'ready') return this.#takeBack(items)
    const messages = new Map(items.map((item) => [messageId(item), item]))
    for (const id of this.#unheard.keys()) if (!messages.has(id)) this.#unheard.delete(id)
    const untold = [...messages].filter(([id]) => !this.#unheard.has(id))
    try {
      await this.#tell(untold)
      this.#reachable = true
    } catch (error) {
      this.#noteLoss(error)
      void this.#queue?.close().catch((closing) => this.#noteLoss(closing))
      this.#queue = undefined
      return this.#takeBack(items)
    }
    const unheardBefore = this.#clock.monotonicMs() - UNHEARD_MS
    return [...messages].filter(([id]) => (this.#unheard.get(id) ?? 0) <= unheardBefore).map(([, { id }]) => id)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // Forced: the handlers were waited for already, and a Redis that is away would be waited for without end.
    const closed = Promise.allSettled([this.#worker.close(true), this.#queue?.close()])
    await orLate(closed, { clock: this.#clock, ms: CLOSE_MS })
    this.#sending.disconnect()
    this.#receiving.disconnect()
  }

  async #tell(untold: readonly [string, OutboxItem][]): Promise<void> {
    if (untold.length === 0) return
    // What ended must not stay: its id would keep the next message of the same name out.
    const remove = { removeOnComplete: true, removeOnFail: true }
    this.#queue ??= this.#openQueue()
    await this.#queue.addBulk(
      untold.map(([jobId, { id, topic }]) => ({ name: topic, data: { id }, opts: { jobId, ...remove } })),
    )
    for (const [id] of untold) this.#unheard.set(id, this.#clock.monotonicMs())
  }

  #openQueue(): Queue {
    const queue = new Queue(QUEUE, { connection: this.#sending, skipWaitingForReady: true })
    queue.on('error', (error) => this.#noteLoss(error))
    return queue
  }

  /** What Redis was told may still come out of it one day, and finds the rows taken. */
  #takeBack(items: readonly OutboxItem[]): number[] {
    this.#unheard.clear()
    return items.map(({ id }) => id)
  }

  #noteLoss(error: unknown): void {
    if (this.#reachable) this.#log.warn({ error: messageOf(error) }, 'redis cannot be reached: jobs go on without it')
    this.#reachable = false
  }
}

/** A row's next try is another message, so that one stuck in Redis keeps nobody from it. BullMQ takes no bare number. */
function messageId({ id, attempts }: OutboxItem): string {
  return `row-${id}-${attempts}`
}
