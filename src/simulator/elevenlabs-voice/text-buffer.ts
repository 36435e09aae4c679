export interface TextOptions {
  /** Everything is spoken now. */
  readonly flush?: boolean | undefined
  /** Everything is spoken now if there is enough of it. */
  readonly tryTrigger?: boolean | undefined
}

/** Characters that have to wait before each generation; the last goes on (contract 3). */
export const DEFAULT_SCHEDULE: readonly number[] = [120, 160, 250, 290]

/** Less is not worth a `try_trigger_generation`; the service names no number, so the least a schedule may hold. */
const ENOUGH_CHARACTERS = 50

const PHRASE_END = /[.!?…,;:]["'”’)\]]*\s/g
const SENTENCES = /.+?(?:[.!?…]+["'”’)\]]*\s+|$)/gs

/** Text on its way to be spoken: waits for the end of a phrase (auto mode), or for as much as the schedule asks for. */
export class TextBuffer {
  readonly #schedule: readonly number[] | 'auto'
  #waiting = ''
  #generations = 0

  constructor(schedule: readonly number[] | 'auto') {
    this.#schedule = schedule
  }

  /** Takes text and gives what is to be spoken now, sentence by sentence; together they are the text. */
  add(text: string, { flush = false, tryTrigger = false }: TextOptions = {}): string[] {
    this.#waiting += text
    const enough = tryTrigger && this.#waiting.length >= ENOUGH_CHARACTERS
    return this.#take(flush || enough ? this.#waiting.length : this.#due())
  }

  /** How many of the waiting characters are due. */
  #due(): number {
    if (this.#schedule === 'auto') {
      const last = [...this.#waiting.matchAll(PHRASE_END)].at(-1)
      return last ? last.index + last[0].length : 0
    }
    const wanted = this.#schedule[Math.min(this.#generations, this.#schedule.length - 1)] ?? 0
    return this.#waiting.length >= wanted ? this.#waiting.length : 0
  }

  #take(length: number): string[] {
    const text = this.#waiting.slice(0, length)
    // Blanks alone keep a stream open and are not spoken.
    if (text.trim() === '') return []
    this.#waiting = this.#waiting.slice(length)
    this.#generations += 1
    return text.match(SENTENCES) ?? []
  }
}
