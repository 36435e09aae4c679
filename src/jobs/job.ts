import type { z } from 'zod'
import type { Backoff } from '../lib/backoff.ts'

/**
 * Something to do because of something that was saved: an outbox row's topic names it. A handler may run twice, and
 * after a crash in its middle: the row's key is the same effect each time, to look up before it is done again (I2).
 */
export interface Job<Payload = unknown> {
  /** `text.send`: what it is about, and what is done. */
  readonly topic: string
  /** Ids only: what a caller said or is stays in its own table. */
  readonly payload: z.ZodType<Payload>
  /** How often it is tried, and how long it rests in between. Default: `A_DAY_OF_TRIES`. */
  readonly retry?: Backoff
  /** The signal aborts so long after a try began. Default: 30 s. */
  readonly deadlineMs?: number
  /**
   * Resolves when the effect has happened, or need not any more. Throws a `HearthlineError` that is `retryable` to be
   * tried again; one that is not ends the job as a dead letter at once, visible to the office. Anything else that is
   * thrown nobody foresaw: it is tried again a few times.
   */
  run(payload: Payload, context: JobContext): Promise<JobEnd>
  /**
   * The job is about to become a dead letter, whether its last try failed or its worker was lost in it: gives what waits
   * for it an end. Like a handler it may run twice, so it looks before it acts. While it fails, it is tried a few times.
   */
  givenUp?(payload: Payload, context: JobContext): Promise<void>
}

export interface JobContext {
  readonly key: string
  /** How often it has been tried, this time included. */
  readonly attempts: number
  /** Aborts at the job's deadline or when the process stops: soon after somebody else may have the job. */
  readonly signal: AbortSignal
}

/** `later`: the time has not come (a window is closed, a budget spent); it counts as no failure. Epoch ms. */
export type JobEnd = 'done' | { readonly later: number }
