/**
 * The caller's own timeline: 0 is the first sample of the first frame, and every later sample has its place by the
 * carrier's timestamps. What the agent says is placed on the same line, so that both sides of a recording fit. Pure:
 * local times are passed in, in ms of a monotonic clock.
 *
 * Timestamps are believed as long as local time bears them out. A frame whose timestamp makes no sense lies where it
 * arrived; the next one says whether that frame was at fault, or whether the carrier's clock has jumped for good.
 */
export class CallerTimeline {
  /** The carrier's timestamp of position 0. */
  #originMs: number | undefined
  /** When position 0 arrived. */
  #beganAtMs = 0
  #lastTimestampMs = 0
  /** Where the next frame belongs when nothing is missing. */
  #nextPositionMs = 0
  #lastPositionMs = 0
  #lastArrivalMs = 0
  /** The frame before, when its timestamp made no sense. */
  #strange: StrangeFrame | undefined

  /**
   * Places a frame of `durationMs`. `missingMs` of silence belong before it; undefined means that the frame repeats
   * what came just before, and belongs nowhere.
   */
  place(timestampMs: number, durationMs: number, nowMs: number): PlacedFrame | undefined {
    if (this.#originMs === undefined) this.#begin(timestampMs, nowMs)
    else if (this.#isRepeated(timestampMs)) return undefined
    else if (this.#isExplained(timestampMs, nowMs)) this.#strange = undefined
    else if (!this.#hasJumped(timestampMs, nowMs)) return this.#placeStrange(timestampMs, durationMs, nowMs)
    this.#lastTimestampMs = timestampMs
    return this.#placeAt(timestampMs - (this.#originMs ?? timestampMs), durationMs, nowMs)
  }

  /** Where the caller is now: the latest frame's place and the time since it came. 0 before the first frame. */
  positionAt(nowMs: number): number {
    return this.#originMs === undefined ? 0 : this.#lastPositionMs + (nowMs - this.#lastArrivalMs)
  }

  #begin(timestampMs: number, nowMs: number): void {
    this.#originMs = timestampMs
    this.#beganAtMs = nowMs
  }

  #isRepeated(timestampMs: number): boolean {
    const backMs = this.#lastTimestampMs - timestampMs
    return backMs >= 0 && backMs <= REPEATED_WITHIN_MS
  }

  #isExplained(timestampMs: number, nowMs: number): boolean {
    if (this.#originMs === undefined || timestampMs < this.#lastTimestampMs) return false
    return this.#isBorneOut(timestampMs - this.#originMs, nowMs)
  }

  /** It goes on from a frame that seemed strange: so that one was right, and the carrier's clock is another now. */
  #hasJumped(timestampMs: number, nowMs: number): boolean {
    if (this.#strange === undefined || timestampMs <= this.#strange.timestampMs) return false
    const originMs = this.#strange.timestampMs - this.#strange.positionMs
    if (!this.#isBorneOut(timestampMs - originMs, nowMs)) return false
    this.#originMs = originMs
    this.#strange = undefined
    return true
  }

  /** A place right behind what came before, or one that leaves out no more than the time that has passed here. */
  #isBorneOut(positionMs: number, nowMs: number): boolean {
    const byClockMs = nowMs - this.#beganAtMs + CLOCK_TOLERANCE_MS
    return positionMs <= Math.max(byClockMs, this.#nextPositionMs + TIMESTAMP_JITTER_MS)
  }

  #placeStrange(timestampMs: number, durationMs: number, nowMs: number): PlacedFrame {
    const placed = this.#placeAt(this.positionAt(nowMs), durationMs, nowMs)
    this.#strange = { timestampMs, positionMs: placed.positionMs }
    return placed
  }

  /** At the wanted position, or behind what came before when that is about there or later. */
  #placeAt(wantedMs: number, durationMs: number, nowMs: number): PlacedFrame {
    const aheadMs = wantedMs - this.#nextPositionMs
    const missingMs = aheadMs > TIMESTAMP_JITTER_MS ? aheadMs : 0
    const positionMs = this.#nextPositionMs + missingMs
    this.#nextPositionMs = positionMs + durationMs
    this.#lastPositionMs = positionMs
    this.#lastArrivalMs = nowMs
    return { missingMs, positionMs }
  }
}

export interface PlacedFrame {
  readonly missingMs: number
  readonly positionMs: number
}

interface StrangeFrame {
  readonly timestampMs: number
  readonly positionMs: number
}

/** Twilio's timestamps waver by a few ms around 20 ms steps; more than this is a frame that never came. */
const TIMESTAMP_JITTER_MS = 30

/** So little back, a frame is out of order or sent twice; further back, the carrier's clock was set. */
const REPEATED_WITHIN_MS = 200

/** How far a timestamp may run ahead of local time: frames that were held up on their way come in a bunch. */
const CLOCK_TOLERANCE_MS = 2000
