import type { Alignment } from './protocol.ts'

/** How far ahead a character is looked for that is not the next one: the server may leave a few out. */
const LOOK_AHEAD = 12

/**
 * Follows the alignments of one utterance through the text that was given to be said, and says how far its speech is.
 * Alignments come in chunks with times of their own, and may hold spaces nobody sent.
 */
export class SpokenText {
  #text = ''
  #chars = 0
  /** Audio before the present chunk. */
  #beforeMs = 0

  add(text: string): void {
    this.#text += text
  }

  /** Takes a chunk: by `ms` the first `chars` characters were spoken, at the end of each word. */
  follow(alignment: Alignment | undefined, audioMs: number): { chars: number; ms: number }[] {
    const spoken = alignment ? this.#followWords(alignment) : []
    this.#beforeMs += audioMs
    return spoken
  }

  #followWords({ chars, startsMs, durationsMs }: Alignment): { chars: number; ms: number }[] {
    const spoken: { chars: number; ms: number }[] = []
    chars.forEach((char, at) => {
      this.#advance(char)
      const startMs = startsMs[at]
      const endsWord = char.trim() !== '' && (chars[at + 1] ?? ' ').trim() === ''
      if (!endsWord || startMs === undefined) return
      spoken.push({ chars: this.#chars, ms: this.#beforeMs + startMs + (durationsMs[at] ?? 0) })
    })
    return spoken
  }

  #advance(char: string): void {
    if (char.trim() === '') {
      if (this.#text[this.#chars] === ' ') this.#chars += 1
      return
    }
    const ahead = this.#text.slice(this.#chars, this.#chars + LOOK_AHEAD).indexOf(char)
    if (ahead >= 0) this.#chars += ahead + char.length
  }
}
