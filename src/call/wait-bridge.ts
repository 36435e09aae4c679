import type { AgentSpeech } from './agent-speech.ts'
import { type AnswerStep, AnswerWatch, type AnswerWatchOptions } from './answer-watch.ts'
import type { Answering } from './answering.ts'
import type { EngineLink } from './engine-link.ts'
import type { CallFact } from './facts.ts'
import type { Floor } from './floor.ts'
import type { PhraseKey } from './phrases.ts'
import type { ToolRunner } from './tool-runner.ts'

export interface WaitBridgeOptions {
  readonly answers: AnswerWatchOptions
  readonly link: EngineLink
  readonly speech: AgentSpeech
  readonly answering: Answering
  readonly floor: Floor
  readonly tools: ToolRunner
  readonly note: (fact: CallFact) => void
  readonly say: (key: PhraseKey) => void
  /** Bridging does not help any more. */
  readonly giveUp: () => void
}

/** Bridges the caller's waits for us: does what the answer watch finds due. */
export class WaitBridge {
  readonly #options: WaitBridgeOptions
  readonly #watch: AnswerWatch

  constructor(options: WaitBridgeOptions) {
    this.#options = options
    this.#watch = new AnswerWatch(options.answers, (gapMs, because) => {
      options.note({ type: 'dead-air', gapMs: Math.round(gapMs), because })
    })
  }

  /** The caller waits for us. */
  get ourTurn(): boolean {
    const { answering, speech, tools } = this.#options
    return answering.pending || answering.owed || tools.running || speech.unfinished
  }

  /** To be called every 100 ms while the talk goes on. */
  tick(nowMs: number): void {
    const { link, speech, floor, tools } = this.#options
    const step = this.#watch.tick({
      nowMs,
      // Without an engine, or with one that is deaf, nobody hears the caller: that wait is ours too.
      ourTurn: ((this.ourTurn || !link.ready) && !floor.callerHasIt) || link.callerUnnoticed || this.#hearsThePast,
      callerSilentSinceMs: link.callerSilentSinceMs,
      audible: speech.audible,
      engineSpeaks: speech.engineAudible,
      toolRunning: tools.running,
      engineAway: link.rescuing,
      engineReady: link.ready,
    })
    if (step) this.#take(step)
  }

  /** Speech of the engine arrived. */
  answered(): void {
    this.#watch.answered()
  }

  /** Words of the engine came; their sound follows. */
  worded(nowMs: number): void {
    this.#watch.worded(nowMs)
  }

  toolAsked(): void {
    this.#watch.toolAsked()
  }

  /** Nobody waits for us any more. */
  stop(nowMs: number): void {
    this.#watch.stop(nowMs)
  }

  /** A fresh session hears only now what the caller said a while ago: they do not speak, they wait for us. */
  get #hearsThePast(): boolean {
    const { link, floor } = this.#options
    return floor.callerHasIt && link.rescuing && link.callerSilentSinceMs !== undefined
  }

  #take(step: AnswerStep): void {
    const { say, giveUp } = this.#options
    if (step === 'filler') this.#fill()
    else if (step === 'another filler') say('still-working')
    else if (step === 'retry') this.#retry()
    else if (step === 'give up') giveUp()
    else step satisfies never
  }

  #retry(): void {
    const { answering, speech, link } = this.#options
    if (!link.answerElsewhere()) answering.askAgain(speech.interrupt())
  }

  #fill(): void {
    const { answering, link, say } = this.#options
    const { ourTurn } = this
    say(link.rescuing ? 'lost-you' : 'one-moment')
    // The caller now waits for us, though they had asked for nothing.
    if (!ourTurn) answering.askToGoOn()
  }
}
