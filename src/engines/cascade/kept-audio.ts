import { durationMs, type EncodedAudio } from '../../audio/encoded-audio.ts'

/** The last of the caller's audio, for a listener that has to hear it again. Nothing is copied. */
export class KeptAudio {
  #pieces: EncodedAudio[] = []
  #ms = 0

  get pieces(): readonly EncodedAudio[] {
    return this.#pieces
  }

  /** Hot path: adds a piece and forgets what is older than `limitMs`. */
  add(audio: EncodedAudio, limitMs: number): void {
    this.#pieces.push(audio)
    this.#ms += durationMs(audio)
    this.keepLast(limitMs)
  }

  /** Forgets all but the last `ms`, give or take a piece. */
  keepLast(ms: number): void {
    let forgotten = 0
    for (let first = this.#pieces[0]; first && this.#ms > ms; first = this.#pieces[forgotten]) {
      this.#ms -= durationMs(first)
      forgotten += 1
    }
    if (forgotten > 0) this.#pieces.splice(0, forgotten)
  }
}
