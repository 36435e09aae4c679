import type { EncodedAudio } from '../../audio/encoded-audio.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import type { Briefing, EngineError, EngineEvent, EngineSession, HistoryItem, Usage } from '../engine.ts'
import { usageOf } from '../usage.ts'
import { ComplaintLimit } from '../wire/complaint-limit.ts'
import { Answers } from './answers.ts'
import { CallerTurns } from './caller-turns.ts'
import { Ears, type TurnEvent } from './ears.ts'
import type { Listener } from './listener.ts'
import { Mind } from './mind.ts'
import { describeFailure } from './part-failure.ts'
import type { Speaker } from './speaker.ts'
import { TalkMemory } from './talk-memory.ts'
import type { Prompt, Thinker } from './thinker.ts'
import { Voice } from './voice.ts'

export interface CascadeSettings {
  /** How long a thinker may take to its first word before the next one is asked. */
  readonly firstTokenTimeoutMs: number
}

export interface CascadeSessionOptions {
  readonly listeners: readonly Listener[]
  readonly thinkers: readonly Thinker[]
  readonly speaker: Speaker
  readonly settings: CascadeSettings
  readonly clock: Clock
  readonly log: Log
  readonly briefing: Briefing
  readonly onEvent: (event: EngineEvent) => void
}

/** A live cascade: ears, a mind with a memory, and a voice. Characters of speech are counted as `textOut`. */
export class CascadeSession implements EngineSession {
  readonly #options: CascadeSessionOptions
  readonly #memory: TalkMemory
  readonly #ears: Ears
  readonly #turns: CallerTurns
  readonly #voice: Voice
  readonly #answers: Answers
  readonly #complaints = new ComplaintLimit()
  #brief: Pick<Briefing, 'instructions' | 'tools' | 'callerKey'>
  #over = false

  constructor(options: CascadeSessionOptions) {
    this.#options = options
    this.#brief = options.briefing
    this.#memory = new TalkMemory(options.briefing.history)
    this.#voice = this.#createVoice(options)
    this.#answers = this.#createAnswers(options)
    this.#turns = this.#createTurns(options)
    this.#ears = this.#createEars(options)
  }

  /** Resolves when the caller is heard; the voice opens meanwhile. Throws an `EngineError`, or the signal's reason. */
  async open(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    this.#voice.prepare()
    await this.#ears.open(signal)
    signal.throwIfAborted()
  }

  hear(audio: EncodedAudio): void {
    if (!this.#over) this.#ears.hear(audio)
  }

  answer(instructions?: string): void {
    if (!this.#over) this.#answers.request(instructions)
  }

  interrupt(heard: readonly { utteranceId: string; heardMs: number }[]): void {
    if (!this.#over) this.#answers.interrupt(heard)
  }

  tell(item: HistoryItem): void {
    this.#answers.forgetGuess()
    this.#memory.add(item)
  }

  returnToolResult(requestId: string, output: string): void {
    this.#answers.forgetGuess()
    this.#memory.result(requestId, output)
  }

  rebrief({ language, ...change }: Partial<Pick<Briefing, 'instructions' | 'tools' | 'language'>>): void {
    if (this.#over) return
    this.#answers.forgetGuess()
    this.#brief = { ...this.#brief, ...change }
    if (language === undefined) return
    this.#voice.useLanguage(language)
    this.#ears.useLanguage(language)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end()
    await Promise.all([this.#ears[Symbol.asyncDispose](), this.#voice[Symbol.asyncDispose]()])
  }

  #createVoice({ speaker, briefing }: CascadeSessionOptions): Voice {
    return new Voice({
      speaker,
      language: briefing.language,
      onBilled: (characters) => this.#count({ model: speaker.model, textOut: characters }),
      onFailure: (error) => this.#survive(error),
    })
  }

  #createAnswers({ thinkers, clock, settings }: CascadeSessionOptions): Answers {
    const { firstTokenTimeoutMs } = settings
    return new Answers({
      memory: this.#memory,
      mind: new Mind({ thinkers, clock, firstTokenTimeoutMs, onFailure: (error) => this.#survive(error) }),
      voice: this.#voice,
      prompt: (instructions, uncertain) => this.#prompt(instructions, uncertain),
      emit: (event) => this.#emit(event),
    })
  }

  #createTurns({ clock }: CascadeSessionOptions): CallerTurns {
    return new CallerTurns({
      clock,
      onNearlyEnded: (text) => this.#answers.guess(text),
      onResumed: () => this.#answers.forgetGuess(),
      onEnded: (text) => this.#answers.callerSaid(text),
      emit: (event) => this.#emit(event),
    })
  }

  #createEars({ listeners, briefing, clock }: CascadeSessionOptions): Ears {
    return new Ears({
      listeners,
      language: briefing.language,
      hears: briefing.hears ?? [],
      clock,
      onTurn: (event) => this.#onTurn(event),
      onBilled: (model, audioSeconds) => this.#count({ model, audioSeconds }),
      onComplaint: (code, detail) => this.#complain(code, detail),
      onReplaced: () => this.#turns.listenerReplaced(),
      onLost: (error) => this.#lose(error),
    })
  }

  #onTurn(event: TurnEvent): void {
    if (this.#over) return
    if (event.type === 'turn.started' || event.type === 'turn.nearly-ended') this.#voice.prepare()
    this.#turns.hear(event)
  }

  #prompt(extraInstructions: string | undefined, uncertain: string | undefined): Prompt {
    const { instructions, tools, callerKey } = this.#brief
    const memory = this.#memory.recall()
    if (uncertain !== undefined) memory.push({ role: 'caller', text: uncertain })
    return { instructions, tools, memory, extraInstructions, callerKey }
  }

  #count(counted: Pick<Usage, 'model'> & Partial<Usage>): void {
    this.#emit({ type: 'usage.counted', usage: usageOf(counted) })
  }

  #survive(error: EngineError): void {
    this.#complain(error.code, describeFailure(error))
  }

  #complain(code: string, detail: string): void {
    const limit = this.#complaints.count(this.#options.clock.monotonicMs())
    if (limit === 'tell the flood') this.#emit({ type: 'engine.complained', code: 'error_flood', detail: FLOOD })
    if (limit !== 'tell') return
    this.#options.log.debug({ code, detail }, 'part of the cascade failed')
    this.#emit({ type: 'engine.complained', code, detail })
  }

  #emit(event: EngineEvent): void {
    if (event.type === 'engine.lost') this.#lose(event.error)
    else if (!this.#over) this.#options.onEvent(event)
  }

  #lose(error: EngineError): void {
    if (this.#over) return
    // Never rejects for a reason anybody could act on, and nobody waits for the parts to close.
    void this[Symbol.asyncDispose]().catch(() => undefined)
    this.#options.onEvent({ type: 'engine.lost', error })
  }

  #end(): void {
    // Before it is over: what the answers it stops have cost is still counted.
    this.#answers[Symbol.dispose]()
    this.#turns[Symbol.dispose]()
    this.#over = true
  }
}

const FLOOD = 'too many to tell'
