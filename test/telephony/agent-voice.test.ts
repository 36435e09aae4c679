import { describe, expect, it } from 'vitest'
import { durationMs, encodedSilence } from '../../src/audio/encoded-audio.ts'
import { AgentVoice } from '../../src/telephony/agent-voice.ts'
import { CallerTimeline } from '../../src/telephony/caller-timeline.ts'
import type { LineEvent } from '../../src/telephony/line.ts'
import { FakeClock } from '../fakes/fake-clock.ts'
import { CarrierModel } from './carrier-model.ts'

type Heard = Extract<LineEvent, { type: 'agent.heard' }>

/** A voice that speaks to a carrier model, and the caller's frames that come with it. */
function conversation({ outMs = 0, backMs = () => 0 }: { outMs?: number; backMs?: () => number } = {}) {
  const clock = new FakeClock()
  const timeline = new CallerTimeline()
  const events: LineEvent[] = []
  const wire = { audioMs: [] as number[], marks: 0, clears: 0, isCongested: false, losesMarks: false }
  const carrier = new CarrierModel({ clock, outMs, backMs, onMark: (name) => !wire.losesMarks && voice.marked(name) })
  const voice = new AgentVoice({
    wire: {
      sendAudio(audio) {
        wire.audioMs.push(durationMs(audio))
        carrier.send({ utteranceId: 'any', durationMs: durationMs(audio) })
      },
      sendMark(name) {
        wire.marks += 1
        carrier.mark(name)
      },
      sendClear() {
        wire.clears += 1
        carrier.clear()
      },
      isCongested: () => wire.isCongested,
      together: (send: () => void) => send(),
    },
    moment: () => ({ nowMs: clock.monotonicMs(), positionMs: timeline.positionAt(clock.monotonicMs()) }),
    onEvent: (event) => events.push(event),
  })
  const sendFrame = () => {
    const sentAtMs = clock.monotonicMs()
    carrier.back(() => timeline.place(sentAtMs, 20, clock.monotonicMs()))
  }
  sendFrame()
  clock.every(20, sendFrame)
  clock.every(100, () => voice.tick(true))
  const heard = () => events.filter((event): event is Heard => event.type === 'agent.heard')
  const finished = () => events.filter((event) => event.type === 'agent.finished').map((event) => event.utteranceId)
  return { clock, carrier, voice, wire, events, heard, finished }
}

/** Numbers in [0, 1), the same for the same seed. */
function uniform(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

describe('AgentVoice', () => {
  it('sends the first piece at once, and no more than 2 s ahead', () => {
    const { clock, voice, wire } = conversation()
    voice.play('u', encodedSilence(10_000), true)
    expect(wire.audioMs).toEqual([480, 480, 480, 480])
    for (let step = 0; step < 100; step += 1) {
      clock.advance(100)
      const sentMs = wire.audioMs.reduce((sum, ms) => sum + ms, 0)
      expect(sentMs - clock.monotonicMs()).toBeLessThanOrEqual(2000)
      expect(sentMs).toBeGreaterThanOrEqual(Math.min(10_000, clock.monotonicMs() + 1400))
    }
    expect(voice.unheardMs()).toBe(0)
  })

  it('lets frames of 20 ms share marks, one at least every 200 ms', () => {
    const { clock, voice, wire, heard } = conversation()
    for (let frame = 0; frame < 100; frame += 1) {
      voice.play('u', encodedSilence(20), true)
      clock.advance(20)
    }
    expect(wire.marks).toBeGreaterThanOrEqual(10)
    expect(wire.marks).toBeLessThanOrEqual(13)
    voice.finish('u')
    clock.advance(100)
    expect(heard().at(-1)?.heardMs).toBe(2000)
  })

  it('says finished once, after the last piece was heard', () => {
    const { clock, voice, events } = conversation()
    voice.play('u', encodedSilence(500), true)
    voice.finish('u')
    clock.advance(499)
    expect(events.some((event) => event.type === 'agent.finished')).toBe(false)
    clock.advance(1000)
    expect(events.filter((event) => event.type === 'agent.finished')).toEqual([
      { type: 'agent.finished', utteranceId: 'u', heardMs: 500 },
    ])
    expect(events.at(-1)?.type).toBe('agent.finished')
  })

  it('says finished at once when it is told so after everything was heard', () => {
    const { clock, voice, finished } = conversation()
    voice.play('u', encodedSilence(300), true)
    clock.advance(600)
    voice.finish('u')
    expect(finished()).toEqual(['u'])
  })

  it('cuts at the millisecond on clear, and gives back what was not heard', () => {
    const { clock, voice, wire, heard } = conversation()
    voice.play('u', encodedSilence(3000), true)
    clock.advance(1300)
    const [interrupted] = voice.clear()
    expect(wire.clears).toBe(1)
    expect(interrupted).toMatchObject({ utteranceId: 'u', heardMs: 1300, givenMs: 3000 })
    expect(interrupted!.unheard.reduce((sum, audio) => sum + durationMs(audio), 0)).toBe(1700)
    expect(heard().at(-1)).toMatchObject({ positionMs: 960, heardMs: 1300 })
    clock.advance(5000)
    expect(heard().at(-1)?.heardMs).toBe(1300)
    expect(voice.unheardMs()).toBe(0)
  })

  it('does not say that a cleared utterance finished', () => {
    const { clock, voice, finished } = conversation()
    voice.play('u', encodedSilence(3000), true)
    voice.finish('u')
    clock.advance(100)
    voice.clear()
    voice.finish('u')
    clock.advance(5000)
    expect(finished()).toEqual([])
  })

  it('protects an uninterruptible utterance: clear drops only what waits behind it', () => {
    const { clock, voice, wire, finished } = conversation()
    voice.play('opening', encodedSilence(1000), false)
    voice.finish('opening')
    voice.play('answer', encodedSilence(500), true)
    clock.advance(300)
    expect(wire.audioMs).toEqual([480, 480, 40])
    expect(voice.clear()).toMatchObject([{ utteranceId: 'answer', heardMs: 0, givenMs: 500 }])
    expect(wire.clears).toBe(0)
    clock.advance(2000)
    expect(finished()).toEqual(['opening'])
  })

  it('plays what waited behind a protected utterance as soon as its last mark came', () => {
    const { clock, voice, finished } = conversation()
    voice.play('opening', encodedSilence(1000), false)
    voice.play('answer', encodedSilence(500), true)
    voice.finish('answer')
    clock.advance(1501)
    expect(finished()).toEqual(['answer'])
  })

  it('sends a protected phrase only when the speech before it was heard, so that a clear spares it', () => {
    const { clock, voice, wire, finished } = conversation()
    voice.play('answer', encodedSilence(1500), true)
    voice.play('notice', encodedSilence(400), false)
    voice.finish('notice')
    clock.advance(200)
    expect(voice.clear()).toMatchObject([{ utteranceId: 'answer', heardMs: 200 }])
    clock.advance(400)
    expect(wire.clears).toBe(1)
    expect(finished()).toEqual(['notice'])
  })

  it('names an unfinished utterance on clear though all given so far was heard', () => {
    const { clock, voice } = conversation()
    voice.play('u', encodedSilence(400), true)
    clock.advance(1000)
    expect(voice.clear()).toEqual([{ utteranceId: 'u', heardMs: 400, givenMs: 400, unheard: [] }])
    expect(voice.clear()).toEqual([])
  })

  it('holds while the socket is congested, and goes on when it is not', () => {
    const { clock, voice, wire } = conversation()
    wire.isCongested = true
    voice.play('u', encodedSilence(400), true)
    clock.advance(1000)
    expect(wire.audioMs).toEqual([])
    wire.isCongested = false
    clock.advance(100)
    expect(wire.audioMs).toEqual([400])
  })

  it('goes on though every mark is lost', () => {
    const { clock, voice, wire, finished } = conversation()
    wire.losesMarks = true
    voice.play('opening', encodedSilence(400), false)
    voice.finish('opening')
    voice.play('answer', encodedSilence(400), true)
    voice.finish('answer')
    clock.advance(8000)
    expect(finished()).toEqual(['opening', 'answer'])
  })

  it('sends nothing once the stream is over, and still says what was not heard', () => {
    const { clock, voice, wire, heard } = conversation()
    voice.play('u', encodedSilence(3000), true)
    clock.advance(500)
    voice.halt()
    const sent = { ...wire, audioMs: [...wire.audioMs] }
    voice.play('late', encodedSilence(100), true)
    clock.advance(5000)
    expect(heard().at(-1)?.heardMs).toBe(500)
    expect(voice.clear()).toMatchObject([{ utteranceId: 'u', heardMs: 500, givenMs: 3000 }])
    expect(wire).toEqual(sent)
  })

  it.each([1, 2, 3, 4, 5])('places what was heard within 20 ms of the truth over ten minutes (seed %i)', (seed) => {
    const draw = uniform(seed)
    let spoken = 0
    const { clock, carrier, voice, heard } = conversation({ outMs: 25, backMs: () => 30 + draw() * 10 })
    while (clock.monotonicMs() < 600_000) {
      spoken += 1
      const id = `u${spoken}`
      // One utterance of 480 ms pieces, the next of 20 ms frames, in bursts as models send them.
      if (draw() < 0.5) voice.play(id, encodedSilence(Math.round(draw() * 8000)), true)
      else for (let frame = 0; frame < 60; frame += 1) voice.play(id, encodedSilence(20), true)
      voice.finish(id)
      clock.advance(Math.round(draw() * 9000))
    }
    clock.advance(200_000)
    const wrongByMs = heard().map((piece, nth) => Math.abs(piece.positionMs - carrier.played[nth]!.startMs))
    expect(heard()).toHaveLength(carrier.played.length)
    expect(heard().length).toBeGreaterThan(500)
    expect(Math.max(...wrongByMs)).toBeLessThanOrEqual(20)
    for (const [nth, piece] of heard().entries()) {
      const before = heard()[nth - 1]
      if (!before || before.utteranceId !== piece.utteranceId) continue
      expect(piece.positionMs).toBe(before.positionMs + durationMs(before.audio))
    }
  })
})
