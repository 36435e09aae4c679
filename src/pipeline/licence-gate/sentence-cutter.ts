/** A sentence of what is being said, as far as it goes. */
export interface Sentence {
  /** Whole words only: what may be the first half of a word or a number is left out. As it was written. */
  readonly text: string
  /** Nothing more comes in this sentence. */
  readonly complete: boolean
  /** The sentence before it, empty for the first. */
  readonly previous: string
}

/** The point of "6.5" is no end, and neither is one that nothing follows yet. */
const END = /(?<![.!?])[.!?]{1,10}["')\]]{0,10}(?=\s)|[。！？؟।]|\n/g

/** A sentence without an end is cut here: rules look at what stands close together. In characters. */
const LONGEST = 400

/** What a growing text ends with and may go on: a word or a number. Chinese has no spaces, so that nothing is held back. */
const UNFINISHED = /(?:(?!\p{sc=Han})[\p{L}\p{M}\p{N}'’.,٫$€£-])+$/u

/** Cuts a growing text into sentences, each of which is given again while it grows and never after it ended. */
export class SentenceCutter {
  #from = 0
  #previous = ''

  /** The sentences that are new or have grown since the last time. */
  cut(textSoFar: string, final: boolean): Sentence[] {
    const sentences: Sentence[] = []
    for (let end = this.#endIn(textSoFar); end !== undefined; end = this.#endIn(textSoFar)) {
      const text = textSoFar.slice(this.#from, end)
      sentences.push({ text, complete: true, previous: this.#previous })
      this.#previous = text
      this.#from = end
    }
    const rest = textSoFar.slice(this.#from)
    const text = final ? rest : rest.replace(UNFINISHED, '')
    if (text.trim() !== '') sentences.push({ text, complete: final, previous: this.#previous })
    return sentences
  }

  #endIn(text: string): number | undefined {
    // No further than a sentence may be: a model that has lost the thread writes dots without end.
    const found = text
      .slice(this.#from, this.#from + LONGEST + 1)
      .matchAll(END)
      .next().value
    if (found) return this.#from + found.index + found[0].length
    if (text.length - this.#from <= LONGEST) return undefined
    const space = text.lastIndexOf(' ', this.#from + LONGEST)
    return space > this.#from ? space : this.#from + LONGEST
  }
}
