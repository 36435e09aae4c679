import { byteLength, decodeAudio, decodeAudioInto, type EncodedAudio, SILENCE } from '../audio/encoded-audio.ts'

/** Stereo as players know it: the caller left, the agent right. */
export const CHANNEL = { caller: 0, agent: 1 } as const

export type Channel = (typeof CHANNEL)[keyof typeof CHANNEL]

/**
 * The last seconds of a recording, in memory, while audio may still arrive for them. Two rings of mu-law, one a
 * channel, both covering `takenSamples` to `takenSamples + capacitySamples`; what nobody filled is silence, and of
 * two pieces in one place the later stays. Pure: positions are samples from the start of the recording.
 */
export class RecordingTimeline {
  readonly capacitySamples: number
  readonly #rings: readonly [Buffer, Buffer]
  #takenSamples: number
  #headSamples: number

  /** Begins at `fromSample`: 0, or where the file of an earlier process is taken up. */
  constructor(capacitySamples: number, fromSample: number) {
    this.capacitySamples = capacitySamples
    this.#rings = [Buffer.alloc(capacitySamples, SILENCE), Buffer.alloc(capacitySamples, SILENCE)]
    this.#takenSamples = fromSample
    this.#headSamples = fromSample
  }

  /** Everything before this was taken out. */
  get takenSamples(): number {
    return this.#takenSamples
  }

  /** Where the audio heard so far ends. */
  get headSamples(): number {
    return this.#headSamples
  }

  /**
   * Puts audio in its place. The caller has made room: it ends within `capacitySamples` of `takenSamples`.
   * Returns what came too late to be staged, decoded, as the samples that begin at `atSample`.
   */
  put(channel: Channel, atSample: number, audio: EncodedAudio): Buffer | undefined {
    const endSample = atSample + byteLength(audio)
    const slot = atSample % this.capacitySamples
    this.#headSamples = Math.max(this.#headSamples, endSample)
    const whole = atSample >= this.#takenSamples && slot + (endSample - atSample) <= this.capacitySamples
    if (!whole) return this.#putDecoded(channel, atSample, decodeAudio(audio))
    decodeAudioInto(audio, this.#rings[channel], slot)
    return undefined
  }

  /** Takes out everything before `untilSample`, interleaved, and at most `capacitySamples`. */
  take(untilSample: number): Buffer {
    const samples = Math.min(untilSample - this.#takenSamples, this.capacitySamples)
    const interleaved = new Uint16Array(samples)
    for (let done = 0; done < samples; ) {
      const slot = (this.#takenSamples + done) % this.capacitySamples
      const run = Math.min(samples - done, this.capacitySamples - slot)
      this.#interleave(interleaved.subarray(done, done + run), slot)
      done += run
    }
    this.skipTo(this.#takenSamples + samples)
    return Buffer.from(interleaved.buffer)
  }

  /** Moves on to `sample` without giving what lies before it. */
  skipTo(sample: number): void {
    this.#takenSamples = sample
    this.#headSamples = Math.max(this.#headSamples, sample)
  }

  /** The piece that wraps around the ring's end, or begins before what is still staged. */
  #putDecoded(channel: Channel, atSample: number, mulaw: Buffer): Buffer | undefined {
    const lateSamples = Math.max(0, Math.min(this.#takenSamples - atSample, mulaw.length))
    const slot = (atSample + lateSamples) % this.capacitySamples
    const untilWrap = lateSamples + this.capacitySamples - slot
    this.#rings[channel].set(mulaw.subarray(lateSamples, untilWrap), slot)
    this.#rings[channel].set(mulaw.subarray(untilWrap), 0)
    return lateSamples > 0 ? mulaw.subarray(0, lateSamples) : undefined
  }

  /** One run without a wrap. Leaves silence behind, so that the slots can serve a later second. */
  #interleave(target: Uint16Array, slot: number): void {
    const [left, right] = this.#rings
    // Two mu-law bytes written as one little-endian pair: half the stores of a byte-wise loop.
    for (let at = 0; at < target.length; at++) target[at] = left[slot + at]! | (right[slot + at]! << 8)
    left.fill(SILENCE, slot, slot + target.length)
    right.fill(SILENCE, slot, slot + target.length)
  }
}
