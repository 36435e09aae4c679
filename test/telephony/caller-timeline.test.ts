import { describe, expect, it } from 'vitest'
import { CallerTimeline } from '../../src/telephony/caller-timeline.ts'

describe('CallerTimeline', () => {
  it('begins at 0 with the first frame and has no holes, though timestamps waver', () => {
    const timeline = new CallerTimeline()
    const positions = [155, 171, 196, 214, 235].map((timestamp) => timeline.place(timestamp, 20, 0)?.positionMs)
    expect(positions).toEqual([0, 20, 40, 60, 80])
  })

  it('makes room for frames that never came', () => {
    const timeline = new CallerTimeline()
    timeline.place(100, 20, 0)
    expect(timeline.place(220, 20, 0)).toEqual({ missingMs: 100, positionMs: 120 })
    expect(timeline.place(240, 20, 0)).toEqual({ missingMs: 0, positionMs: 140 })
  })

  it('makes room for single frames too, once they add up', () => {
    const timeline = new CallerTimeline()
    timeline.place(0, 20, 0)
    expect(timeline.place(40, 20, 0)).toEqual({ missingMs: 0, positionMs: 20 })
    expect(timeline.place(80, 20, 0)).toEqual({ missingMs: 40, positionMs: 80 })
  })

  it('has no place for a repetition, or a frame that is a little old', () => {
    const timeline = new CallerTimeline()
    timeline.place(200, 20, 0)
    timeline.place(220, 20, 0)
    for (const timestamp of [220, 200, 20]) expect(timeline.place(timestamp, 20, 0)).toBeUndefined()
    expect(timeline.place(240, 20, 0)).toEqual({ missingMs: 0, positionMs: 40 })
  })

  it('goes on with local time between frames', () => {
    const timeline = new CallerTimeline()
    expect(timeline.positionAt(5000)).toBe(0)
    timeline.place(100, 20, 5000)
    timeline.place(120, 20, 5020)
    expect(timeline.positionAt(5033)).toBe(33)
  })
})

/**
 * A carrier whose timestamps stepped back made the caller deaf for the rest of the call: every frame was "old" and
 * dropped. One frame nine minutes ahead did the same for nine minutes, and first flooded engine and recording with nine
 * minutes of silence. Now a frame that local time cannot explain lies where it arrived, and the next one says why.
 */
describe('CallerTimeline with timestamps that make no sense', () => {
  const steps: [string, number][] = [
    ['9 min ahead', 9 * 60_000],
    ['3 h ahead', 3 * 3_600_000],
    ['far beyond any call', 999_999_999_000_000],
    ['60 s back', -60_000],
  ]

  it.each(steps)('has a place for every frame of a clock that jumps %s and stays', (_what, stepMs) => {
    const call = new Caller()
    call.speak(10)
    expect(call.speak(10, stepMs)).toEqual(inARow(10, 200))
    expect(call.pause(300, stepMs)).toEqual({ missingMs: 300, positionMs: 700 })
  })

  it.each(steps)('goes on as before after one frame %s', (_what, stepMs) => {
    const call = new Caller()
    call.speak(10)
    expect(call.speak(1, stepMs)).toEqual(inARow(1, 200))
    expect(call.speak(10)).toEqual(inARow(10, 220))
  })

  it('is not led on by frames that are each nine minutes further', () => {
    const call = new Caller()
    call.speak(10)
    for (let nth = 1; nth <= 40; nth += 1) call.speak(1, nth * 9 * 60_000)
    expect(call.speak(1)).toEqual(inARow(1, 1_000))
  })

  it('is led on by two seconds at most by gaps that local time knows nothing of', () => {
    const timeline = new CallerTimeline()
    let missingMs = 0
    for (let timestampMs = 0; timestampMs < 100_000; timestampMs += 1_000) {
      missingMs += timeline.place(timestampMs, 20, 0)?.missingMs ?? 0
    }
    expect(missingMs).toBeLessThanOrEqual(2_000)
  })

  it('keeps the pause before a jump, as long as it was here', () => {
    const call = new Caller()
    call.speak(10)
    expect(call.pause(8_000, 3_600_000)).toEqual({ missingMs: 8_000, positionMs: 8_200 })
    expect(call.speak(2, 3_600_000)).toEqual(inARow(2, 8_220))
  })
})

/** Sends a frame every 20 ms, with a timestamp that may be off. */
class Caller {
  readonly #timeline = new CallerTimeline()
  #elapsedMs = 0

  speak(frames: number, offMs = 0) {
    return Array.from({ length: frames }, () => this.#say(offMs))
  }

  pause(ms: number, offMs = 0) {
    this.#elapsedMs += ms
    return this.#say(offMs)
  }

  #say(offMs: number) {
    const placed = this.#timeline.place(100_000 + this.#elapsedMs + offMs, 20, this.#elapsedMs)
    this.#elapsedMs += 20
    return placed
  }
}

function inARow(frames: number, fromMs: number) {
  return Array.from({ length: frames }, (_, nth) => ({ missingMs: 0, positionMs: fromMs + nth * 20 }))
}
