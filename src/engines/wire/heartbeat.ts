import type { Clock } from '../../lib/clock.ts'

export interface HeartbeatOptions {
  readonly clock: Clock
  readonly ping: () => void
  /** Whether the provider is at work for us now, so that its silence means something. */
  readonly expectsEvents: () => boolean
  readonly onStalled: (code: 'pong_missed' | 'events_missed') => void
}

/** RELIABILITY F1: a socket that is gone without a word is found within 8 s, also between answers. */
const PING_EVERY_MS = 5_000
const PONG_LIMIT_MS = 3_000

/** A working response sends something every few 100 ms; a model that thinks first still begins within 3 s. */
const EVENTS_LIMIT_MS = 4_000

/** Fine enough for limits of seconds, and one shared timer for all calls. */
const CHECK_EVERY_MS = 500

/** Finds a connection that is open and dead. Begins at once; dispose to stop. */
export class Heartbeat {
  readonly #options: HeartbeatOptions
  readonly #timer: Disposable
  #checkedAtMs: number
  #lastEventAtMs: number
  #lastPingAtMs: number
  #pongIsDue = false

  constructor(options: HeartbeatOptions) {
    this.#options = options
    const nowMs = options.clock.monotonicMs()
    this.#checkedAtMs = nowMs
    this.#lastEventAtMs = nowMs
    this.#lastPingAtMs = nowMs
    this.#timer = options.clock.every(CHECK_EVERY_MS, () => this.#check())
  }

  event(): void {
    this.#lastEventAtMs = this.#options.clock.monotonicMs()
  }

  pong(): void {
    this.#pongIsDue = false
  }

  [Symbol.dispose](): void {
    this.#timer[Symbol.dispose]()
  }

  #check(): void {
    const nowMs = this.#options.clock.monotonicMs()
    this.#forgiveOwnDelay(nowMs - this.#checkedAtMs - CHECK_EVERY_MS)
    this.#checkedAtMs = nowMs
    const sincePingMs = nowMs - this.#lastPingAtMs
    const sinceEventMs = nowMs - this.#lastEventAtMs
    if (this.#pongIsDue && sincePingMs >= PONG_LIMIT_MS) this.#options.onStalled('pong_missed')
    else if (this.#options.expectsEvents() && sinceEventMs >= EVENTS_LIMIT_MS) this.#options.onStalled('events_missed')
    else if (sincePingMs >= PING_EVERY_MS) this.#ping(nowMs)
  }

  /** Timers run before sockets are read: when this process stood still, what came meanwhile has not been seen yet. */
  #forgiveOwnDelay(lateMs: number): void {
    if (lateMs < CHECK_EVERY_MS) return
    this.#lastEventAtMs += lateMs
    this.#lastPingAtMs += lateMs
  }

  #ping(nowMs: number): void {
    this.#lastPingAtMs = nowMs
    this.#pongIsDue = true
    this.#options.ping()
  }
}
