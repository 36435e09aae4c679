import { durationMs } from '../../audio/encoded-audio.ts'
import { createId } from '../../lib/ids.ts'
import { wordsOf } from '../../lib/spoken-words.ts'
import type { EngineEvent } from '../engine.ts'
import { Answer } from './answer.ts'
import type { Mind } from './mind.ts'
import type { TalkMemory } from './talk-memory.ts'
import type { Prompt } from './thinker.ts'
import type { Voice } from './voice.ts'

export interface AnswersOptions {
  readonly memory: TalkMemory
  readonly mind: Mind
  readonly voice: Voice
  /** What to think about: the talk so far, and words of the caller that are not certain yet. */
  readonly prompt: (instructions: string | undefined, uncertain?: string) => Prompt
  readonly emit: (event: EngineEvent) => void
}

/** An answer begun before anybody asked for it, because the caller has probably finished. */
interface Guess {
  readonly answer: Answer
  /** The words it answers, without punctuation. */
  readonly text: string
  /** The caller's turn did end with these words. */
  confirmed: boolean
  /** What it would have said by now; nobody has heard it. */
  readonly held: EngineEvent[]
}

/**
 * One answer at a time, and only when asked for: requests made meanwhile wait and are one. While nobody asks, one may
 * be guessed ahead; it is held back whole until somebody does, and thrown away if anything has changed by then.
 */
export class Answers implements Disposable {
  readonly #options: AnswersOptions
  #running: Answer | undefined
  #waiting: { readonly instructions: string | undefined } | undefined
  #guess: Guess | undefined

  constructor(options: AnswersOptions) {
    this.#options = options
  }

  request(instructions?: string): void {
    if (this.#running) {
      this.#waiting = { instructions: instructions ?? this.#waiting?.instructions }
      return
    }
    const guess = this.#takeGuess(instructions)
    const answer = guess?.answer ?? this.#create()
    this.#running = answer
    this.#options.emit({ type: 'answer.started', answerId: answer.answerId })
    // Whoever hears of it may stop it.
    if (guess) this.#release(answer, guess.held)
    else if (!answer.isOver) void answer.think(this.#options.prompt(instructions))
  }

  /** The caller will probably say no more than this: thinks ahead, unless there is something to be said already. */
  guess(text: string): void {
    const words = bareWords(text)
    if (this.#running || words === '') return
    if (this.#guess?.text === words && !this.#guess.confirmed) return
    this.forgetGuess()
    const answer = this.#create()
    this.#guess = { answer, text: words, confirmed: false, held: [] }
    void answer.think(this.#options.prompt(undefined, text))
  }

  /** The caller's turn is over: remembers it, and the guess stands if it answers just that. */
  callerSaid(text: string): void {
    const guess = this.#guess
    if (guess?.text === bareWords(text) && !guess.confirmed) guess.confirmed = true
    else this.forgetGuess()
    this.#options.memory.callerSaid(text)
  }

  /** Something has changed that it was not thought with. */
  forgetGuess(): void {
    this.#guess?.answer.stop()
    this.#guess = undefined
  }

  /** Stops what was asked for until now and cuts the memory at what was heard. Requests made afterwards stand. */
  interrupt(heard: readonly { utteranceId: string; heardMs: number }[]): void {
    const { memory, emit } = this.#options
    this.#waiting = undefined
    const stopped = this.#running?.isOver ? undefined : this.#running
    stopped?.stop()
    const { version } = memory
    for (const { utteranceId, heardMs } of heard) memory.cut(utteranceId, heardMs)
    if (version !== memory.version) this.forgetGuess()
    if (!stopped) return
    const isNamed = heard.some(({ utteranceId }) => utteranceId === stopped.utteranceId)
    // Of an utterance that is not named, the call has heard all it was given.
    if (!isNamed) memory.cut(stopped.utteranceId, Number.MAX_SAFE_INTEGER)
    // Past the memory, where it is not whole.
    if (stopped.spoke) emit({ type: 'agent.utterance-complete', utteranceId: stopped.utteranceId })
    this.#pass({ type: 'answer.ended', answerId: stopped.answerId, outcome: 'cancelled' })
  }

  [Symbol.dispose](): void {
    this.#waiting = undefined
    this.#running?.stop()
    this.forgetGuess()
  }

  #create(): Answer {
    const { mind, voice } = this.#options
    const answer: Answer = new Answer({
      answerId: createId('answer'),
      utteranceId: createId('utterance'),
      mind,
      voice,
      emit: (event) => this.#onAnswer(answer, event),
    })
    return answer
  }

  #onAnswer(answer: Answer, event: EngineEvent): void {
    if (answer === this.#running) this.#pass(event)
    else if (event.type === 'usage.counted') this.#options.emit(event)
    // A guess that failed is none: the answer that is asked for gets its own chance.
    else if (event.type === 'engine.lost' || (event.type === 'answer.ended' && event.outcome === 'failed'))
      this.forgetGuess()
    else this.#guess?.held.push(event)
  }

  #takeGuess(instructions: string | undefined): Guess | undefined {
    const guess = this.#guess
    if (!guess?.confirmed || instructions !== undefined) {
      this.forgetGuess()
      return undefined
    }
    this.#guess = undefined
    return guess
  }

  #release(answer: Answer, held: readonly EngineEvent[]): void {
    for (const event of held) if (this.#running === answer) this.#pass(event)
  }

  /** Tells the call, and the memory before it: whoever hears an event may act on it at once. */
  #pass(event: EngineEvent): void {
    const { memory, emit } = this.#options
    if (event.type === 'agent.audio') memory.addAudio(event.utteranceId, durationMs(event.audio))
    else if (event.type === 'agent.words') memory.setWords(event.utteranceId, event.text)
    else if (event.type === 'agent.timing') memory.time(event.utteranceId, event.spoken)
    else if (event.type === 'agent.utterance-complete') memory.complete(event.utteranceId)
    else if (event.type === 'tool.requested') memory.request(event)
    emit(event)
    if (event.type === 'answer.ended') this.#goOn()
  }

  /** After the event: an answer asked for by whoever heard it joins the one that waits. */
  #goOn(): void {
    const waiting = this.#waiting
    this.#running = undefined
    this.#waiting = undefined
    if (waiting) this.request(waiting.instructions)
  }
}

/** Punctuation and capitals are what a recogniser changes last, and nothing an answer depends on. */
function bareWords(text: string): string {
  return wordsOf(text).join(' ')
}
