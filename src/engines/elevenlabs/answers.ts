import type { Clock } from '../../lib/clock.ts'
import { createId } from '../../lib/ids.ts'
import type { AnswerOutcome, EngineEvent } from '../engine.ts'
import type { AudioMessage } from './server-events.ts'
import { SpokenWords } from './spoken-words.ts'

export interface AnswersOptions {
  readonly clock: Clock
  readonly emit: (event: EngineEvent) => void
  /** An answer begins; false when nobody is to hear it. */
  readonly onBegan: () => boolean
  /** It has begun all the same, and thinks that it is heard. */
  readonly onUnheard: () => void
  /** Before the event. `byUs`: cut by a message of ours, to which another answer comes. */
  readonly onEnded: (outcome: AnswerOutcome, byUs: boolean) => void
}

/** One stretch of the agent's speech, which is an answer and its one utterance. */
interface Answer {
  readonly answerId: string
  readonly utteranceId: string
  /** Nobody hears it: it was called off before it began. */
  readonly silent: boolean
  readonly spoken: SpokenWords
  /** All its words, once the agent has said which. */
  text: string | undefined
  /** The event ids it was known by. */
  firstEventId: number
  lastEventId: number
  lastEventAtMs: number
  askedForTools: boolean
}

/** No provider event says that an answer is complete. So long without another piece of it, it is: */
const QUIET_LIMIT_MS = {
  /** All its words were spoken; a breath of silence may follow. */
  spoken: 200,
  /** Its words are known, and not when each is spoken. */
  told: 700,
  /** Its words are not known, or by the alignment some are yet to be spoken. */
  unsure: 1_500,
  /** Its words are known and its voice has not begun. */
  unvoiced: 3_000,
} as const

/** Only the last few answers can still be cut, or get words late. */
const MAX_REMEMBERED = 8

/**
 * What the agent says, as answers with a beginning and an end. The provider sends neither: pieces of speech come with
 * event ids, which either count up or stay the same for all of an answer (the contract shows both), so that what
 * belongs together is told by the words: one `agent_response`, one answer.
 */
export class Answers {
  readonly #options: AnswersOptions
  #running: Answer | undefined
  /** Newest last; the running one included. */
  #remembered: Answer[] = []
  /** An answer we stopped ourselves: the provider knows nothing of it and sends on. */
  #muted: Answer | undefined
  /** By an interruption: nothing up to this event id may be heard. */
  #droppedUpTo = -1
  #lastEventId = 0

  constructor(options: AnswersOptions) {
    this.#options = options
  }

  /** Hot path. */
  audio({ audio, alignment, eventId = this.#lastEventId }: AudioMessage): void {
    this.#lastEventId = Math.max(this.#lastEventId, eventId)
    if (eventId <= this.#droppedUpTo || audio.length === 0) return
    if (this.#muted) {
      this.#touch(this.#muted, eventId)
      return
    }
    // More speech after the last word can only be of the next answer, whose `agent_response` is late.
    const isNext = this.#isSpoken && (alignment?.chars.some((char) => char.trim() !== '') ?? false)
    const answer = (isNext ? undefined : this.#running) ?? this.#begin(eventId)
    this.#touch(answer, eventId)
    // Called off before it began, or stopped by whoever heard that it begins.
    if (answer !== this.#running) return
    const spoken = answer.spoken.add(audio, alignment)
    const { utteranceId } = answer
    this.#options.emit({ type: 'agent.audio', utteranceId, audio })
    if (spoken.length === 0) return
    // Whoever hears one of these may stop it before the next.
    if (answer.text === undefined && answer === this.#running) this.#emitWords(answer, answer.spoken.text, false)
    if (answer === this.#running) this.#options.emit({ type: 'agent.timing', utteranceId, spoken })
  }

  /** The agent's words for an answer, which come with its first piece of audio or later. */
  words(text: string, eventId = this.#lastEventId): void {
    this.#lastEventId = Math.max(this.#lastEventId, eventId)
    if (eventId <= this.#droppedUpTo || this.#isOfMuted(text, eventId)) return
    const last = this.#remembered.at(-1)
    const isLate = !this.#running && last && last.text === undefined && eventId <= last.lastEventId
    const answer = isLate ? last : (this.#answerFor(text) ?? this.#begin(eventId))
    this.#touch(answer, eventId)
    if (answer.spoken.receivedMs === 0) answer.firstEventId = eventId
    answer.text = text
    const isHeard = isLate ? !answer.silent : answer === this.#running
    if (isHeard && text !== '') this.#emitWords(answer, text, true)
  }

  /**
   * A request that comes without speech is an answer by itself; its result leads to the next one. False when that answer
   * was called off, and the request with it.
   */
  toolRequested(request: Extract<EngineEvent, { type: 'tool.requested' }>): boolean {
    const isAlone = this.#running === undefined
    const answer = this.#running ?? this.#begin(this.#lastEventId)
    if (answer.silent) return false
    answer.askedForTools = true
    this.#options.emit(request)
    if (isAlone) this.#end('asked for tools')
    return true
  }

  /**
   * The provider dropped what it was saying. `byUs`: because of a message of ours. The answer to that may carry the very
   * id of the interruption (elevenlabs-python issue 829), which is otherwise the last one that must not be heard.
   */
  interrupted(eventId: number | undefined, byUs: boolean): void {
    const upTo = eventId ?? this.#lastEventId
    this.#droppedUpTo = Math.max(this.#droppedUpTo, byUs && upTo > this.#lastEventId ? upTo - 1 : upTo)
    this.#muted = undefined
    if (this.#running && this.#running.firstEventId <= this.#droppedUpTo) this.#end('cancelled', byUs)
  }

  /**
   * Stops the running answer as far as we can: the provider has no such message, so the rest of it is passed over. Gives
   * the words that were heard of what was cut; undefined when all of it was.
   */
  stop(heard: readonly { utteranceId: string; heardMs: number }[]): string | undefined {
    const stopped = this.#running
    if (stopped && !this.#isSpoken) this.#muted = stopped
    this.#end('cancelled')
    const heardMs = new Map(heard.map((one) => [one.utteranceId, one.heardMs]))
    const cut = this.#remembered.filter((answer) => answer === stopped || heardMs.has(answer.utteranceId))
    const heardAll = (answer: Answer) =>
      answer !== this.#muted && (heardMs.get(answer.utteranceId) ?? 0) >= answer.spoken.receivedMs
    if (cut.every(heardAll)) return undefined
    return cut
      .map((answer) => {
        const { utteranceId, spoken, text = spoken.text } = answer
        return spoken.heardBy(heardMs.get(utteranceId) ?? 0, text, answer !== this.#muted)
      })
      .filter((text) => text !== '')
      .join(' ')
  }

  /** To be called every 100 ms. */
  tick(nowMs: number): void {
    if (this.#muted && nowMs - this.#muted.lastEventAtMs >= QUIET_LIMIT_MS.unsure) this.#muted = undefined
    const answer = this.#running
    if (answer && nowMs - answer.lastEventAtMs >= quietLimitMs(answer)) this.#end(outcomeOf(answer))
  }

  get #isSpoken(): boolean {
    const answer = this.#running
    return answer?.text !== undefined && answer.spoken.covers(answer.text)
  }

  /** The answer these words belong to, if it runs: one without words, one whose words they go on with or, unvoiced, replace. */
  #answerFor(text: string): Answer | undefined {
    const answer = this.#running
    if (!answer || answer.text === undefined || text.startsWith(answer.text)) return answer
    return answer.spoken.receivedMs === 0 ? answer : undefined
  }

  /** Whether an `agent_response` belongs to the answer we stopped; words of their own begin another. */
  #isOfMuted(text: string, eventId: number): boolean {
    const muted = this.#muted
    if (!muted) return false
    const same = eventId <= muted.lastEventId && text.startsWith(muted.text ?? '')
    if (same) muted.text = text
    else this.#muted = undefined
    return same
  }

  #begin(eventId: number): Answer {
    if (this.#running) this.#end(outcomeOf(this.#running))
    const answer: Answer = {
      answerId: createId('answer'),
      utteranceId: createId('utterance'),
      silent: !this.#options.onBegan(),
      spoken: new SpokenWords(),
      text: undefined,
      firstEventId: eventId,
      lastEventId: eventId,
      lastEventAtMs: this.#options.clock.monotonicMs(),
      askedForTools: false,
    }
    this.#running = answer
    this.#remembered = [...this.#remembered, answer].slice(-MAX_REMEMBERED)
    this.#options.emit({ type: 'answer.started', answerId: answer.answerId })
    if (answer.silent) {
      this.stop([])
      this.#options.onUnheard()
    }
    return answer
  }

  #touch(answer: Answer, eventId: number): void {
    answer.lastEventAtMs = this.#options.clock.monotonicMs()
    answer.lastEventId = Math.max(answer.lastEventId, eventId)
  }

  #end(outcome: AnswerOutcome, byUs = false): void {
    const answer = this.#running
    if (!answer) return
    this.#running = undefined
    const { answerId, utteranceId, silent, spoken, text } = answer
    // Words that were announced and not spoken were not said; and without an announcement the spoken ones are all.
    const isNews = outcome === 'cut short' || (outcome !== 'cancelled' && text === undefined && spoken.text !== '')
    if (isNews && !silent) this.#emitWords(answer, spoken.text, true)
    if (spoken.receivedMs > 0) this.#options.emit({ type: 'agent.utterance-complete', utteranceId })
    this.#options.onEnded(outcome, byUs)
    this.#options.emit({ type: 'answer.ended', answerId, outcome })
  }

  #emitWords({ utteranceId }: Answer, text: string, final: boolean): void {
    this.#options.emit({ type: 'agent.words', utteranceId, text, final })
  }
}

function quietLimitMs({ text, spoken }: Answer): number {
  if (text === undefined || text === '') return QUIET_LIMIT_MS.unsure
  if (spoken.receivedMs === 0) return QUIET_LIMIT_MS.unvoiced
  if (spoken.text === '') return QUIET_LIMIT_MS.told
  return spoken.covers(text) ? QUIET_LIMIT_MS.spoken : QUIET_LIMIT_MS.unsure
}

function outcomeOf({ askedForTools, spoken, text }: Answer): AnswerOutcome {
  if (askedForTools) return 'asked for tools'
  if (spoken.receivedMs === 0) return 'empty'
  return text !== undefined && spoken.isPartOf(text) ? 'cut short' : 'spoke'
}
