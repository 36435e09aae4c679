import { dropOldest } from '../lib/drop-oldest.ts'
import type { CallFact, LedgerEntry } from './facts.ts'

/**
 * Takes private numbers out of what was said in one call (RELIABILITY S24). It remembers what was asked and said, since
 * four digits are private only as the answer to a question. To be called in the order of the talk.
 */
export interface PrivateWords {
  /** `prompt`: our words it may answer, where these are not simply our last. */
  hideCaller(text: string, prompt?: string): string
  hideAgent(text: string): string
  /** The caller heard these words of ours. */
  hearAgent(text: string): void
  /** The caller has typed these keys so far, one after the other. */
  hearKeys(keys: string): void
  /** The same JSON with private numbers taken out of its texts. */
  hideJson(json: string): string
}

/** Keys pressed one after the other within this are a number that is typed. */
const SAME_NUMBER_MS = 6_000

/** What is kept in place of a key that was pressed within a number. */
const HIDDEN_KEY = '•'

/** Utterances of ours, and turns of theirs, that words may still come for. */
const MOST_REMEMBERED = 20

/** What may be kept of each fact of a call, in the order they come. */
export function createFactHider(words: PrivateWords): (entry: LedgerEntry) => LedgerEntry {
  const keys = new TypedNumber(words)
  const talk = new HiddenTalk(words)
  return (entry) => {
    const hidden = entry.fact.type === 'caller.pressed' ? keys.hide(entry.fact, entry.atMs) : talk.hide(entry.fact)
    return hidden === entry.fact ? entry : { ...entry, fact: hidden }
  }
}

/** What a caller presses is a number, too. */
class TypedNumber {
  readonly #words: PrivateWords
  #pressedAtMs = Number.NEGATIVE_INFINITY
  #keys = ''

  constructor(words: PrivateWords) {
    this.#words = words
  }

  hide(fact: CallFact & { type: 'caller.pressed' }, atMs: number): CallFact {
    const within = atMs - this.#pressedAtMs < SAME_NUMBER_MS
    this.#pressedAtMs = atMs
    this.#keys = (within ? this.#keys : '') + fact.digit
    this.#words.hearKeys(this.#keys)
    return within ? { ...fact, digit: HIDDEN_KEY } : fact
  }
}

type Spoken = CallFact & { type: 'agent.spoke' }

/** Words are often understood only when the answer to them has begun: each turn is kept with what we had said before it. */
class HiddenTalk {
  readonly #words: PrivateWords
  /** Ours, by utterance: as they were, and as they may be kept. */
  readonly #ours = new Map<string, { readonly text: string; readonly hidden: string }>()
  /** The utterance that was the last to be heard when the caller began to speak; by turn, once that has an id. */
  readonly #askedIn = new Map<string, string | undefined>()
  #speaking: string | undefined
  #asked: string | undefined

  constructor(words: PrivateWords) {
    this.#words = words
  }

  hide(fact: CallFact): CallFact {
    switch (fact.type) {
      case 'caller.started-speaking':
        this.#asked = this.#speaking
        return fact
      case 'caller.stopped-speaking':
        remember(this.#askedIn, fact.turnId, this.#asked)
        return fact
      case 'caller.said':
        return { ...fact, text: this.#words.hideCaller(fact.text, this.#promptOf(fact.turnId)) }
      case 'agent.speaking':
        this.#speaking = fact.utteranceId
        return fact.text === undefined ? fact : { ...fact, text: this.#hideOurs(fact.utteranceId, fact.text) }
      case 'agent.words':
        return { ...fact, text: this.#hideOurs(fact.utteranceId, fact.text) }
      case 'agent.spoke': {
        const text = this.#hideOurs(fact.utteranceId, fact.text)
        const heardText = this.#hideHeard(fact, text)
        if (fact.heardText !== '') this.#words.hearAgent(fact.text)
        return { ...fact, text, heardText }
      }
      case 'tool.requested':
        // A model may make up the name of a tool, and of an argument.
        return { ...fact, name: this.#hideValue(fact.name), argumentsJson: this.#words.hideJson(fact.argumentsJson) }
      case 'tool.ended':
        return { ...fact, name: this.#hideValue(fact.name), reply: this.#hideValue(fact.reply) }
      case 'finding.made':
        return { ...fact, finding: this.#hideValue(fact.finding) }
      default:
        return fact
    }
  }

  #promptOf(turnId: string): string | undefined {
    const asked = this.#askedIn.has(turnId) ? this.#askedIn.get(turnId) : this.#asked
    return asked === undefined ? undefined : this.#ours.get(asked)?.text
  }

  /** The same words are not heard twice: what they ask would count as asked anew, and what we knew then be forgotten. */
  #hideOurs(utteranceId: string, text: string): string {
    const known = this.#ours.get(utteranceId)
    if (known?.text === text) return known.hidden
    const hidden = this.#words.hideAgent(text)
    remember(this.#ours, utteranceId, { text, hidden })
    return hidden
  }

  /** A number that was cut in its middle: the words heard stay a beginning of the words meant. */
  #hideHeard({ text, heardText }: Spoken, hidden: string): string {
    const unheard = text.slice(heardText.length)
    if (hidden.endsWith(unheard)) return hidden.slice(0, hidden.length - unheard.length)
    return commonBeginning(hidden, this.#words.hideAgent(heardText))
  }

  #hideValue<T>(value: T): T {
    return JSON.parse(this.#words.hideJson(JSON.stringify(value)))
  }
}

function remember<T>(known: Map<string, T>, key: string, value: T): void {
  known.delete(key)
  known.set(key, value)
  dropOldest(known, MOST_REMEMBERED)
}

/** Ends before what stands in place of a number, unless it has all of that. */
function commonBeginning(text: string, heard: string): string {
  let at = 0
  while (at < heard.length && text[at] === heard[at]) at += 1
  const common = heard.slice(0, at)
  const open = common.lastIndexOf('[')
  return (open > common.lastIndexOf(']') ? common.slice(0, open) : common).trimEnd()
}
