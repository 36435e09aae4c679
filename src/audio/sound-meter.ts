import { BYTES_PER_MS, SILENCE } from './encoded-audio.ts'
import { decodeMulaw, rmsOf } from './mulaw.ts'

/**
 * What a telephone line sounds like over the last seconds. `speech` pauses between its words and syllables; `music` is
 * tonal and does not; `noise` (a street, a fan) is neither.
 */
export type Sound = 'quiet' | 'speech' | 'music' | 'noise'

const WINDOW_MS = 20
const WINDOW_BYTES = WINDOW_MS * BYTES_PER_MS
/** Judged over this: a sentence with its pauses, a few bars of music. */
const SPAN_WINDOWS = 5_000 / WINDOW_MS

/** A line whose loud moments are quieter than this carries nobody's voice. */
const FAINTEST_DB = -45
/** The level of the loud moments: that of the loudest fifth. */
const LOUD_RANK = 0.8
/** A pause is so much quieter than they are. Measured: speech spends 21 to 47 % of its time there, music at most 10 %. */
const PAUSE_DB = 15
const FEWEST_PAUSES = 0.15

/** Pitch is looked for every so often, in a stretch of 40 ms, between 80 and 400 Hz: 4 samples are 1 ms. */
const PITCH_EVERY_WINDOWS = 25
const SHORTEST_LAG = 10
const LONGEST_LAG = 50
/** A stretch that repeats itself this well has a pitch: noise reaches 0.3. */
const TONAL = 0.5

/**
 * Tells music and noise from a voice by their loudness and pitch. Pure: time is the audio it was given. For batches of
 * 100 ms and more, off the frame path; costs about 0.1 ms per second of audio.
 */
export class SoundMeter {
  /** Of the latest windows, in no order. */
  readonly #levelsDb = new Float64Array(SPAN_WINDOWS)
  readonly #pitches = new Float64Array(SPAN_WINDOWS / PITCH_EVERY_WINDOWS)
  #rest: Buffer = Buffer.alloc(0)
  readonly #before = Buffer.alloc(WINDOW_BYTES, SILENCE)
  #windows = 0

  hear(mulaw: Buffer): void {
    const audio = this.#rest.length === 0 ? mulaw : Buffer.concat([this.#rest, mulaw])
    const whole = audio.length - (audio.length % WINDOW_BYTES)
    for (let at = 0; at < whole; at += WINDOW_BYTES) this.#hearWindow(audio.subarray(at, at + WINDOW_BYTES))
    // The caller of this may use its buffer again.
    this.#rest = Buffer.from(audio.subarray(whole))
  }

  /** What the last 5 s were; undefined while fewer were heard. */
  get sound(): Sound | undefined {
    if (this.#windows < SPAN_WINDOWS) return undefined
    const loudDb = ranked(this.#levelsDb, LOUD_RANK)
    if (loudDb < FAINTEST_DB) return 'quiet'
    const pauses = this.#levelsDb.filter((levelDb) => levelDb < loudDb - PAUSE_DB).length / SPAN_WINDOWS
    if (pauses >= FEWEST_PAUSES) return 'speech'
    return ranked(this.#pitches, 0.5) >= TONAL ? 'music' : 'noise'
  }

  #hearWindow(window: Buffer): void {
    this.#levelsDb[this.#windows % SPAN_WINDOWS] = 20 * Math.log10(Math.max(rmsOf(window), Number.EPSILON))
    this.#windows += 1
    if (this.#windows % PITCH_EVERY_WINDOWS === 0) {
      const pitch = periodicity(steps(decodeMulaw(Buffer.concat([this.#before, window]))))
      this.#pitches[(this.#windows / PITCH_EVERY_WINDOWS) % this.#pitches.length] = pitch
    }
    this.#before.set(window)
  }
}

/** From sample to sample, at half the rate: the rumble of a car is slow, but has no pitch. */
function steps(samples: Int16Array): Int32Array {
  const halved = new Int32Array(samples.length >> 1)
  for (let at = 1; at < halved.length; at++) halved[at] = samples[2 * at]! - samples[2 * at - 2]!
  return halved
}

/** How well the samples repeat themselves at the best distance: 1 a pure tone, near 0 noise or silence. */
function periodicity(samples: Int32Array): number {
  let best = 0
  for (let lag = SHORTEST_LAG; lag <= LONGEST_LAG && lag < samples.length; lag++) {
    best = Math.max(best, likeness(samples, lag))
  }
  return best
}

function likeness(samples: Int32Array, lag: number): number {
  let product = 0
  let first = 0
  let second = 0
  for (let at = lag; at < samples.length; at++) {
    const a = samples[at]!
    const b = samples[at - lag]!
    product += a * b
    first += a * a
    second += b * b
  }
  return first === 0 || second === 0 ? 0 : product / Math.sqrt(first * second)
}

function ranked(values: Float64Array, rank: number): number {
  return values.toSorted()[Math.floor(values.length * rank)] ?? 0
}
