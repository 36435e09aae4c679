import { heardText, type WordTiming } from '../lib/heard-text.ts'
import type { Overlap } from './back-channel.ts'

/**
 * Who made an utterance: the engine; our fixed wording; a filler, which is fixed wording the engine is not told of; or
 * ourselves, out of the rest of a sentence that was cut.
 */
export type Source = { readonly by: 'engine' | 'rest' } | { readonly by: 'phrase' | 'filler'; readonly phrase: string }

/** Something of ours on its way to the caller's ear. Ms are those of its own audio. */
export interface AgentUtterance {
  readonly id: string
  readonly source: Source
  text: string
  givenMs: number
  heardMs: number
  notedHeardMs: number
  /** Which words its audio speaks when, as far as the engine says. */
  readonly spoken: WordTiming[]
  /** The words the ledger has. */
  notedText: string
  /** `cut short`: no more audio will come, though not all the words were spoken. */
  audio: 'growing' | 'complete' | 'cut short'
}

export function createUtterance(id: string, source: Source, text: string): AgentUtterance {
  return {
    id,
    source,
    text,
    givenMs: 0,
    heardMs: 0,
    notedHeardMs: 0,
    spoken: [],
    // The fact that it begins tells the words of all but the engine's.
    notedText: source.by === 'engine' ? '' : text,
    audio: 'growing',
  }
}

/** Its words that will have been heard once all its audio there is was. */
export function wordsGiven(utterance: AgentUtterance): string {
  return wordsBy(utterance, utterance.givenMs)
}

/** Its words that were heard, and the others. */
export function splitAtHeard(utterance: AgentUtterance): Overlap {
  const heard = wordsBy(utterance, utterance.heardMs)
  return { heard, unheard: utterance.text.slice(heard.length).trim() }
}

function wordsBy({ text, givenMs, audio, spoken }: AgentUtterance, heardMs: number): string {
  return heardText({ text, givenMs, heardMs, complete: audio === 'complete', spoken })
}
