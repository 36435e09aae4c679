import { beforeEach, describe, expect, it } from 'vitest'
import { encodeAudio } from '../../src/audio/encoded-audio.ts'
import { CallerSound } from '../../src/call/caller-sound.ts'
import { holdMusic, silence, talk } from '../audio/sounds.ts'

let sound: CallerSound
let nowMs: number

beforeEach(() => {
  sound = new CallerSound()
  nowMs = 0
})

describe('how much louder than usual a caller speaks', () => {
  it('is not known before two utterances', () => {
    for (const _ of [1, 2]) expect(utter(-26)).toBeUndefined()
    expect(utter(-26)).toBeCloseTo(0, 0)
  })

  it('is told in dB against their own base line', () => {
    utter(-30)
    utter(-30)
    expect(utter(-22)).toBeCloseTo(8, 0)
    expect(utter(-30)).toBeCloseTo(0, 0)
    expect(utter(-36)).toBeCloseTo(-6, 0)
  })

  it('is measured on their speech only, not on what sounds between', () => {
    utter(-30)
    hear(talk(3_000, -10))
    utter(-30)
    hear(talk(3_000, -10))
    expect(utter(-30)).toBeCloseTo(0, 0)
  })

  it('follows a caller who becomes louder for good', () => {
    for (const _ of [1, 2]) utter(-32)
    expect(utter(-20)).toBeCloseTo(12, 0)
    for (let more = 0; more < 8; more += 1) utter(-20)
    expect(utter(-20)).toBeCloseTo(0, 0)
  })

  it('is not known of speech without sound, and that is no base line', () => {
    utter(-30)
    sound.callerStarted()
    sound.callerStopped()
    expect(sound.raisedDb).toBeUndefined()
    expect(utter(-30)).toBeUndefined()
    expect(utter(-22)).toBeCloseTo(8, 0)
  })

  it('is none of digital silence, which is in no base line either', () => {
    utter(-30)
    utter(-30)
    sound.callerStarted()
    hear(silence(500))
    sound.callerStopped()
    expect(sound.raisedDb).toBeUndefined()
    expect(utter(-30)).toBeCloseTo(0, 0)
  })
})

it('tells what the line sounds like, once it has heard enough', () => {
  hear(holdMusic(2_000))
  expect(sound.sound).toBeUndefined()
  hear(holdMusic(6_000))
  expect(sound.sound).toBe('music')
  hear(talk(6_000))
  expect(sound.sound).toBe('speech')
})

/** One utterance at this loudness, in dBFS; gives what it was judged. */
function utter(rmsDb: number): number | undefined {
  sound.callerStarted()
  hear(talk(1_800, rmsDb))
  sound.callerStopped()
  return sound.raisedDb
}

/** As a line brings it: in frames, with a tick every 100 ms. */
function hear(mulaw: Buffer): void {
  for (let at = 0; at < mulaw.length; at += 160) {
    sound.hear(encodeAudio(mulaw.subarray(at, at + 160)))
    nowMs += 20
    if (nowMs % 100 === 0) sound.tick(nowMs)
  }
}
