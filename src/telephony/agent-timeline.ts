/**
 * Places what the caller heard of us on the caller's own timeline, so that a recording holds both voices as they
 * met. Pure.
 *
 * Audio that follows other audio without a pause follows it on the timeline to the sample; audio sent into silence
 * began a little after it was sent. A mark must be far from that to say otherwise: marks waver by some ms on their
 * way, and a recording that followed every one of them would tear words apart.
 */
export class AgentTimeline {
  /** Up to where the timeline is filled with our audio. */
  #filledUntilMs = 0
  /** From sending into silence until the carrier plays, there and back: a running mean. */
  #lagMs: number | undefined
  #lagsSeen = 0

  /**
   * Places `totalMs` of audio and gives its position. `endByMarkMs` is where the timeline was when its mark came
   * back; undefined when no mark came.
   */
  place(sent: SentAudio, totalMs: number, endByMarkMs: number | undefined): number {
    const byMarkMs = endByMarkMs === undefined ? undefined : endByMarkMs - totalMs
    const expectedMs = this.#expect(sent, byMarkMs)
    const toleranceMs = sent.aheadMs >= 0 && sent.aheadMs < CLOSE_MS ? CLOSE_JITTER_MS : MARK_JITTER_MS
    const isMarkBelieved = byMarkMs !== undefined && Math.abs(byMarkMs - expectedMs) >= toleranceMs
    // Two pieces never sound at once, whatever the marks say.
    const positionMs = Math.max(this.#filledUntilMs, isMarkBelieved ? byMarkMs : expectedMs)
    this.#filledUntilMs = positionMs + totalMs
    return positionMs
  }

  #expect(sent: SentAudio, byMarkMs: number | undefined): number {
    if (sent.aheadMs >= 0) return this.#filledUntilMs
    // Sent before the caller's first frame: their timeline had not begun, so only the mark can tell.
    if (sent.positionMs === 0) return byMarkMs ?? 0
    if (byMarkMs !== undefined) this.#learnLag(Math.max(0, byMarkMs - sent.positionMs))
    return sent.positionMs + (this.#lagMs ?? 0)
  }

  #learnLag(lagMs: number): void {
    this.#lagMs ??= lagMs
    const differenceMs = lagMs - this.#lagMs
    if (Math.abs(differenceMs) >= MARK_JITTER_MS) return
    this.#lagsSeen += 1
    this.#lagMs += differenceMs / Math.min(this.#lagsSeen, LAGS_REMEMBERED)
  }
}

/** How and when audio went to the carrier. */
export interface SentAudio {
  /** Where the caller's timeline was then. */
  readonly positionMs: number
  /** How much the carrier still had to play, as far as could be known; negative when it had run dry. */
  readonly aheadMs: number
}

/** How far a mark may be from where it should be before it means that the carrier really ran dry. */
const MARK_JITTER_MS = 60

/** Sent so shortly before the carrier ran dry that it may have come too late, while the news was under way. */
const CLOSE_MS = 100
/** Then less of a difference says that there was a pause. */
const CLOSE_JITTER_MS = 10

/** The mean is over about so many: enough to even marks out, few enough to follow a network that changes. */
const LAGS_REMEMBERED = 8
