/**
 * How a language asks for a person, as parts of regular expressions over a clause in small letters without punctuation.
 * Each must be linear: no repetition within a repetition.
 */
export interface RequestWords {
  /** Two letters, as in ISO 639-1. */
  readonly language: string
  /** A human being, and the people and departments of a company. */
  readonly who: readonly string[]
  /** To speak, in the forms a wish takes; not its past. */
  readonly talk: readonly string[]
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
  /** Robots and machines, and the words that refuse them. */
  readonly machine: readonly string[]
  readonly refuse: readonly string[]
  /** Words are written without spaces, or carry their endings: a part of a word counts too. */
  readonly partOfWord?: true
  /** What may be written before a word without a space: articles and prepositions of Arabic. */
  readonly prefix?: string
}
