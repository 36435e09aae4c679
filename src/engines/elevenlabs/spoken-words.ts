import { durationMs, type EncodedAudio } from '../../audio/encoded-audio.ts'
import type { Alignment } from './server-events.ts'

/** By `ms` of an utterance's audio the first `chars` characters of its words were spoken. */
export interface WordEnd {
  readonly chars: number
  readonly ms: number
}

/** A chunk's times may begin a little before the audio that came before it ends. */
const ROUNDING_MS = 50

/** Which words the audio of one utterance has spoken so far, by the alignment that comes with it. */
export class SpokenWords {
  /** All audio so far. */
  receivedMs = 0
  /** All characters so far: the agent's words as its voice reads them, where numbers may be written out. */
  text = ''
  readonly #ends: WordEnd[] = []

  /** Counts a piece of audio and gives the words that end in it. */
  add(audio: EncodedAudio, alignment: Alignment | undefined): WordEnd[] {
    const ends = alignment ? this.#align(alignment) : []
    this.receivedMs += durationMs(audio)
    return ends
  }

  /** Whether all of the words have been spoken. Numbers written out never match: then the clock has to tell. */
  covers(text: string): boolean {
    return this.text !== '' && squash(this.text) === squash(text)
  }

  /** Whether a beginning of the words has been spoken, and no more. */
  isPartOf(text: string): boolean {
    return this.text !== '' && squash(text).startsWith(squash(this.text)) && !this.covers(text)
  }

  /** The words that were heard, cut at the last whole one. `text`: all of them. */
  heardBy(heardMs: number, text: string): string {
    const evenly = Math.floor(text.length * (heardMs / Math.max(1, this.receivedMs)))
    const chars = this.#ends.length > 0 ? (this.#ends.findLast(({ ms }) => ms <= heardMs)?.chars ?? 0) : evenly
    if (chars >= text.length) return text
    return /\s/.test(text[chars] ?? '') ? text.slice(0, chars) : text.slice(0, chars).replace(/\S*$/, '').trimEnd()
  }

  #align({ chars, char_start_times_ms: starts, char_durations_ms: durations }: Alignment): WordEnd[] {
    const ends: WordEnd[] = []
    const fromMs = this.#startOf(starts[0] ?? 0)
    for (const [at, char] of chars.entries()) {
      this.text += char
      const isWordEnd = char.trim() !== '' && (chars[at + 1] ?? ' ').trim() === ''
      const endMs = fromMs + (starts[at] ?? 0) + (durations[at] ?? 0)
      if (isWordEnd) ends.push({ chars: this.text.length, ms: Math.round(endMs) })
    }
    this.#ends.push(...ends)
    return ends
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
