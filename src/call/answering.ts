import type { AnswerOutcome } from '../engines/engine.ts'
import type { AgentSpeech, Cut } from './agent-speech.ts'
import type { EngineLink } from './engine-link.ts'
import type { CallFact } from './facts.ts'
import { LoopBreaker, type LoopKind } from './loop-breaker.ts'

export interface AnsweringOptions {
  readonly link: EngineLink
  readonly speech: AgentSpeech
  /** Whether an answer may be given now; otherwise it is owed. */
  readonly mayAnswer: () => boolean
  /** In which language, for answers with instructions of their own. */
  readonly speakTheirs: () => string
  /** The call ends when what is being said was heard: nobody waits for an answer that was not asked for. */
  readonly isEnding: () => boolean
  /** The model has lost the thread. */
  readonly onLoop: (kind: LoopKind) => void
  readonly note: (fact: CallFact) => void
}

/** An answer the engine has begun. `stale`: probably one that was called off before it began. */
interface Running {
  readonly answerId: string
  stale: boolean
  /** Its first words, or a request of it, are in the ledger. */
  worded: boolean
}

const AFTER_A_BREAK =
  'The connection broke for a moment and is back. Do not greet again and do not apologise. In one or two short sentences go on where the talk stopped; if you may have missed what the caller said, ask them to say it again.'

/**
 * Where the engine is with its answer to the caller. An answer may be owed (the caller has the floor, or nobody can
 * hear us), asked for, and running; what is called off while on its way may still begin and must not be taken for the
 * one that was asked for afterwards.
 */
export class Answering {
  readonly #options: AnsweringOptions
  readonly #loops = new LoopBreaker()
  #owed = false
  #asked = false
  #instructions: string | undefined
  #running: Running | undefined
  /** A request was called off before it began: its answer may still begin, only to be cancelled. */
  #staleOnItsWay = false
  /** The last answer broke off in mid-sentence. */
  #brokeOff = false
  /** Was called off while it ran, and has not ended: an engine that cannot cancel goes on with it. */
  #calledOff: Running | undefined

  constructor(options: AnsweringOptions) {
    this.#options = options
  }

  /** An answer was asked for or is being made. */
  get pending(): boolean {
    return this.#asked || (this.#running !== undefined && !this.#running.stale)
  }

  /** An answer is due that could not be asked for, or was cancelled before a word of it was heard. */
  get owed(): boolean {
    return this.#owed
  }

  /** Asks for an answer now, or as soon as one may be given. */
  ask(instructions?: string): void {
    this.#instructions = instructions
    this.#owed = !this.#options.mayAnswer()
    if (this.#owed) return
    this.#asked = true
    this.#options.link.answer(instructions && `${instructions} ${this.#options.speakTheirs()}`)
  }

  /** The talk was broken off, and the engine is to take it up. */
  askToGoOn(): void {
    this.ask(AFTER_A_BREAK)
  }

  owe(): void {
    this.#owed = true
  }

  askOwed(): void {
    if (this.#owed) this.ask(this.#instructions)
  }

  /** Calls off what was asked for and is being made. `cut`: what was silenced, with what the caller heard of it. */
  callOff(cut: readonly Cut[]): void {
    const isAnswering = this.#asked || this.#running !== undefined
    this.#staleOnItsWay ||= this.#asked && this.#running === undefined
    if (this.#running) this.#calledOff = this.#running
    this.#asked = false
    this.#running = undefined
    this.#owed = false
    // Of our fixed wording the engine has no memory that could be cut.
    const heard = cut.filter(({ source }) => source.by === 'engine')
    if (isAnswering || heard.length > 0) this.#options.link.interrupt(heard)
  }

  /** Nobody hears what an engine has begun unasked, in these utterances, or is about to. */
  callOffUnasked(utteranceIds: readonly string[]): void {
    if (this.#running) this.#calledOff = this.#running
    this.#running = undefined
    this.#options.link.interrupt(utteranceIds.map((utteranceId) => ({ utteranceId, heardMs: 0 })))
  }

  /** Takes back that the running answer was called off, where the engine has gone on with it. False: it has ended. */
  resume(): boolean {
    if (!this.#calledOff) return false
    this.#running = this.#calledOff
    this.#calledOff = undefined
    this.#owed = false
    return true
  }

  /** The same question again: the answer to it does not come. */
  askAgain(cut: readonly Cut[]): void {
    if (!this.pending && !this.#owed) return
    const instructions = this.#instructions
    this.callOff(cut)
    this.ask(instructions)
  }

  started(answerId: string): void {
    const unasked = !this.#asked
    const stale = this.#staleOnItsWay
    this.#staleOnItsWay = false
    this.#calledOff = undefined
    this.#running = { answerId, stale, worded: false }
    if (!stale) this.#asked = false
    // An engine that answers by itself has something to say to a goodbye, too.
    if (unasked && this.#options.isEnding()) this.callOff([])
  }

  /** Words or a request of the running answer came: the first of them is noted. */
  worded(): void {
    if (!this.#running || this.#running.worded) return
    this.#running.worded = true
    this.#options.note({ type: 'answer.worded', answerId: this.#running.answerId })
  }

  /** Speech came: what is heard was not called off. */
  spoke(): void {
    if (!this.#running?.stale) return
    this.#running.stale = false
    this.#asked = false
  }

  ended(answerId: string, outcome: AnswerOutcome): void {
    const running = this.#running
    if (this.#calledOff?.answerId === answerId) this.#calledOff = undefined
    if (running?.answerId !== answerId) return
    this.#running = undefined
    if (running.stale && outcome === 'cancelled') return
    if (running.stale) this.#asked = false
    const unfinished = this.#options.speech.cutShort()
    const silent = outcome === 'empty' || outcome === 'failed' || outcome === 'cancelled'
    const loop = this.#loops.answered(silent)
    // Once: an answer that is always too long for its limit would go on for ever.
    const goesOn = outcome === 'cut short' && !this.#brokeOff
    this.#brokeOff = outcome === 'cut short'
    if (loop) this.#options.onLoop(loop)
    else if (goesOn || (silent && unfinished)) this.askToGoOn()
    else if (silent) this.ask(this.#instructions)
  }

  /** All of an utterance of the engine was heard. */
  heard(text: string): void {
    const loop = this.#loops.said(text)
    if (loop) this.#options.onLoop(loop)
  }

  /** The engine is gone with all that was asked of it. `talkBroken`: something else was lost with it. */
  lost(talkBroken: boolean): void {
    const unfinished = this.#options.speech.cutShort()
    const due = this.pending || this.#owed || unfinished || talkBroken
    this.#asked = false
    this.#running = undefined
    this.#calledOff = undefined
    this.#staleOnItsWay = false
    if (due) this.askToGoOn()
  }
}
