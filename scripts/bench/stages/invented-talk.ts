import type { Random } from '../../../src/simulator/seeded-random.ts'
import { AGENT_TEXTS, BARRED_TEXTS } from './agent-texts.ts'
import { CALLER_TEXTS, NUMBER_TEXTS } from './caller-texts.ts'
import { HOSTILE_TEXTS, hostileText } from './hostile-texts.ts'

export interface InventedText {
  readonly text: string
  /** What sort of text it is: `short es`, `hostile 3`. */
  readonly sort: string
  /** Made to be slow. */
  readonly isHostile?: true
}

/** Shares of all that callers say; the others are long. Two in a hundred are hostile, so that they make the p99. */
const SHORT = 0.45
const NUMBERS = 0.18
const HOSTILE = 0.02

/** Shares of all that the agent says. */
const BARRED = 0.02
const LONG_WINDED = 0.04
const LONG_WINDED_SENTENCES = 8

const DIGIT_WORDS = ['oh', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'] as const

/** What is said in one call, made up as it goes; the same for the same `random`. */
export class InventedTalk {
  readonly #random: Random
  readonly #language: string

  constructor(random: Random) {
    this.#random = random
    // Half of all callers speak English.
    this.#language = random() < 0.5 ? 'en' : this.#oneOf(Object.keys(CALLER_TEXTS))
  }

  caller(): InventedText {
    const share = this.#random()
    if (share < HOSTILE) return this.#hostile()
    if (share < HOSTILE + NUMBERS) return this.#filled('numbers', this.#oneOf(NUMBER_TEXTS))
    const length = share < HOSTILE + NUMBERS + SHORT ? 'short' : 'long'
    return this.#filled(`${length} ${this.#language}`, this.#oneOf(CALLER_TEXTS[this.#language]![length]))
  }

  agent(): InventedText {
    const share = this.#random()
    if (share < BARRED) return this.#filled('barred', this.#oneOf(BARRED_TEXTS))
    if (share >= BARRED + LONG_WINDED) return this.#filled('answer', this.#oneOf(AGENT_TEXTS))
    const sentences = Array.from({ length: LONG_WINDED_SENTENCES }, () => this.#oneOf(AGENT_TEXTS))
    return this.#filled('long answer', sentences.join(' '))
  }

  #hostile(): InventedText {
    const which = Math.floor(this.#random() * HOSTILE_TEXTS)
    return { ...this.#filled(`hostile ${which}`, hostileText(which)), isHostile: true }
  }

  #filled(sort: string, template: string): InventedText {
    const digit = () => Math.floor(this.#random() * 10)
    const text = template.replace(/#/g, () => String(digit())).replace(/~/g, () => DIGIT_WORDS[digit()]!)
    // New and flat, as it comes off a socket: V8 remembers what a pattern found in a string it has seen before.
    return { sort, text: Buffer.from(text).toString() }
  }

  #oneOf<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.#random() * items.length)]!
  }
}
