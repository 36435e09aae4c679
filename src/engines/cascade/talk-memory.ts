import { heardText, type WordTiming } from '../../lib/heard-text.ts'
import type { HistoryItem } from '../engine.ts'
import { lateResultNote } from '../notes.ts'
import type { Memory } from './thinker.ts'

type ToolRequest = Extract<Memory, { role: 'tool request' }>

/** Something the agent says or said. */
interface Utterance {
  readonly role: 'agent'
  readonly utteranceId: string
  /** All its words so far. */
  words: string
  /** What the model remembers of them. */
  text: string
  /** Audio the call has of it. */
  givenMs: number
  /** Whether that is all of it. */
  complete: boolean
  readonly spoken: WordTiming[]
  heardMs: number | undefined
}

const WORDLESS = 'The caller made a sound in which no words could be understood.'

/**
 * The talk as the model remembers it: what was said, told and asked for, and of our own words only what the caller
 * heard. Only its end changes, so that a provider can cache what comes before.
 */
export class TalkMemory {
  #entries: (Memory | Utterance)[]
  readonly #utterances = new Map<string, Utterance>()
  readonly #requested = new Set<string>()
  readonly #answered = new Set<string>()
  #version = 0

  constructor(history: readonly HistoryItem[]) {
    this.#entries = [...history]
  }

  /** Differs whenever something was remembered or forgotten in between. */
  get version(): number {
    return this.#version
  }

  add(item: HistoryItem): void {
    this.#add(item)
  }

  /** The caller's turn as it was heard. */
  callerSaid(text: string): void {
    if (text !== '') this.#add({ role: 'caller', text })
    else if (!this.#endsWith(WORDLESS)) this.#add({ role: 'note', text: WORDLESS })
  }

  /** All words of an utterance so far. */
  setWords(utteranceId: string, words: string): void {
    const utterance = this.#utterances.get(utteranceId) ?? this.#begin(utteranceId)
    utterance.words = words
    if (utterance.heardMs === undefined) utterance.text = words
  }

  /** Hot path: so much of its audio went to the call. */
  addAudio(utteranceId: string, ms: number): void {
    const utterance = this.#utterances.get(utteranceId)
    if (utterance) utterance.givenMs += ms
  }

  time(utteranceId: string, spoken: readonly WordTiming[]): void {
    this.#utterances.get(utteranceId)?.spoken.push(...spoken)
  }

  /** All its audio went to the call. */
  complete(utteranceId: string): void {
    const utterance = this.#utterances.get(utteranceId)
    if (utterance) utterance.complete = true
  }

  /**
   * Forgets what the caller did not hear of an utterance; one they heard nothing of was never said. What was not
   * given to the call cannot have been heard, whatever `heardMs` says. Ids of others' utterances mean nothing here.
   */
  cut(utteranceId: string, heardMs: number): void {
    const utterance = this.#utterances.get(utteranceId)
    if (!utterance || (utterance.heardMs ?? Number.POSITIVE_INFINITY) <= heardMs) return
    utterance.heardMs = Math.min(heardMs, utterance.givenMs)
    const text = heardText({ ...utterance, text: utterance.words, heardMs: utterance.heardMs })
    if (text === utterance.text) return
    utterance.text = text
    this.#version += 1
    if (text === '') this.#entries = this.#entries.filter((entry) => entry !== utterance)
  }

  request({ requestId, name, argumentsJson }: Omit<ToolRequest, 'role'>): void {
    this.#requested.add(requestId)
    this.#add({ role: 'tool request', requestId, name, argumentsJson })
  }

  /** A tool's result. One nobody asked for here was asked for in an earlier session: it is told as a note. */
  result(requestId: string, output: string): void {
    const isDue = this.#requested.has(requestId) && !this.#answered.has(requestId)
    this.#answered.add(requestId)
    if (isDue) this.#add({ role: 'tool result', requestId, output })
    else this.#add({ role: 'note', text: lateResultNote(output) })
  }

  /** What a thinker is given. Providers refuse a request without its result, so one still running is told as a note. */
  recall(): Memory[] {
    return this.#entries.map((entry) => {
      if ('utteranceId' in entry) return { role: 'agent', text: entry.text }
      return entry.role === 'tool request' && !this.#answered.has(entry.requestId) ? pending(entry) : entry
    })
  }

  #begin(utteranceId: string): Utterance {
    const utterance: Utterance = {
      role: 'agent',
      utteranceId,
      words: '',
      text: '',
      givenMs: 0,
      complete: false,
      spoken: [],
      heardMs: undefined,
    }
    this.#utterances.set(utteranceId, utterance)
    this.#add(utterance)
    return utterance
  }

  #add(entry: Memory | Utterance): void {
    this.#entries.push(entry)
    this.#version += 1
  }

  #endsWith(note: string): boolean {
    const last = this.#entries.at(-1)
    return last?.role === 'note' && last.text === note
  }
}

function pending({ name, argumentsJson }: ToolRequest): Memory {
  return { role: 'note', text: `You asked for the tool ${name} with ${argumentsJson}; it is still working.` }
}
