import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { BeepDetector } from '../../src/audio/beep-detector.ts'
import { encodeMulaw } from '../../src/audio/mulaw.ts'
import { readWav } from '../../src/audio/wav.ts'
import { holdMusic, noise, silence, talk } from './sounds.ts'

/** Recorded and synthetic clips that are not part of the repository. */
const CLIPS = new URL('../../../shared/audio/', import.meta.url)

function tone(hertz: readonly number[], ms: number, rmsDb = -15): Buffer {
  const gain = (32_768 * 10 ** (rmsDb / 20) * Math.SQRT2) / Math.sqrt(hertz.length)
  const wave = (at: number) => hertz.reduce((sum, one) => sum + Math.sin((2 * Math.PI * one * at) / 8_000), 0)
  return encodeMulaw(Int16Array.from({ length: ms * 8 }, (_, at) => gain * wave(at)))
}

/** How many beeps are heard, in frames of 20 ms. */
function beepsIn(...sounds: readonly Buffer[]): number {
  const detector = new BeepDetector()
  const audio = Buffer.concat([silence(150), ...sounds, silence(200)])
  let beeps = 0
  for (let at = 0; at < audio.length; at += 160) beeps += detector.hear(audio.subarray(at, at + 160)) ? 1 : 0
  return beeps
}

it.each([
  ['1000 Hz for 200 ms', 1_000, 200],
  ['440 Hz for 130 ms', 440, 130],
  ['1400 Hz for half a second', 1_400, 500],
  ['2400 Hz for 300 ms', 2_400, 300],
  ['320 Hz for a second', 320, 1_000],
])('hears a beep of %s', (_, hertz, ms) => {
  expect(beepsIn(tone([hertz], ms))).toBe(1)
})

it('hears it after a greeting, faint, and at any place within a frame', () => {
  for (const offsetMs of [0, 3, 9, 16]) {
    expect(beepsIn(talk(3_000), silence(300 + offsetMs), tone([1_000], 180, -35))).toBe(1)
  }
})

it('says so only once the beep is over', () => {
  const detector = new BeepDetector()
  expect(detector.hear(tone([1_000], 400))).toBe(false)
  expect(detector.hear(silence(100))).toBe(true)
  expect(detector.hear(silence(400))).toBe(false)
})

it.each<[string, Buffer[]]>([
  ['a click', [tone([1_000], 60)]],
  ['a key', [tone([697, 1_209], 200)]],
  ['another key', [tone([941, 1_477], 400)]],
  ['ringing', [tone([440, 480], 2_000)]],
  ['a busy line', [tone([480, 620], 500)]],
  ['a dial tone', [tone([350, 440], 2_000)]],
  ["an operator's three tones", [tone([985], 380), tone([1_428], 280), tone([1_777], 380)]],
  ['a fax', [tone([2_100], 3_000)]],
  ['a tone out of the range of beeps', [tone([3_000], 500)]],
  ['a tone under a voice that goes on', [tone([1_000], 300), talk(500, -12)]],
  ['talk', [talk(4_000)]],
  ['music', [holdMusic(6_000)]],
  ['noise', [noise(3_000)]],
])('does not take for one: %s', (_, sounds) => {
  expect(beepsIn(...sounds)).toBe(0)
})

describe.skipIf(!existsSync(CLIPS))('recorded clips (left out where the shared clips are absent)', () => {
  const clips = existsSync(CLIPS) ? readdirSync(CLIPS).filter((name) => name.endsWith('.wav')) : []
  it.each(clips)('%s: a beep where it is a mailbox, none in speech', (name) => {
    expect(beepsIn(readWav(readFileSync(new URL(name, CLIPS))).data)).toBe(name.startsWith('voicemail') ? 1 : 0)
  })
})
