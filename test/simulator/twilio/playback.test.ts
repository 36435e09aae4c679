import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Playback, type PlaybackEvent } from '../../../src/simulator/twilio/playback.ts'
import { sound } from './rig.ts'

function createPlayback() {
  const events: PlaybackEvent[] = []
  return { playback: new Playback((event) => events.push(event)), events }
}

const MS = 8

describe('the carrier’s buffer', () => {
  it('plays at once when idle, and behind what is queued otherwise', () => {
    const { playback, events } = createPlayback()
    playback.play(sound(100), 1000 * MS)
    playback.play(sound(50), 1020 * MS)
    playback.play(sound(20), 1300 * MS)
    playback.settle(2000 * MS)
    expect(playback.heard.spans()).toEqual([
      { startMs: 1000, endMs: 1150 },
      { startMs: 1300, endMs: 1320 },
    ])
    expect(events).toEqual([
      { type: 'agent.began', positionMs: 1000 },
      { type: 'agent.fell-silent', startMs: 1000, positionMs: 1150 },
      { type: 'agent.began', positionMs: 1300 },
      { type: 'agent.fell-silent', startMs: 1300, positionMs: 1320 },
    ])
  })

  it('reaches a mark exactly when the audio before it was heard, and not a sample earlier', () => {
    const { playback, events } = createPlayback()
    playback.play(sound(100), 0)
    playback.mark('a', 0)
    playback.play(sound(100), 0)
    playback.mark('b', 0)
    expect(playback.bufferedMs(40 * MS)).toBe(160)
    playback.settle(100 * MS - 1)
    expect(events.filter(({ type }) => type === 'mark.reached')).toEqual([])
    playback.settle(100 * MS)
    playback.settle(500 * MS)
    expect(events.filter(({ type }) => type === 'mark.reached')).toEqual([
      { type: 'mark.reached', name: 'a', positionMs: 100, because: 'played' },
      { type: 'mark.reached', name: 'b', positionMs: 200, because: 'played' },
    ])
  })

  it('reaches a mark at once when nothing is queued', () => {
    const { playback, events } = createPlayback()
    playback.mark('a', 40 * MS)
    expect(events).toEqual([{ type: 'mark.reached', name: 'a', positionMs: 40, because: 'played' }])
  })

  it('drops what was not heard when cleared, and reaches every waiting mark at once', () => {
    const { playback, events } = createPlayback()
    const heard = sound(500)
    playback.play(heard, 0)
    playback.mark('a', 0)
    playback.play(sound(500), 0)
    playback.mark('b', 0)
    playback.clear(123 * MS)
    playback.play(sound(10), 150 * MS)
    playback.settle(5000 * MS)
    expect(playback.heard.toBuffer(123)).toEqual(heard.subarray(0, 123 * MS))
    expect(playback.heard.spans()).toEqual([
      { startMs: 0, endMs: 123 },
      { startMs: 150, endMs: 160 },
    ])
    expect(events.slice(1, 5)).toEqual([
      { type: 'agent.cleared', positionMs: 123, droppedMs: 877 },
      { type: 'agent.fell-silent', startMs: 0, positionMs: 123 },
      { type: 'mark.reached', name: 'a', positionMs: 123, because: 'cleared' },
      { type: 'mark.reached', name: 'b', positionMs: 123, because: 'cleared' },
    ])
  })

  it('throws away what would be more than ten minutes ahead', () => {
    const { playback } = createPlayback()
    expect(playback.play(sound(10 * 60_000), 0)).toBe(true)
    expect(playback.play(sound(1), 0)).toBe(false)
    expect(playback.play(sound(1), MS)).toBe(true)
  })

  it('forgets waiting marks when the stream is over', () => {
    const { playback, events } = createPlayback()
    playback.play(sound(100), 0)
    playback.mark('a', 0)
    playback.stop(40 * MS)
    playback.settle(1000 * MS)
    expect(events.at(-1)).toEqual({ type: 'agent.fell-silent', startMs: 0, positionMs: 40 })
  })

  it('reaches every mark once and in order, and never hears more than real time allows', () => {
    const action = fc.oneof(
      fc.record({ do: fc.constant('play' as const), samples: fc.integer({ min: 1, max: 4000 }) }),
      fc.record({ do: fc.constant('mark' as const) }),
      fc.record({ do: fc.constant('clear' as const) }),
      fc.record({ do: fc.constant('wait' as const), samples: fc.integer({ min: 1, max: 4000 }) }),
    )
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        const { playback, events } = createPlayback()
        let nowSample = 0
        let marks = 0
        for (const step of actions) {
          if (step.do === 'play') playback.play(Buffer.alloc(step.samples, 1), nowSample)
          else if (step.do === 'mark') playback.mark(String(marks++), nowSample)
          else if (step.do === 'clear') playback.clear(nowSample)
          else nowSample += step.samples
          playback.settle(nowSample)
          const heardMs = playback.heard
            .spans(nowSample / MS)
            .reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0)
          expect(heardMs).toBeLessThanOrEqual(nowSample / MS)
        }
        playback.settle(Number.MAX_SAFE_INTEGER)
        const reached = events.flatMap((event) => (event.type === 'mark.reached' ? [event] : []))
        expect(reached.map(({ name }) => Number(name))).toEqual(Array.from({ length: marks }, (_, index) => index))
        expect(reached.map(({ positionMs }) => positionMs)).toEqual(
          reached.map(({ positionMs }) => positionMs).toSorted((a, b) => a - b),
        )
      }),
    )
  })
})
