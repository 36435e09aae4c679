import { durationMs, type EncodedAudio } from './encoded-audio.ts'

/** The latest of a stream of audio, in whole pieces. Positions are ms of all audio there was so far. */
export class KeptAudio {
  readonly #pieces: { readonly audio: EncodedAudio; readonly endMs: number }[] = []
  #positionMs = 0

  /** Where the stream stands now. */
  get positionMs(): number {
    return this.#positionMs
  }

  /** Oldest first. */
  get pieces(): readonly EncodedAudio[] {
    return this.#pieces.map(({ audio }) => audio)
  }

  /** Hot path. Gives the audio as it is kept. */
  add(audio: EncodedAudio): EncodedAudio {
    // A copy: the frame is a window on a socket's read buffer, which may be many times its size.
    const kept = Buffer.from(audio)
    this.#positionMs += durationMs(kept)
    this.#pieces.push({ audio: kept, endMs: this.#positionMs })
    return kept
  }

  /** Hot path. What ended until then is not needed any more. */
  forgetBefore(positionMs: number): void {
    for (let oldest = this.#pieces[0]; oldest && oldest.endMs <= positionMs; oldest = this.#pieces[0])
      this.#pieces.shift()
  }
}
