/**
 * Notices that the carrier has gone quiet, and finds out whether it is still there: frames come every 20 ms as long
 * as a call lives, but a half-open connection says nothing at all (RELIABILITY F6). Looks when asked to, has no timer.
 */
export class QuietWatch {
  readonly #reactions: QuietReactions
  #lastFrameAtMs: number
  #pingedAtMs: number | undefined
  #isAwaitingPong = false

  constructor(nowMs: number, reactions: QuietReactions) {
    this.#lastFrameAtMs = nowMs
    this.#reactions = reactions
  }

  get isQuiet(): boolean {
    return this.#pingedAtMs !== undefined
  }

  frameCame(nowMs: number): void {
    this.#lastFrameAtMs = nowMs
    this.#pingedAtMs = undefined
    this.#isAwaitingPong = false
  }

  pongCame(): void {
    this.#isAwaitingPong = false
  }

  look(nowMs: number): void {
    if (this.#pingedAtMs === undefined) {
      const quietMs = nowMs - this.#lastFrameAtMs
      if (quietMs < QUIET_MS) return
      this.#ping(nowMs)
      this.#reactions.onQuiet(quietMs)
    } else if (this.#isAwaitingPong) {
      if (nowMs - this.#pingedAtMs >= PONG_MS) this.#reactions.onDead()
    } else if (nowMs - this.#pingedAtMs >= PING_AGAIN_MS) {
      this.#ping(nowMs)
    }
  }

  #ping(nowMs: number): void {
    this.#pingedAtMs = nowMs
    this.#isAwaitingPong = true
    this.#reactions.ping()
  }
}

export interface QuietReactions {
  ping(): void
  /** Once per quiet spell; a frame ends it. */
  onQuiet(quietMs: number): void
  /** No answer to the ping. */
  onDead(): void
}

const QUIET_MS = 2000
const PONG_MS = 3000
/** While the quiet lasts and the peer answers. */
const PING_AGAIN_MS = 5000
