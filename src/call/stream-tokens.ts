import type { Clock } from '../lib/clock.ts'
import { createSecret } from '../lib/ids.ts'

/** A token is presented within a second or two; Twilio's own limits end an attempt after 15 s (RELIABILITY S6: <= 60 s). */
const VALID_MS = 60_000

/**
 * One-use tokens that let a media socket prove which call it belongs to (RELIABILITY S6): the carrier signs webhooks, but
 * what arrives on a socket is only as good as the token in its `start`.
 */
export class StreamTokens {
  readonly #clock: Clock
  readonly #tokens = new Map<string, { carrierCallId: string; untilMs: number }>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  issue(carrierCallId: string): string {
    this.#forgetExpired()
    const token = createSecret()
    this.#tokens.set(token, { carrierCallId, untilMs: this.#clock.monotonicMs() + VALID_MS })
    return token
  }

  /** Whether the token still waits to be presented. */
  isOpen(token: string): boolean {
    const issued = this.#tokens.get(token)
    return issued !== undefined && this.#clock.monotonicMs() < issued.untilMs
  }

  /** Uses the token up. False when it is unknown, used, too old or another call's. */
  redeem(token: string, carrierCallId: string): boolean {
    const issued = this.#tokens.get(token)
    if (!issued || issued.carrierCallId !== carrierCallId) return false
    const open = this.isOpen(token)
    this.#tokens.delete(token)
    return open
  }

  #forgetExpired(): void {
    const nowMs = this.#clock.monotonicMs()
    // Issued in order and valid equally long: the first that still counts ends the search.
    for (const [token, { untilMs }] of this.#tokens) {
      if (nowMs < untilMs) return
      this.#tokens.delete(token)
    }
  }
}
