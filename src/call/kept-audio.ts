import { durationMs, type EncodedAudio } from '../audio/encoded-audio.ts'

/** The caller's words are kept this long at most. */
export const LONGEST_KEPT_MS = 15_000

/** The latest of the caller's audio. Positions are ms of all audio heard so far. */
export class KeptAudio {
  #pieces: { readonly audio: EncodedAudio; readonly endMs: number }[] = []
  #positionMs = 0

  /** Where the caller's audio stands now. */
  get positionMs(): number {
    return this.#positionMs
  }

  get audio(): readonly EncodedAudio[] {
    return this.#pieces.map(({ audio }) => audio)
  }

  /** Hot path. Gives the audio as it is kept. */
  hear(audio: EncodedAudio): EncodedAudio {
    // A copy: the frame is a window on a socket's read buffer, which may be many times its size.
    const kept = Buffer.from(audio)
    this.#positionMs += durationMs(kept)
    this.#pieces.push({ audio: kept, endMs: this.#positionMs })
    const oldest = this.#pieces[0]
    if (oldest && oldest.endMs <= this.#positionMs - LONGEST_KEPT_MS) this.#pieces.shift()
    return kept
  }

  /** What ended before is not needed any more. */
  forgetBefore(positionMs: number): void {
    const firstKept = this.#pieces.findIndex(({ endMs }) => endMs > positionMs)
    if (firstKept !== 0) this.#pieces = firstKept === -1 ? [] : this.#pieces.slice(firstKept)
  }
}
