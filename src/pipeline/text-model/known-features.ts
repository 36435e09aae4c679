import { FeatureTree } from './feature-tree.ts'
import { CHARACTERS, type FeatureChoice, WORDS, wordsRead } from './text-features.ts'

const SPACE = ' '.charCodeAt(0)

/** The features a model knows, to be found in a text: those of `featuresOf` that are among them, without making the others. */
export class KnownFeatures {
  readonly #choice: FeatureChoice
  readonly #tree: FeatureTree
  readonly #words: number | undefined
  readonly #characters: number | undefined
  /** By feature, the reading it was last found in: each counts once in a text. */
  readonly #foundIn: Uint32Array
  #reading = 0
  #found: number[] = []

  /** `features`: their names, as `featuresOf` gives them. */
  constructor(features: readonly string[], choice: FeatureChoice) {
    this.#choice = choice
    this.#tree = new FeatureTree(features)
    this.#words = this.#after(this.#tree.root, WORDS)
    this.#characters = this.#after(this.#tree.root, CHARACTERS)
    this.#foundIn = new Uint32Array(features.length)
  }

  /** The places of the known features of a text in the list of features, each once. */
  in(text: string): readonly number[] {
    const words = wordsRead(text, this.#choice.mostWords)
    this.#reading += 1
    this.#found = []
    for (let at = 0; at < words.length; at++) {
      this.#findWords(words, at)
      if (this.#choice.characters) this.#findCharacters(`<${words[at]}>`, this.#choice.characters)
    }
    return this.#found
  }

  /** Runs of words from one on. */
  #findWords(words: readonly string[], from: number): void {
    let node = this.#words
    const end = Math.min(words.length, from + this.#choice.words)
    for (let at = from; at < end && node !== undefined; at++) {
      if (at > from) node = this.#tree.next(node, SPACE)
      node = node === undefined ? undefined : this.#after(node, words[at]!)
      if (node !== undefined) this.#note(node)
    }
  }

  #findCharacters(word: string, [shortest, longest]: readonly [number, number]): void {
    for (let from = 0; from + shortest <= word.length; from++) {
      let node = this.#characters
      const end = Math.min(word.length, from + longest)
      for (let at = from; at < end && node !== undefined; at++) {
        node = this.#tree.next(node, word.charCodeAt(at))
        if (node !== undefined && at - from + 1 >= shortest) this.#note(node)
      }
    }
  }

  #after(from: number, text: string): number | undefined {
    let node: number | undefined = from
    for (let at = 0; at < text.length && node !== undefined; at++) node = this.#tree.next(node, text.charCodeAt(at))
    return node
  }

  #note(node: number): void {
    const feature = this.#tree.endsAt(node)
    if (feature === undefined || this.#foundIn[feature] === this.#reading) return
    this.#foundIn[feature] = this.#reading
    this.#found.push(feature)
  }
}
