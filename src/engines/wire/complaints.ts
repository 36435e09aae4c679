import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import type { EngineError, EngineEvent } from '../engine.ts'
import { ComplaintLimit } from './complaint-limit.ts'
import type { ProviderFailures } from './provider-failures.ts'

type Complaint = Extract<EngineEvent, { type: 'engine.complained' }>

export interface ComplaintsOptions {
  readonly clock: Clock
  readonly log: Log
  readonly failures: ProviderFailures
  readonly emit: (event: Complaint) => void
  readonly lose: (error: EngineError) => void
}

/** A provider has some dozens of event types; more than this is noise, and a set must not grow by noise. */
const MAX_REPORTED_TYPES = 100

/** Tells what a live session survives: a provider's errors, as many as anybody can use, and events nobody knows, once. */
export class Complaints {
  readonly #options: ComplaintsOptions
  readonly #limit = new ComplaintLimit()
  readonly #reportedTypes = new Set<string>()

  constructor(options: ComplaintsOptions) {
    this.#options = options
  }

  /** `detail` is for the record, in our words; the provider's `message` may quote the caller and goes to the log alone. */
  tell(code: string, detail: string, message?: string | null): void {
    const { clock, log, failures, emit, lose } = this.#options
    const limit = this.#limit.count(clock.monotonicMs())
    if (limit === 'too many') lose(failures.flood('error_flood'))
    if (limit === 'tell the flood') emit({ type: 'engine.complained', code: 'error_flood', detail: 'too many to tell' })
    if (limit !== 'tell') return
    log.debug({ code, pii: { message } }, 'provider complained')
    emit({ type: 'engine.complained', code, detail })
  }

  /** An event of a type we have never heard of. */
  passOver(type: string): void {
    if (this.#reportedTypes.size >= MAX_REPORTED_TYPES || this.#reportedTypes.has(type)) return
    this.#reportedTypes.add(type)
    this.#options.log.debug({ type }, 'unknown provider event passed over')
  }
}
