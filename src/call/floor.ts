import type { EngineEvent } from '../engines/engine.ts'
import type { AgentSpeech, Cut } from './agent-speech.ts'
import type { Answering } from './answering.ts'
import type { EngineLink } from './engine-link.ts'
import type { CallFact } from './facts.ts'
import { type TurnDecision, TurnTaking, type TurnTakingOptions } from './turn-taking.ts'

/** The caller had a turn; `words` when any were recognised. `untilMs`: when they stopped speaking, monotonic. */
export interface CallerTurn {
  readonly words: boolean
  readonly untilMs: number
}

export type CallerEvent = Extract<EngineEvent, { type: `caller.${string}` }>

export interface FloorOptions {
  readonly turnTaking: TurnTakingOptions
  readonly speech: AgentSpeech
  readonly answering: Answering
  readonly link: EngineLink
  readonly note: (fact: CallFact) => void
  readonly onCallerTurn: (turn: CallerTurn) => void
}

const AFTER_A_FALSE_ALARM =
  'You were cut off by a noise. Go on with your sentence exactly where the caller last heard you.'

/**
 * The floor of a talk: does what turn-taking decides. It silences us, remembers what was cut until it is known whether
 * the caller said anything, and then has it answered or goes on with the sentence.
 */
export class Floor {
  readonly #options: FloorOptions
  readonly #turns: TurnTaking
  /** What the caller cut, until their words or the lack of them decide. */
  #cut: Cut[] = []
  #closed = false
  /** When the caller stopped speaking, by turns whose final words have not come. */
  readonly #stoppedAtMs = new Map<string, number>()

  constructor(options: FloorOptions) {
    this.#options = options
    this.#turns = new TurnTaking(options.turnTaking)
  }

  get callerHasIt(): boolean {
    return this.#turns.callerHasFloor
  }

  /** Speech of the caller began, ended, or was understood. */
  onCaller(event: CallerEvent, nowMs: number): void {
    switch (event.type) {
      case 'caller.started-speaking':
        this.#onStarted(event, nowMs)
        break
      case 'caller.stopped-speaking':
        this.#onStopped(event, nowMs)
        break
      case 'caller.words':
        this.#onWords(event, nowMs)
        break
      default:
        event satisfies never
    }
  }

  /** To be called a few times a second: whether a turn in doubt has been one long enough. */
  tick(nowMs: number): void {
    this.#take(this.#turns.tick(nowMs), nowMs)
  }

  /** We say nothing more of our own, whatever the caller says: it is only noted. */
  close(): void {
    this.#closed = true
    this.#cut = []
  }

  /** What was cut is not to be said any more. */
  forgetCut(): void {
    this.#cut = []
  }

  /** Whoever listened for the caller is gone, or starts anew. */
  reset(): void {
    this.#turns.reset()
    this.#cut = []
  }

  #onStarted(event: CallerEvent & { type: 'caller.started-speaking' }, nowMs: number): void {
    const { speech, answering, note } = this.#options
    note(event)
    this.#take(this.#turns.callerStarted(nowMs, speech.audible || answering.pending), nowMs)
  }

  #onStopped(event: CallerEvent & { type: 'caller.stopped-speaking' }, nowMs: number): void {
    this.#options.note(event)
    this.#stoppedAtMs.set(event.turnId, nowMs)
    this.#take(this.#turns.callerStopped(nowMs, event.turnId), nowMs)
  }

  #onWords({ turnId, text, final }: CallerEvent & { type: 'caller.words' }, nowMs: number): void {
    const { note, onCallerTurn } = this.#options
    const untilMs = this.#stoppedAtMs.get(turnId) ?? nowMs
    if (final) this.#stoppedAtMs.delete(turnId)
    if (final && text.trim() !== '') {
      note({ type: 'caller.said', turnId, text })
      onCallerTurn({ words: true, untilMs })
    }
    this.#take(this.#turns.callerSaid(turnId, text, final), nowMs)
  }

  #take(decision: TurnDecision | undefined, nowMs: number): void {
    if (this.#closed) return
    if (decision === 'yield') this.#yield()
    else if (decision === 'continue sentence') this.#continueSentence()
    else if (decision === 'answer') this.#answer(nowMs)
    else if (decision === 'answer after all') {
      this.#yield()
      this.#answer(nowMs)
    } else decision satisfies undefined
  }

  #yield(): void {
    const { speech, answering, note } = this.#options
    const owes = answering.pending || answering.owed
    const cut = speech.interrupt()
    answering.callOff(cut)
    if (owes) answering.owe()
    if (cut.length === 0) return
    this.#cut.push(...cut)
    note({ type: 'barge-in', utteranceIds: cut.map(({ utteranceId }) => utteranceId) })
  }

  #answer(nowMs: number): void {
    this.#tellUnheard()
    this.#cut = []
    this.#options.onCallerTurn({ words: false, untilMs: nowMs })
    this.#options.answering.ask()
  }

  #continueSentence(): void {
    const { speech, answering, link } = this.#options
    const cut = this.#cut.splice(0)
    for (const sentence of cut) {
      speech.continue(sentence)
      if (sentence.unheardText !== '') link.tell({ role: 'agent', text: sentence.unheardText })
    }
    const ofEngine = cut.filter(({ source }) => source.by === 'engine')
    const unfinished = ofEngine.some(({ complete }) => !complete)
    if (unfinished || (ofEngine.length > 0 && answering.owed)) answering.ask(AFTER_A_FALSE_ALARM)
    else answering.askOwed()
  }

  /** The engine remembers its own words only as far as they were heard; of the words we told it, it must be told. */
  #tellUnheard(): void {
    for (const { source, unheardText } of this.#cut) {
      if (source.by === 'engine' || source.by === 'filler' || unheardText === '') continue
      this.#options.link.tell({ role: 'note', text: `The caller interrupted and did not hear: "${unheardText}"` })
    }
  }
}
