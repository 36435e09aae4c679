import { BYTES_PER_MS, decodeAudioInto, type EncodedAudio } from '../audio/encoded-audio.ts'
import { rmsOf } from '../audio/mulaw.ts'
import { type Sound, SoundMeter } from '../audio/sound-meter.ts'

/** Room for what comes between two ticks, and for a burst after a carrier's gap; what is beyond it is not judged. */
const SCRATCH_MS = 1_000
const MOST_PIECES = 50
const SOUND_EVERY_MS = 1_000

/** A base line of fewer utterances than this is none; it is made of the latest few. */
const FEWEST_UTTERANCES = 2
const MOST_UTTERANCES = 8
/** Quieter than this nobody spoke: digital silence, a line that dropped. */
const FAINTEST_DB = -60
/** The level of an utterance is that of its loud moments. */
const LOUD_RANK = 0.8

/**
 * How the caller's line sounds, and how loud they speak against their own base line: judged in batches, off the frame
 * path.
 */
export class CallerSound {
  readonly #meter = new SoundMeter()
  readonly #scratch = Buffer.alloc(SCRATCH_MS * BYTES_PER_MS)
  #heard: EncodedAudio[] = []
  #sound: Sound | undefined
  #soundAtMs = 0
  /** Levels in dBFS of the utterance that goes on; undefined between two. */
  #utterance: number[] | undefined
  /** Levels of the latest utterances. */
  #baseLine: number[] = []
  #raisedDb: number | undefined

  /** What the last seconds were; looked at once a second. */
  get sound(): Sound | undefined {
    return this.#sound
  }

  /** How much louder than their base line the last utterance was, in dB; undefined while there is none. */
  get raisedDb(): number | undefined {
    return this.#raisedDb
  }

  /** Hot path: only kept for the next tick. */
  hear(audio: EncodedAudio): void {
    if (this.#heard.length < MOST_PIECES) this.#heard.push(audio)
  }

  callerStarted(): void {
    this.#utterance ??= []
  }

  callerStopped(): void {
    this.#listen()
    const level = ranked(this.#utterance ?? [], LOUD_RANK)
    this.#utterance = undefined
    this.#raisedDb = undefined
    if (level === undefined || level < FAINTEST_DB) return
    if (this.#baseLine.length >= FEWEST_UTTERANCES) this.#raisedDb = level - ranked(this.#baseLine, 0.5)!
    this.#baseLine = [...this.#baseLine, level].slice(-MOST_UTTERANCES)
  }

  /** To be called every 100 ms. */
  tick(nowMs: number): void {
    this.#listen()
    if (nowMs - this.#soundAtMs < SOUND_EVERY_MS) return
    this.#soundAtMs = nowMs
    this.#sound = this.#meter.sound
  }

  #listen(): void {
    let bytes = 0
    for (const audio of this.#heard) bytes += decodeAudioInto(audio, this.#scratch, bytes)
    this.#heard = []
    if (bytes === 0) return
    const batch = this.#scratch.subarray(0, bytes)
    this.#meter.hear(batch)
    this.#utterance?.push(20 * Math.log10(Math.max(rmsOf(batch), Number.EPSILON)))
  }
}

function ranked(values: readonly number[], rank: number): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * rank)]
}
