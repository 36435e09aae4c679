import type { AnswerOutcome, EngineError, EngineEvent } from '../engine.ts'
import type { Mind } from './mind.ts'
import { partFailure } from './part-failure.ts'
import { SentenceSplitter } from './sentences.ts'
import type { Prompt, Thought } from './thinker.ts'
import type { Utterance } from './utterance.ts'
import type { Voice } from './voice.ts'

export interface AnswerOptions {
  readonly answerId: string
  /** An answer is one utterance at most. */
  readonly utteranceId: string
  readonly mind: Mind
  readonly voice: Voice
  /** Everything it does, `answer.started` excepted; `answer.ended` or `engine.lost` is the last of it. */
  readonly emit: (event: EngineEvent) => void
}

/** More than the most tokens an answer may have (`maxOutputTokens`), which not every server of the same wire obeys. */
const MOST_CHARACTERS = 30_000

type Because = Extract<Thought, { type: 'ended' }>['because']

/** One answer while it is thought and spoken: text goes to the voice sentence by sentence, requests go out at once. */
export class Answer {
  readonly answerId: string
  readonly utteranceId: string
  readonly #options: AnswerOptions
  readonly #abort = new AbortController()
  readonly #sentences = new SentenceSplitter()
  #utterance: Utterance | undefined
  #words = ''
  #characters = 0
  #askedForTools = false
  /** The code of what broke the thought off in mid-answer. */
  #broken: string | undefined
  #because: Because = 'done'
  #over = false

  constructor(options: AnswerOptions) {
    this.#options = options
    this.answerId = options.answerId
    this.utteranceId = options.utteranceId
  }

  /** It has ended or was stopped: nothing comes of it any more. */
  get isOver(): boolean {
    return this.#over
  }

  /** It has words that are spoken, or will be. */
  get spoke(): boolean {
    return this.#words !== ''
  }

  /** Begins to think, within this call. Never rejects. */
  async think(prompt: Prompt): Promise<void> {
    try {
      for await (const thought of this.#options.mind.think(prompt, this.#abort.signal)) {
        if (this.#over) return
        this.#take(thought)
        if (this.#characters >= MOST_CHARACTERS) {
          this.#because = 'length'
          break
        }
      }
      if (!this.#over) this.#thoughtOut()
    } catch (thrown) {
      if (!this.#over) this.#onThoughtFailed(partFailure(thrown, MIND))
    }
  }

  /** Stops thinking and speaking; emits nothing any more. */
  stop(): void {
    if (this.#over) return
    this.#over = true
    this.#abort.abort(STOPPED)
    this.#utterance?.stop()
  }

  #take(thought: Thought): void {
    switch (thought.type) {
      case 'text':
        if (!this.#utterance && /\S/.test(thought.text)) this.#begin()
        this.#say(this.#sentences.add(thought.text))
        this.#characters += thought.text.length
        break
      case 'tool': {
        this.#say(this.#sentences.rest())
        this.#askedForTools = true
        const { requestId, name, argumentsJson } = thought
        this.#emit({ type: 'tool.requested', requestId, name, argumentsJson })
        break
      }
      case 'usage':
        this.#emit({ type: 'usage.counted', usage: thought.usage })
        break
      case 'ended':
        this.#because = thought.because
        break
      default:
        thought satisfies never
    }
  }

  #begin(): void {
    // Opens what takes time to open, before the first sentence is whole.
    this.#utterance = this.#beginUtterance()
    this.#emit({ type: 'answer.worded', answerId: this.answerId })
  }

  #thoughtOut(): void {
    this.#say(this.#sentences.rest())
    this.#finishSpeaking()
  }

  /** What was said of it stands, but for the sentence it broke off in. */
  #onThoughtFailed(error: EngineError): void {
    const beyondHelp = error.failure === 'refused' || error.failure === 'limited'
    if (beyondHelp && !this.spoke && !this.#askedForTools) {
      this.#lose(error)
      return
    }
    this.#broken = error.code
    this.#finishSpeaking()
  }

  #finishSpeaking(): void {
    if (this.#over) return
    if (!this.spoke) {
      this.#utterance?.stop()
      this.#end()
      return
    }
    this.#emitWords(true)
    this.#utterance?.finish()
  }

  #say(pieces: readonly string[]): void {
    for (const piece of pieces) {
      if (this.#over) return
      this.#words += piece
      this.#emitWords(false)
      this.#utterance?.say(piece)
    }
  }

  #emitWords(final: boolean): void {
    this.#emit({ type: 'agent.words', utteranceId: this.utteranceId, text: this.#words.trimEnd(), final })
  }

  #beginUtterance(): Utterance {
    const { utteranceId } = this
    return this.#options.voice.begin({
      onAudio: (audio) => this.#emit({ type: 'agent.audio', utteranceId, audio }),
      onTiming: (spoken) => this.#emit({ type: 'agent.timing', utteranceId, spoken }),
      onFinished: () => {
        // An answer that broke off is not whole, though all that was said of it is.
        if (this.#broken === undefined) this.#emit({ type: 'agent.utterance-complete', utteranceId })
        this.#end()
      },
      onFailed: (error) => this.#lose(error),
    })
  }

  /** Whoever hears of one thing may stop it before the next. */
  #emit(event: EngineEvent): void {
    if (!this.#over) this.#options.emit(event)
  }

  #lose(error: EngineError): void {
    if (this.#over) return
    this.#abort.abort(STOPPED)
    this.#utterance?.stop()
    this.#over = true
    this.#options.emit({ type: 'engine.lost', error })
  }

  #end(): void {
    if (this.#over) return
    this.#over = true
    const outcome = this.#outcome()
    const detail = this.#broken ?? (this.#because === 'done' ? undefined : this.#because)
    const { answerId } = this
    this.#options.emit({ type: 'answer.ended', answerId, outcome, ...(detail === undefined ? {} : { detail }) })
  }

  #outcome(): AnswerOutcome {
    if (this.#askedForTools) return 'asked for tools'
    if (this.#broken !== undefined) return 'failed'
    if (this.#because !== 'done') return this.spoke ? 'cut short' : 'failed'
    return this.spoke ? 'spoke' : 'empty'
  }
}

const STOPPED = new Error('The answer was stopped')

/** Of what a thinker throws itself, `Mind` makes an `EngineError`; anything else is our own mistake. */
const MIND = { name: 'the cascade', provider: 'cascade' }
