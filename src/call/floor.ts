import type { EngineEvent } from '../engines/engine.ts'
import { asksForNumber, isUnfinishedNumber } from '../lib/spoken-numbers.ts'
import type { AgentSpeech, Cut } from './agent-speech.ts'
import type { Answering } from './answering.ts'
import { isBackChannel, type Overlap } from './back-channel.ts'
import { isEcho } from './echo-guard.ts'
import type { EngineLink } from './engine-link.ts'
import type { CallFact } from './facts.ts'
import { type AgentEvent, HeldSpeech } from './held-speech.ts'
import type { CallerWords } from './listening.ts'
import { type TurnDecision, TurnTaking, type TurnTakingOptions, type WordsMean } from './turn-taking.ts'

/** The caller had a turn; `words` when any were recognised that ask for an answer. `untilMs`: when they stopped speaking, monotonic. */
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
  /** Speech of the engine that was kept back may be heard. */
  readonly onReleased: (event: AgentEvent) => void
}

/** What is known of a stretch of the caller's speech when its words come. */
interface Stretch {
  readonly startedAtMs: number
  readonly stoppedAtMs: number
  /** What we were saying when it began, if anything. */
  readonly over: Overlap | undefined
}

const WAS_AN_ECHO = 'What was heard of the caller last was the echo of your own voice: they have not spoken.'

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
  /** What we were saying when the caller's latest speech began, if anything. */
  #over: Overlap | undefined
  #startedAtMs: number | undefined
  /** Stretches of speech whose final words have not come, by turn. */
  readonly #stretches = new Map<string, Stretch>()
  /** The latest words of a stretch that goes on, and all that was said since the last answer was asked for. */
  #latest: { readonly turnId: string; readonly text: string; readonly final: boolean } | undefined
  #unanswered: string[] = []
  /** The turn that was answered last for its length alone, and what it had cut. */
  #answeredBlind: { readonly turnId: string; readonly cut: readonly Cut[] } | undefined
  readonly #held = new HeldSpeech()

  constructor(options: FloorOptions) {
    this.#options = options
    this.#turns = new TurnTaking(options.turnTaking)
  }

  get callerHasIt(): boolean {
    return this.#turns.callerHasFloor
  }

  /** Speech of the caller began, ended, or was understood. Gives the final words, when they are the caller's own. */
  onCaller(event: CallerEvent, nowMs: number): CallerWords | undefined {
    switch (event.type) {
      case 'caller.started-speaking':
        this.#onStarted(event, nowMs)
        return undefined
      case 'caller.stopped-speaking':
        this.#onStopped(event, nowMs)
        return undefined
      case 'caller.words':
        return this.#onWords(event, nowMs)
      default:
        event satisfies never
        return undefined
    }
  }

  /** Hot path. Whether speech of the engine is kept back, or is not to be heard any more. */
  holdsBack(event: AgentEvent): boolean {
    return this.#held.takes(event)
  }

  /** An engine that cannot be stopped may answer unasked what the caller is saying. */
  answerStarted(): void {
    this.#held.answerStarted()
  }

  /** To be called a few times a second: whether a turn in doubt has been one long enough. */
  tick(nowMs: number): void {
    this.#take(this.#turns.tick(nowMs), nowMs)
  }

  /** We say nothing more of our own, whatever the caller says: it is only noted. */
  close(): void {
    this.#closed = true
    this.#cut = []
    this.#held.forget()
  }

  /** It is taken and given again. */
  open(): void {
    this.#closed = false
    this.reset()
  }

  /** What was cut, now or before, is not to be said any more. */
  forgetCut(cut: readonly Cut[]): void {
    this.#held.drop([...this.#cut, ...cut].map(({ engineId }) => engineId))
    this.#cut = []
  }

  /** Nothing more of an utterance is to be heard, whatever the engine still makes of it. */
  bar(utteranceId: string): void {
    this.#held.drop([utteranceId])
  }

  /** Whoever listened for the caller is gone, or starts anew. */
  reset(): void {
    this.#turns.reset()
    this.#cut = []
    this.#over = undefined
    this.#unanswered = []
    this.#answeredBlind = undefined
    this.#held.forget()
  }

  #onStarted(event: CallerEvent & { type: 'caller.started-speaking' }, nowMs: number): void {
    const { speech, answering, note } = this.#options
    note(event)
    this.#startedAtMs ??= nowMs
    if (speech.audible) this.#over = speech.saying()
    else if (!this.callerHasIt) this.#over = undefined
    this.#take(this.#turns.callerStarted(nowMs, speech.audible || answering.pending), nowMs)
  }

  #onStopped(event: CallerEvent & { type: 'caller.stopped-speaking' }, nowMs: number): void {
    const { turnId } = event
    this.#options.note(event)
    const latest = this.#latest?.turnId === turnId ? this.#latest : undefined
    const decision = this.#turns.callerStopped(nowMs, turnId, this.#mayGoOn(latest))
    this.#answeredBlind = decision === 'answer' && !latest ? { turnId, cut: this.#cut } : undefined
    const startedAtMs = this.#startedAtMs ?? nowMs
    if (!latest?.final) this.#stretches.set(turnId, { startedAtMs, stoppedAtMs: nowMs, over: this.#over })
    this.#startedAtMs = undefined
    this.#take(decision, nowMs)
  }

  /** Whether the caller may only pause in a number: by their words, or by our question while those are not known. */
  #mayGoOn(latest: { readonly text: string; readonly final: boolean } | undefined): boolean {
    if (!this.#mayHold) return false
    const { heard } = this.#options.speech.saying()
    if (!latest) return asksForNumber(heard)
    // Final words are among the unanswered already.
    return isUnfinishedNumber(latest.final ? this.#unanswered.join(' ') : this.#allSaid(latest.text), heard)
  }

  #onWords(words: CallerEvent & { type: 'caller.words' }, nowMs: number): CallerWords | undefined {
    const { turnId, text, final, language } = words
    const stretch = this.#stretches.get(turnId)
    const over = stretch ? stretch.over : this.#over
    const isOurEcho = over !== undefined && isEcho(text, over)
    const mean = isOurEcho ? 'in passing' : this.#meaningOf(text, over)
    this.#latest = { turnId, text, final }
    if (final) {
      this.#stretches.delete(turnId)
      if (isOurEcho) this.#ignoreEcho(turnId)
      else if (mean !== 'nothing') this.#heard(words, mean, stretch?.stoppedAtMs ?? nowMs)
    }
    this.#take(this.#turns.callerSaid(nowMs, turnId, mean, final), nowMs)
    if (final && mean === 'in passing') this.#takeBackAnswer(turnId)
    if (!final || mean === 'nothing' || isOurEcho) return undefined
    const sinceMs = nowMs - (stretch?.startedAtMs ?? this.#startedAtMs ?? nowMs)
    return { turnId, text, language, sinceMs, interrupted: over !== undefined && mean !== 'in passing' }
  }

  #meaningOf(text: string, over: Overlap | undefined): WordsMean {
    if (text.trim() === '') return 'nothing'
    if (over && isBackChannel(text, over)) return 'in passing'
    const { heard } = this.#options.speech.saying()
    return this.#mayHold && isUnfinishedNumber(this.#allSaid(text), heard) ? 'unfinished number' : 'a turn'
  }

  #heard({ turnId, text }: CallerEvent & { type: 'caller.words' }, mean: WordsMean, untilMs: number): void {
    const inPassing = mean === 'in passing'
    this.#options.note({ type: 'caller.said', turnId, text })
    this.#options.onCallerTurn({ words: !inPassing, untilMs })
    if (!inPassing && this.callerHasIt) this.#unanswered.push(text)
  }

  #ignoreEcho(turnId: string): void {
    this.#options.note({ type: 'echo.ignored', turnId })
    this.#options.link.tell({ role: 'note', text: WAS_AN_ECHO })
  }

  /** A long "yeah, okay" was answered for its length; not a word of the answer was heard yet. */
  #takeBackAnswer(turnId: string): void {
    const { speech, answering } = this.#options
    const blind = this.#answeredBlind
    if (blind?.turnId !== turnId || blind.cut.length === 0 || this.#closed || this.callerHasIt) return
    this.#answeredBlind = undefined
    if (!answering.pending || speech.audible) return
    answering.callOff([])
    this.#cut = [...blind.cut]
    this.#continueSentence()
  }

  #allSaid(text: string): string {
    return [...this.#unanswered, text].join(' ')
  }

  /** Only an engine that waits to be asked leaves it to us how long a pause may be. */
  get #mayHold(): boolean {
    return this.#options.turnTaking.numberPauseMs > 0 && this.#options.link.capabilities?.holdsSpeech !== false
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
    if (this.#options.link.capabilities?.cancels === false) this.#held.hold(cut.map(({ engineId }) => engineId))
    if (cut.length === 0) return
    this.#cut.push(...cut)
    note({ type: 'barge-in', utteranceIds: cut.map(({ utteranceId }) => utteranceId) })
  }

  #answer(nowMs: number): void {
    const { speech, answering, onCallerTurn, onReleased } = this.#options
    this.#tellUnheard()
    this.#cut = []
    this.#unanswered = []
    speech.turnOver()
    onCallerTurn({ words: false, untilMs: nowMs })
    answering.ask()
    for (const event of this.#held.releaseNew()) onReleased(event)
  }

  #continueSentence(): void {
    const { speech, answering, link, onReleased } = this.#options
    const goesOn = link.capabilities?.cancels === false && answering.resume()
    const truncates = link.capabilities?.truncates !== false
    const cut = this.#cut.splice(0)
    const owed = answering.owed
    if (!goesOn && cut.some(({ source }) => source.by === 'engine' || source.by === 'rest')) this.#dropReaction()
    for (const sentence of cut) {
      speech.continue(sentence, goesOn)
      const isForgotten = truncates || sentence.source.by !== 'engine'
      if (isForgotten && sentence.unheardText !== '') link.tell({ role: 'agent', text: sentence.unheardText })
    }
    for (const event of this.#held.release()) onReleased(event)
    const ofEngine = cut.filter(({ source }) => source.by === 'engine')
    const unfinished = ofEngine.some(({ complete }) => !complete)
    if (goesOn) return
    if (unfinished || (ofEngine.length > 0 && owed)) answering.ask(AFTER_A_FALSE_ALARM)
    else answering.askOwed()
  }

  /** An engine that answers by itself may have something to say, now or soon, to what was nothing. */
  #dropReaction(): void {
    const { answering, link } = this.#options
    if (link.capabilities?.holdsSpeech !== false) return
    answering.callOffUnasked(this.#held.dropNew())
  }

  /** Of its own words an engine remembers those that were heard, if it can; of all others it must be told. */
  #tellUnheard(): void {
    const truncates = this.#options.link.capabilities?.truncates !== false
    for (const { source, unheardText } of this.#cut) {
      if ((source.by === 'engine' && truncates) || source.by === 'filler' || unheardText === '') continue
      this.#options.link.tell({ role: 'note', text: `The caller interrupted and did not hear: "${unheardText}"` })
    }
  }
}
