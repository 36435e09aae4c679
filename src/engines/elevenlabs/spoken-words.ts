import { durationMs, type EncodedAudio } from '../../audio/encoded-audio.ts'
import { heardText, type WordTiming } from '../../lib/heard-text.ts'
import type { Alignment } from './server-events.ts'

/** A chunk's times may begin a little before the audio that came before it ends. */
const ROUNDING_MS = 50

/** Which words the audio of one utterance has spoken so far, by the alignment that comes with it. */
export class SpokenWords {
  /** All audio so far. */
  receivedMs = 0
  /** All characters so far: the agent's words as its voice reads them, where numbers may be written out. */
  text = ''
  /** Both as they are compared, 10 times a second: the spoken ones, and all of those that were announced. */
  #squashed = ''
  #announced = { text: '', squashed: '' }
  readonly #ends: WordTiming[] = []

  /** Counts a piece of audio and gives the words that end in it. */
  add(audio: EncodedAudio, alignment: Alignment | undefined): WordTiming[] {
    const ends = alignment ? this.#align(alignment) : []
    this.receivedMs += durationMs(audio)
    return ends
  }

  /** Whether all of the words have been spoken. Numbers written out never match: then the clock has to tell. */
  covers(text: string): boolean {
    return this.text !== '' && this.#squashed === this.#squashedOf(text)
  }

  /** Whether a beginning of the words has been spoken, and no more. */
  isPartOf(text: string): boolean {
    return this.text !== '' && this.#squashedOf(text).startsWith(this.#squashed) && !this.covers(text)
  }

  /** The words that were heard, out of all of them. `complete`: no more audio will come. */
  heardBy(heardMs: number, text: string, complete: boolean): string {
    return heardText({ text, givenMs: this.receivedMs, heardMs, complete, spoken: this.#ends })
  }

  #align({ chars, char_start_times_ms: starts, char_durations_ms: durations }: Alignment): WordTiming[] {
    const ends: WordTiming[] = []
    const fromMs = this.#startOf(starts[0] ?? 0)
    for (const [at, char] of chars.entries()) {
      this.text += char
      const isWordEnd = char.trim() !== '' && (chars[at + 1] ?? ' ').trim() === ''
      const endMs = fromMs + (starts[at] ?? 0) + (durations[at] ?? 0)
      if (isWordEnd) ends.push({ chars: this.text.length, ms: Math.round(endMs) })
    }
    this.#squashed += squash(chars.join(''))
    for (const end of ends) this.#ends.push(end)
    return ends
  }

  #squashedOf(text: string): string {
    if (this.#announced.text !== text) this.#announced = { text, squashed: squash(text) }
    return this.#announced.squashed
  }

  /**
   * Where a chunk's times count from. The contract does not say whether that is the chunk or the utterance (for the
   * same provider's text-to-speech it is the chunk): times that begin where the audio so far ends are the utterance's.
   */
  #startOf(firstMs: number): number {
    return firstMs >= this.receivedMs - ROUNDING_MS ? 0 : this.receivedMs
  }
}

function squash(text: string): string {
  return text.replaceAll(/\s+/g, '').toLowerCase()
}
