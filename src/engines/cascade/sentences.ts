/** A first piece this long may end at a comma: the caller hears something sooner. */
const FIRST_PIECE_CHARACTERS = 40

/** They end with a full stop and seldom end a sentence; where one does, two sentences are said in one piece. */
const ABBREVIATIONS = new Set(
  'mr mrs ms dr prof st ave blvd rd apt ste dept ext jr sr vs etc inc ltd co corp approx a.m p.m e.g i.e u.s sra srta dra ud uds av núm'.split(
    ' ',
  ),
)

/** Ends of sentences, with their closing quotes and brackets; line breaks; and, for a first piece, commas. */
const POSSIBLE_ENDS = /(?<stop>[.!?…]+)["'”’)\]]*\s|\n|(?<comma>[,;:])\s/g

/** What makes written text look good cannot be spoken. */
const MARKUP = /[*`]|^#+ /g

/**
 * Cuts text, as it streams in, into pieces that can be spoken by themselves: whole sentences, but for the first piece.
 * Each piece ends with one space and has no other white space than single ones; together they are the text.
 */
export class SentenceSplitter {
  #pending = ''
  #cutOnce = false

  /** Takes more text and gives the pieces that are whole now. */
  add(text: string): string[] {
    this.#pending += text
    const pieces: string[] = []
    for (let end = this.#nextEnd(); end !== undefined; end = this.#nextEnd()) {
      const piece = this.#cut(end)
      if (piece !== '') pieces.push(piece)
    }
    return pieces
  }

  /** The text is over, or goes no further for now: gives what is left of it, if anything. */
  rest(): string[] {
    const piece = this.#cut(this.#pending.length)
    return piece === '' ? [] : [piece]
  }

  /** The index behind the next end of a piece. An end shows only by what follows it: "6." may become "6.5". */
  #nextEnd(): number | undefined {
    for (const match of this.#pending.matchAll(POSSIBLE_ENDS)) {
      const { stop, comma } = match.groups ?? {}
      const end = match.index + match[0].length
      if (comma && (this.#cutOnce || end < FIRST_PIECE_CHARACTERS)) continue
      if (stop === '.' && isAbbreviated(this.#pending.slice(0, match.index))) continue
      return end
    }
    return undefined
  }

  #cut(end: number): string {
    const piece = this.#pending.slice(0, end).replace(MARKUP, '').replace(/\s+/g, ' ').trim()
    this.#pending = this.#pending.slice(end)
    if (piece === '') return ''
    this.#cutOnce = true
    return `${piece} `
  }
}

/** Whether a full stop after `text` belongs to its last word: "Dr", the "J" of a name, the "1" of a list. */
function isAbbreviated(text: string): boolean {
  const word = /[\p{L}\p{N}.]+$/u.exec(text)?.[0] ?? ''
  if (/^\p{Lu}$/u.test(word) && word !== 'I') return true
  return ABBREVIATIONS.has(word.toLowerCase()) || /^\s*\d+$/.test(text)
}
