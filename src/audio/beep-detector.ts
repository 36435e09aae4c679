import { decodeMulaw } from './mulaw.ts'

const SAMPLE_RATE = 8_000
const WINDOW_MS = 20
const WINDOW_BYTES = (SAMPLE_RATE * WINDOW_MS) / 1_000
const FULL_SCALE = 32_768

/** Mailboxes beep between these; below are hums and voices, above is a fax that answers. */
const LOWEST_HZ = 300
const HIGHEST_HZ = 2_500
/** Whole windows in a beep of 120 ms, however it lies. */
const FEWEST_WINDOWS = 5
/** Longer is a dial tone, a fax or a fault. */
const MOST_WINDOWS = 2_500 / WINDOW_MS
/** Quieter than this nobody is meant to hear it. */
const FAINTEST_DB = -42
/** Share of a window's energy in its one frequency: vowels reach 0.9 for a moment, two tones of a key 0.6. */
const PUREST = 0.9
/** A tone keeps its pitch and level; the two tones of a ring beat against each other, a voice glides. */
const STEADY_PITCH = 0.02
const STEADY_DB = 2.5
/** After it there is silence, or at least so much less. */
const DROP_DB = 12
const QUIET_WINDOWS = 2

interface Tone {
  readonly hertz: number
  readonly levelDb: number
  readonly windows: number
  /** Another tone came right before it: a melody, or the three of an operator's message. */
  readonly follows: boolean
}

interface Ended {
  readonly tone: Tone
  readonly quietWindows: number
}

/**
 * Hears the beep after which a mailbox records: one steady tone that ends in silence. Not speech, music, keys, ringing or
 * an operator's three tones. Pure: time is the audio it was given (mu-law, 8 kHz). Costs about 3 microseconds a window.
 */
export class BeepDetector {
  readonly #window = new Uint8Array(WINDOW_BYTES)
  #windowBytes = 0
  #tone: Tone | undefined
  /** The tone that has stopped last, until it was silent for long enough. */
  #ended: Ended | undefined

  /** Hears audio of any length; true when a beep was over in it. */
  hear(mulaw: Uint8Array): boolean {
    let beeped = false
    for (let at = 0; at < mulaw.length; ) {
      const piece = mulaw.subarray(at, at + WINDOW_BYTES - this.#windowBytes)
      this.#window.set(piece, this.#windowBytes)
      this.#windowBytes += piece.length
      at += piece.length
      if (this.#windowBytes < WINDOW_BYTES) continue
      this.#windowBytes = 0
      beeped = this.#judge(measure(decodeMulaw(this.#window))) || beeped
    }
    return beeped
  }

  #judge(sound: Measured): boolean {
    const { hertz, levelDb } = sound
    if (hertz === undefined) return this.#hearNoTone(levelDb)
    const tone = this.#tone
    const goesOn =
      tone !== undefined &&
      Math.abs(hertz - tone.hertz) <= STEADY_PITCH * tone.hertz &&
      Math.abs(levelDb - tone.levelDb) <= STEADY_DB
    this.#tone = goesOn
      ? { ...tone, windows: tone.windows + 1 }
      : { hertz, levelDb, windows: 1, follows: this.#ended !== undefined || (tone?.windows ?? 0) > 1 }
    this.#ended = undefined
    return false
  }

  #hearNoTone(levelDb: number): boolean {
    if (this.#tone) {
      // The window in which it stops is half tone, half silence.
      this.#ended = this.#tone.windows > 1 ? { tone: this.#tone, quietWindows: 0 } : undefined
      this.#tone = undefined
      return false
    }
    if (!this.#ended) return false
    const { tone } = this.#ended
    const quietWindows = this.#ended.quietWindows + 1
    const isQuiet = levelDb <= tone.levelDb - DROP_DB
    const isOver = isQuiet && quietWindows >= QUIET_WINDOWS
    this.#ended = isQuiet && !isOver ? { tone, quietWindows } : undefined
    return isOver && tone.windows >= FEWEST_WINDOWS && tone.windows <= MOST_WINDOWS && !tone.follows
  }
}

interface Measured {
  readonly levelDb: number
  /** The one frequency it consists of; undefined where there is none. */
  readonly hertz: number | undefined
}

function measure(samples: Int16Array): Measured {
  const energy = samples.reduce((sum, sample) => sum + sample * sample, 0)
  const levelDb = 10 * Math.log10(Math.max(energy / samples.length / FULL_SCALE ** 2, Number.EPSILON))
  const hertz = levelDb < FAINTEST_DB ? 0 : frequencyOf(samples)
  const isTone = hertz >= LOWEST_HZ && hertz <= HIGHEST_HZ && shareOf(samples, hertz) * samples.length > PUREST * energy
  return { levelDb, hertz: isTone ? hertz : undefined }
}

/** By the zeros it crosses, read between the samples; only true of a pure tone. 0 where there are none. */
function frequencyOf(samples: Int16Array): number {
  let first = -1
  let last = -1
  let crossings = 0
  for (let at = 1; at < samples.length; at++) {
    const before = samples[at - 1]!
    const here = samples[at]!
    if (before < 0 === here < 0) continue
    last = at - here / (here - before)
    if (first < 0) first = last
    else crossings += 1
  }
  return crossings === 0 ? 0 : (crossings * SAMPLE_RATE) / (2 * (last - first))
}

/** The mean energy at one frequency (Goertzel). */
function shareOf(samples: Int16Array, hertz: number): number {
  const turn = 2 * Math.cos((2 * Math.PI * hertz) / SAMPLE_RATE)
  let previous = 0
  let beforeThat = 0
  for (const sample of samples) {
    const next = sample + turn * previous - beforeThat
    beforeThat = previous
    previous = next
  }
  const power = previous * previous + beforeThat * beforeThat - turn * previous * beforeThat
  return (2 * power) / samples.length ** 2
}
