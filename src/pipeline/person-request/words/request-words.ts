/**
 * How a language asks for a person, as parts of regular expressions over a clause in small letters without punctuation.
 * Each must be linear: no repetition within a repetition.
 */
export interface RequestWords {
  /** Two letters, as in ISO 639-1. */
  readonly language: string
  /** A human being, and the people and departments of a company. */
  readonly who: readonly string[]
  /** A human being as against a machine: to want one is enough. */
  readonly real: readonly string[]
  /** To speak, in the forms a wish takes; not its past. */
  readonly talk: readonly string[]
  /** To explain the matter to a person, with `#` for the person: "explain" alone may ask us to. */
  readonly explain: string
  /** What the caller wants or may, said of themselves. */
  readonly want: readonly string[]
  /** To be put through, said to us. */
  readonly connect: readonly string[]
  /** To be put through, as the whole of what is said. */
  readonly through: string
  /** What may stand around a bare "agent": please, articles, yes and no. */
  readonly filler: readonly string[]
  /** What was said or done before, or by others, and people who are not ours: then nobody is asked for. */
  readonly told: readonly string[]
  /** Robots and machines. */
  readonly machine: readonly string[]
  /** Words that refuse to talk with one, and those that want no more of it without saying that they talk. */
  readonly refuse: readonly string[]
  readonly enough: readonly string[]
  /** Words are written without spaces, or carry their endings: a part of a word counts too. */
  readonly partOfWord?: true
  /** What may be written before a word without a space: articles and prepositions of Arabic. */
  readonly prefix?: string
}
