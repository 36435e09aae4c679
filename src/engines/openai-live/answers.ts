import { audioFrom, durationMs, type EncodedAudio } from '../../audio/encoded-audio.ts'
import type { Clock } from '../../lib/clock.ts'
import type { AnswerOutcome, EngineEvent } from '../engine.ts'
import { GROUP_PAUSE_MS } from './caller-words.ts'
import { isLoud } from './loud.ts'
import type { WireFragment } from './server-events.ts'
import { Stretch } from './stretch.ts'

export interface AnswersOptions {
  readonly clock: Clock
  readonly emit: (event: EngineEvent) => void
  /** An answer begins; false when nobody is to hear it. */
  readonly onBegan: () => boolean
  readonly onEnded: (outcome: AnswerOutcome) => void
}

/**
 * A pause between words. What is longer is not passed on: output comes at the pace of speech, so that the caller hears
 * the pause all the same, and is not spoken over by our silence. It ends a stretch where an end is to be expected.
 */
const SHORT_PAUSE_MS = 300

/** Goes before the first sound: a soft onset, and a little for the network to be late with what follows. */
const PRE_ROLL_MS = 40

/** Output goes on without a pause; should it stop with the speech instead, that ends a stretch too. */
const STREAM_PAUSE_MS = 1_500

/** A stream that has brought so much never pauses, if it is what clients have seen (contract 1). */
const FLOWS_AFTER_MS = 2_000

/** Words that come so much before their sound are not its own. */
const EARLY_WORDS_MS = 2_000
const MOST_EARLY_WORDS = 20

/** Only the last few can still be cut, or get words late. */
const MOST_REMEMBERED = 8

/**
 * What the model says, cut out of its endless output, most of which is silence and goes nowhere: one stretch of sound,
 * one answer and its one utterance. The provider marks neither beginning nor end.
 */
export class Answers {
  readonly #options: AnswersOptions
  /** Ms of output so far. */
  #positionMs = 0
  #latestAtMs = 0
  #running: Stretch | undefined
  /** Newest last; the running one included. */
  #remembered: Stretch[] = []
  /** The silence just before. */
  #before: EncodedAudio | undefined
  #earlyWords: WireFragment[] = []

  constructor(options: AnswersOptions) {
    this.#options = options
  }

  /** Whether output comes all the time, so that its absence means a stall. */
  get flows(): boolean {
    return this.#positionMs >= FLOWS_AFTER_MS
  }

  /** Hot path: the next piece of output, of any length. */
  audio(piece: EncodedAudio): void {
    const fromMs = this.#positionMs
    this.#positionMs += durationMs(piece)
    this.#latestAtMs = this.#options.clock.monotonicMs()
    const loud = isLoud(piece)
    if (!this.#running && !loud) {
      this.#before = piece
      return
    }
    const stretch = this.#running ?? this.#begin(fromMs)
    if (loud) stretch.toMs = this.#positionMs
    const pauseMs = this.#positionMs - stretch.toMs
    if (pauseMs <= SHORT_PAUSE_MS) this.#pass(stretch, piece, loud)
    else stretch.skipped(fromMs, piece)
    for (const words of this.#earlyWords.splice(0)) this.#say(stretch, words)
    if (pauseMs >= (stretch.endsSoon ? SHORT_PAUSE_MS : GROUP_PAUSE_MS)) this.#end(outcomeOf(stretch))
  }

  words(fragment: WireFragment): void {
    const atMs = (fragment.start_ms + fragment.end_ms) / 2
    const stretch = this.#remembered.findLast((one) => one.covers(atMs))
    if (stretch) this.#say(stretch, fragment)
    else if (atMs > (this.#remembered.at(-1)?.toMs ?? 0))
      this.#earlyWords = [...this.#earlyWords, fragment].slice(-MOST_EARLY_WORDS)
  }

  /** A request that comes without speech is an answer by itself; its result leads to the next one. */
  toolRequested(request: Extract<EngineEvent, { type: 'tool.requested' }>): void {
    const { emit, onBegan, onEnded } = this.#options
    if (this.#running?.audible) {
      this.#running.askedForTools = true
      emit(request)
      return
    }
    // Whether it is wanted or not: the backend waits for the result.
    onBegan()
    const { answerId } = new Stretch(this.#positionMs, true)
    emit({ type: 'answer.started', answerId })
    emit(request)
    emit({ type: 'answer.ended', answerId, outcome: 'asked for tools' })
    onEnded('asked for tools')
  }

  /** From now on what follows a short pause is another answer. */
  expectAnother(): void {
    if (this.#running) this.#running.endsSoon = true
  }

  /**
   * Stops what is being said as far as we can: the rest of it is passed over until it pauses. `heardWords` are those of
   * all that was cut; undefined when all of it was heard.
   */
  stop(heard: readonly { utteranceId: string; heardMs: number }[]): {
    wasSpeaking: boolean
    heardWords: string | undefined
  } {
    const stopped = this.#running?.audible ? this.#running : undefined
    if (stopped) {
      this.#end('cancelled')
      this.#run(new Stretch(this.#positionMs, false))
    }
    const heardMs = new Map(heard.map((one) => [one.utteranceId, one.heardMs]))
    const cut = this.#remembered.filter((one) => one === stopped || heardMs.has(one.utteranceId))
    const heardOf = ({ utteranceId }: Stretch) => heardMs.get(utteranceId) ?? 0
    const wasSpeaking = stopped !== undefined
    if (cut.every((one) => one.wasHeard(heardOf(one)))) return { wasSpeaking, heardWords: undefined }
    const words = cut.map((one) => one.heardBy(heardOf(one))).filter((text) => text !== '')
    return { wasSpeaking, heardWords: words.join(' ') }
  }

  /** What was stopped is over, whether it has paused or not. */
  hearAgain(): void {
    if (this.#running && !this.#running.audible) this.#end('cancelled')
  }

  /** To be called every 100 ms. */
  tick(nowMs: number): void {
    if (this.#running && nowMs - this.#latestAtMs >= STREAM_PAUSE_MS) this.#end(outcomeOf(this.#running))
  }

  #begin(fromMs: number): Stretch {
    const { emit, onBegan, onEnded } = this.#options
    const before = this.#before && audioFrom(this.#before, durationMs(this.#before) - PRE_ROLL_MS)
    const stretch = new Stretch(fromMs - (before ? durationMs(before) : 0), onBegan())
    const { answerId } = stretch
    this.#run(stretch)
    this.#earlyWords = this.#earlyWords.filter(({ end_ms }) => end_ms >= stretch.fromMs - EARLY_WORDS_MS)
    emit({ type: 'answer.started', answerId })
    if (before) this.#pass(stretch, before, false)
    if (!stretch.audible) {
      emit({ type: 'answer.ended', answerId, outcome: 'cancelled' })
      onEnded('cancelled')
    }
    return stretch
  }

  #run(stretch: Stretch): void {
    stretch.endsSoon = !stretch.audible
    this.#running = stretch
    this.#remembered = [...this.#remembered, stretch].slice(-MOST_REMEMBERED)
  }

  #pass(stretch: Stretch, audio: EncodedAudio, loud: boolean): void {
    // Whoever heard its first sound may have stopped it.
    if (!stretch.audible || stretch.state !== 'running') return
    stretch.sent(audio, loud)
    this.#options.emit({ type: 'agent.audio', utteranceId: stretch.utteranceId, audio })
  }

  #say(stretch: Stretch, fragment: WireFragment): void {
    const { utteranceId, audible, state } = stretch
    if (!audible || state === 'cancelled') return
    const timing = stretch.say(fragment)
    // Late words of an utterance that is complete: all of them once more.
    this.#options.emit({ type: 'agent.words', utteranceId, text: stretch.text, final: state === 'over' })
    this.#options.emit({ type: 'agent.timing', utteranceId, spoken: [timing] })
  }

  #end(outcome: AnswerOutcome): void {
    const stretch = this.#running
    if (!stretch) return
    const { answerId, utteranceId, audible, text } = stretch
    const { emit, onEnded } = this.#options
    this.#running = undefined
    this.#before = undefined
    stretch.state = outcome === 'cancelled' ? 'cancelled' : 'over'
    if (!audible) return
    if (text !== '' && stretch.state === 'over') emit({ type: 'agent.words', utteranceId, text, final: true })
    emit({ type: 'agent.utterance-complete', utteranceId })
    emit({ type: 'answer.ended', answerId, outcome })
    onEnded(outcome)
  }
}

function outcomeOf({ askedForTools }: Stretch): AnswerOutcome {
  return askedForTools ? 'asked for tools' : 'spoke'
}
