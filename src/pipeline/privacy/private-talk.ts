import { findPrivate, withoutOverlaps } from './find-private.ts'
import { hideInJson, questionFor } from './private-json.ts'
import type { PrivateKind, PrivateSpan } from './private-span.ts'
import { isQuestion } from './questions.ts'
import { GivenNumbers } from './read-backs.ts'
import { digitsOf, redact } from './redaction.ts'

/** As much of what the caller said since the question as a number in pieces may take. */
const LONGEST_REMEMBERED = 300

/** Fewer keys choose from a menu. */
const FEWEST_TYPED = 4

/** "Okay.", "Go ahead.": said between the pieces of a number, and no question of its own. */
const LONGEST_NOD = 40

/**
 * What is private in one call, both sides heard in order and each utterance once: it remembers what the agent asked,
 * what the caller has said since, and the numbers they gave, which the agent may repeat.
 */
export class PrivateTalk {
  readonly #given = new GivenNumbers()
  readonly #publicNumbers: readonly string[]
  #prompt = ''
  #earlier = ''
  #gaveBirthDate = false

  /** `publicNumbers`: the company's own, such as its telephone and NMLS numbers, which the agent's words keep. */
  constructor(publicNumbers: readonly string[] = []) {
    this.#publicNumbers = publicNumbers.map((number) => number.replace(/\D/g, '')).filter((digits) => digits !== '')
  }

  /** `prompt`: our words it may answer, where they are not simply the last the agent was heard to say. */
  findInCaller(text: string, prompt?: string): readonly PrivateSpan[] {
    const said = { prompt: prompt === undefined || isNod(prompt) ? this.#prompt : prompt, earlier: this.#earlier }
    const spans = findPrivate(text, said)
    const whole = `${this.#earlier} ${text}`.trimStart().slice(-LONGEST_REMEMBERED)
    if (spans.length > 0) this.#given.remember(whole, findPrivate(whole, { prompt: said.prompt }))
    this.#gaveBirthDate ||= spans.some(({ kind }) => kind === 'DOB')
    this.#earlier = whole
    return spans
  }

  hideCaller(text: string, prompt?: string): string {
    return redact(text, this.findInCaller(text, prompt))
  }

  /** Changes nothing, so that words may be hidden again and again while they grow. */
  hideAgent(text: string): string {
    return redact(text, this.findInAgent(text))
  }

  /** The caller heard these words of ours: what they say next may answer them. */
  hearAgent(text: string): void {
    if (isNod(text) || (!isQuestion(text) && this.#given.repeatedIn(text).length > 0)) return
    this.#prompt = text
    this.#earlier = ''
    this.#gaveBirthDate = false
  }

  /** The caller has typed these keys so far: a number of theirs, when they are more than a choice. */
  hearKeys(keys: string): void {
    const digits = digitsOf(keys)
    if (digits.length >= FEWEST_TYPED) this.#given.remember(digits, [{ start: 0, end: digits.length, kind: 'ID' }])
  }

  /** Tool arguments and replies. `spared`: kinds that are the point of it, such as the number to call back. */
  hideJson(json: string, spared: readonly PrivateKind[] = []): string {
    return hideInJson(json, (text, name) => {
      const found = findPrivate(text, { prompt: questionFor(name) }).filter(({ kind }) => kind !== 'ID' || !isId(name))
      const spans = withoutOverlaps([...this.#given.repeatedIn(text), ...found])
      const hidden = spans.filter(({ kind }) => !spared.includes(kind))
      return redact(text, hidden)
    })
  }

  /** What of our words repeats a number of the caller's, or says one of its kind. */
  findInAgent(text: string): readonly PrivateSpan[] {
    // What the caller answered may be read back before it was understood.
    const context = { prompt: this.#gaveBirthDate ? 'What is your date of birth?' : this.#prompt }
    // A long number that is neither the caller's nor named as private is one of ours: a confirmation, a form.
    const found = findPrivate(text, context).filter(({ kind }) => kind !== 'ID')
    return withoutOverlaps([...this.#given.repeatedIn(text), ...found]).filter(
      ({ start, end }) => !this.#isPublic(digitsOf(text.slice(start, end))),
    )
  }

  /** With or without the country's 1. */
  #isPublic(digits: string): boolean {
    return digits !== '' && this.#publicNumbers.some((number) => number.endsWith(digits))
  }
}

function isNod(agentSaid: string): boolean {
  return agentSaid.length <= LONGEST_NOD && !isQuestion(agentSaid)
}

/** Slots and calls have an `id` too: by itself the word says nothing of a caller's number. */
function isId(name: string): boolean {
  return /\bids?$/.test(name)
}
