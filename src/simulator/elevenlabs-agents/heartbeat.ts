import type { Clock } from '../../lib/clock.ts'
import { ConversationError, type ServerEvent } from './protocol.ts'

export interface HeartbeatOptions {
  readonly clock: Clock
  readonly pingEveryMs: number
  readonly pongWithinMs: number
  readonly receiveTimeoutMs: number
  readonly inactivityMs?: number | undefined
  readonly send: (event: ServerEvent) => void
  readonly onComplaint: (complaint: string) => void
  /** Somebody speaks, or is about to. */
  readonly isBusy: () => boolean
  /** Nobody has spoken for the inactivity time. */
  readonly onQuiet: () => void
  readonly onFailed: (error: ConversationError) => void
}

/** How often it is looked whether somebody is silent for too long. */
const LOOK_EVERY_MS = 500

/** What the service watches beside the talk: pongs, incoming audio, and whether anybody is still there. */
export class Heartbeat implements Disposable {
  readonly #options: HeartbeatOptions
  readonly #timers = new DisposableStack()
  /** When each unanswered ping was sent. */
  readonly #unanswered = new Map<number, number>()
  #pings = 0
  #audioAtMs = 0
  #activeAtMs = 0

  constructor(options: HeartbeatOptions) {
    this.#options = options
  }

  start(pinging: boolean): void {
    const { clock, pingEveryMs } = this.#options
    this.onAudio()
    this.onActivity()
    this.#timers.use(clock.every(LOOK_EVERY_MS, () => this.#look()))
    if (pinging) this.#timers.use(clock.every(pingEveryMs, () => this.#ping()))
  }

  /** A pong came. */
  take(eventId: number): void {
    if (!this.#unanswered.delete(eventId)) this.#options.onComplaint('pong without its ping')
  }

  onAudio(): void {
    this.#audioAtMs = this.#options.clock.monotonicMs()
  }

  onActivity(): void {
    this.#activeAtMs = this.#options.clock.monotonicMs()
  }

  [Symbol.dispose](): void {
    this.#timers.dispose()
  }

  #ping(): void {
    this.#pings += 1
    this.#unanswered.set(this.#pings, this.#options.clock.monotonicMs())
    this.#options.send({ type: 'ping', ping_event: { event_id: this.#pings, ping_ms: null } })
  }

  #look(): void {
    const { clock, inactivityMs = Number.POSITIVE_INFINITY, isBusy, onFailed, onQuiet } = this.#options
    const nowMs = clock.monotonicMs()
    const [oldestPingMs = nowMs] = this.#unanswered.values()
    if (nowMs - this.#audioAtMs >= this.#options.receiveTimeoutMs) onFailed(noInput())
    else if (nowMs - oldestPingMs >= this.#options.pongWithinMs) onFailed(noPongs())
    else if (isBusy()) this.onActivity()
    else if (nowMs - this.#activeAtMs >= inactivityMs) {
      this.onActivity()
      onQuiet()
    }
  }
}

function noInput(): ConversationError {
  return new ConversationError('transport_receive_timeout', 'No user input was received for too long.')
}

/** The contract names no type for this one; its close code is documented as operational. */
function noPongs(): ConversationError {
  return new ConversationError('websocket_disconnect', 'Pings were not answered.')
}
