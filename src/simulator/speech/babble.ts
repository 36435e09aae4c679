import { encodeMulaw } from '../../audio/mulaw.ts'
import type { Voice } from './voice.ts'

const SAMPLES_PER_MS = 8

/** English read aloud runs at about 15 characters a second. */
const MS_PER_CHARACTER = 65

/** Fundamental frequencies in Hz, far enough apart to tell the speakers of a recording by ear. */
const PITCH_HZ: Readonly<Record<Voice, number>> = {
  agent: 210,
  caller: 120,
  'caller-2': 165,
  'caller-es': 140,
  'caller-vi': 185,
}

/** First and second formant in Hz per vowel: what makes a hum sound like a mouth. */
const FORMANTS_HZ: Readonly<Record<string, readonly [number, number]>> = {
  a: [730, 1090],
  e: [530, 1840],
  i: [270, 2290],
  o: [570, 840],
  u: [300, 870],
}
const NEUTRAL_HZ = [500, 1500] as const

/** Loud enough for any speech detector, far from clipping. */
const AMPLITUDE = 6_000

/**
 * A sound as long and as uneven as speech, but plainly no speech: voiced letters hum with their vowel's formants,
 * spaces are quiet. The same text gives the same bytes. Mu-law, 8 kHz.
 */
export function babble(text: string, voice: Voice): Buffer {
  const samplesPerCharacter = MS_PER_CHARACTER * SAMPLES_PER_MS
  const samples = new Int16Array(text.length * samplesPerCharacter)
  for (const [index, character] of [...text.toLowerCase()].slice(0, text.length).entries()) {
    if (/[^\p{L}\p{N}]/u.test(character)) continue
    hum(samples, index * samplesPerCharacter, samplesPerCharacter, character, PITCH_HZ[voice])
  }
  return encodeMulaw(samples)
}

function hum(samples: Int16Array, from: number, length: number, character: string, pitchHz: number): void {
  const [first, second] = FORMANTS_HZ[character] ?? NEUTRAL_HZ
  for (let at = 0; at < length; at++) {
    const seconds = (from + at) / (SAMPLES_PER_MS * 1000)
    const wave = (hz: number) => Math.sin(2 * Math.PI * hz * seconds)
    const swell = Math.sin((Math.PI * at) / length)
    samples[from + at] = AMPLITUDE * swell * (0.5 * wave(pitchHz) + 0.3 * wave(first) + 0.2 * wave(second))
  }
}
