import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { SpeechDetector } from '../../audio/speech-detector.ts'
import { parseJson } from '../../lib/json.ts'
import { languagesOf } from '../service/understanding.ts'
import { HeardWords, plain } from './heard-words.ts'
import { languagesKnownBy } from './languages.ts'
import { type ListenParts, ListenSession } from './listen-session.ts'
import { CONFIDENT, ENDINGS, type FluxMessage, seconds, type TurnEvent } from './protocol.ts'
import type { FluxQuery } from './query.ts'
import { isInsideNumber } from './spoken-digits.ts'

const configureSchema = z.object({
  type: z.literal('Configure'),
  thresholds: z
    .strictObject({
      eot_threshold: z.number().optional(),
      eager_eot_threshold: z.number().optional(),
      eot_timeout_ms: z.number().optional(),
    })
    .optional(),
  keyterms: z.union([z.string(), z.array(z.string())]).optional(),
  language_hints: z.array(z.string()).optional(),
  numerals: z.boolean().optional(),
})

/** `ForceEndTurn` has to be switched on for an account; here it is not, so it ends the session as any unknown type. */
const clientMessageSchema = z.discriminatedUnion('type', [
  configureSchema,
  z.object({ type: z.literal('CloseStream') }),
])

const RANGES = { eot_threshold: [0.5, 1], eager_eot_threshold: [0.3, 0.9], eot_timeout_ms: [500, 60_000] } as const

/** Silence after which the model is as sure as `eager_eot_threshold` and `eot_threshold` usually ask. */
const EAGER_SILENCE_MS = 250
const END_SILENCE_MS = 500
/** Somebody who stops in the middle of a number is given at least so long. */
const NUMBER_SILENCE_MS = 1_500
/** Shorter than any of them: only to tell speech from quiet. */
const QUIET_AFTER_MS = 100

const UNSURE = 0.1

type Thresholds = Pick<FluxQuery, keyof typeof RANGES>

/** One session with v2/listen: turns, whose words replace each other until the model finds that the turn has ended. */
export class FluxSession implements Disposable {
  readonly #parts: ListenParts
  readonly #query: FluxQuery
  readonly #session: ListenSession
  readonly #words: HeardWords
  readonly #detector = new SpeechDetector({ silenceDurationMs: QUIET_AFTER_MS, prefixPaddingMs: 0, threshold: 0.5 })
  readonly #requestId = randomUUID()
  #thresholds: Thresholds
  #sequenceId = 0
  #turnIndex = 0
  #turnStartMs = 0
  #started = false
  /** The turn was said to be nearly over, with these words. */
  #eager = false
  #updatedAtMs = 0

  constructor(parts: ListenParts, query: FluxQuery) {
    this.#parts = parts
    this.#query = query
    this.#thresholds = query
    this.#session = new ListenSession(parts)
    this.#words = new HeardWords(parts.ear, languagesKnownBy(query))
    this.#send({ type: 'Connected', request_id: this.#requestId, sequence_id: this.#next() })
  }

  hear(mulaw: Buffer): void {
    if (this.#session.over) return
    if (mulaw.length === 0) this.#refuse('empty audio frame')
    else this.#session.hear(mulaw, (frame) => this.#onFrame(frame))
  }

  receive(text: string): void {
    if (this.#session.over) return
    const { data: message } = clientMessageSchema.safeParse(parseJson(text))
    if (!message) this.#refuse('unparsable message')
    else if (message.type === 'Configure') this.#configure(message)
    else this.#closeStream()
  }

  [Symbol.dispose](): void {
    this.#session[Symbol.dispose]()
  }

  #onFrame(frame: Buffer): void {
    const { positionMs } = this.#session
    this.#detector.hear(frame)
    const hasNewWords = this.#words.update(positionMs)
    if (hasNewWords && !this.#started) this.#start()
    else if (this.#eager && (hasNewWords || this.#detector.speaking)) this.#resume()
    if (this.#started && !this.#detector.speaking) this.#judgeEnd()
    if (positionMs - this.#updatedAtMs >= this.#parts.timing.interimMs) this.#tell('Update', UNSURE)
  }

  /** Sound without words is no turn. */
  #start(): void {
    this.#started = true
    this.#tell('StartOfTurn', UNSURE)
  }

  #resume(): void {
    this.#eager = false
    this.#tell('TurnResumed', UNSURE)
  }

  #judgeEnd(): void {
    const { eot_threshold, eager_eot_threshold, eot_timeout_ms } = this.#thresholds
    const quietMs = this.#quietMs()
    const unfinished = isInsideNumber(this.#words.text)
    const timeoutMs = unfinished ? Math.max(NUMBER_SILENCE_MS, eot_timeout_ms) : eot_timeout_ms
    // At 1 the model can never be sure enough (contract 3).
    const isSure = !unfinished && eot_threshold < 1
    if (quietMs >= timeoutMs) this.#end(UNSURE, 'timeout')
    else if (isSure && quietMs >= END_SILENCE_MS) this.#end(Math.min(0.99, eot_threshold + 0.1), 'model')
    else if (isSure && quietMs >= EAGER_SILENCE_MS && eager_eot_threshold !== undefined && !this.#eager) {
      this.#eager = true
      this.#tell('EagerEndOfTurn', eager_eot_threshold)
    }
  }

  /** Since the last sound and the last word: a word may end in quiet. */
  #quietMs(): number {
    const lastWordMs = this.#words.all.at(-1)?.endMs ?? 0
    return this.#session.positionMs - Math.max(this.#detector.stoppedAtMs ?? 0, lastWordMs)
  }

  #end(confidence: number, trigger: 'model' | 'timeout'): void {
    this.#tell('EndOfTurn', confidence, trigger)
    this.#words.take(this.#session.positionMs)
    this.#started = false
    this.#eager = false
    this.#turnIndex += 1
    this.#turnStartMs = this.#session.positionMs
  }

  #tell(event: TurnEvent, confidence: number, trigger?: string): void {
    const { positionMs } = this.#session
    this.#updatedAtMs = positionMs
    this.#send({
      type: 'TurnInfo',
      request_id: this.#requestId,
      sequence_id: this.#next(),
      event,
      turn_index: this.#turnIndex,
      audio_window_start: seconds(this.#turnStartMs),
      audio_window_end: seconds(positionMs),
      transcript: this.#words.text,
      words: this.#words.all.map(({ text, startMs, endMs }) => {
        return { word: plain(text), confidence: CONFIDENT, start: seconds(startMs), end: seconds(endMs) }
      }),
      end_of_turn_confidence: confidence,
      ...(trigger === undefined ? {} : { trigger }),
      ...(this.#query.model === 'flux-general-multi' ? { languages: languagesOf(this.#words.all) } : {}),
    })
  }

  /** Keeps what it does not name; one value out of range refuses the whole of it. */
  #configure({ thresholds = {}, keyterms = [], language_hints }: z.infer<typeof configureSchema>): void {
    const place = { request_id: this.#requestId, sequence_id: this.#next() }
    if (!Object.entries(thresholds).every(([name, value]) => isInRange(name as keyof Thresholds, value))) {
      this.#session.complain('ConfigureFailure')
      this.#send({ type: 'ConfigureFailure', ...place })
      return
    }
    const given = Object.fromEntries(Object.entries(thresholds).filter(([, value]) => value !== undefined))
    this.#thresholds = { ...this.#thresholds, ...given }
    const { eot_threshold, eager_eot_threshold, eot_timeout_ms } = this.#thresholds
    const hints = language_hints === undefined ? {} : { language_hints }
    const inForce = { eot_threshold, eager_eot_threshold, eot_timeout_ms }
    this.#send({ type: 'ConfigureSuccess', ...place, thresholds: inForce, keyterms, ...hints })
  }

  /** Says what was heard; that the client goes away is no end of the caller's turn. */
  #closeStream(): void {
    if (this.#words.text !== '') this.#tell('Update', UNSURE)
    this.#session.end(ENDINGS.asked)
  }

  /** The contract names no close code for it: the one for messages that cannot be read. */
  #refuse(description: string): void {
    const code = 'UNPARSABLE_CLIENT_MESSAGE'
    this.#session.complain(code)
    this.#send({ type: 'Error', sequence_id: this.#next(), code, description })
    this.#session.end(ENDINGS.unreadable)
  }

  #next(): number {
    return this.#sequenceId++
  }

  /** Faults name the events of a turn, as nearly everything is a `TurnInfo`. */
  #send(message: FluxMessage): void {
    this.#session.send(message.type === 'TurnInfo' ? message.event : message.type, message)
  }
}

function isInRange(name: keyof Thresholds, value: number | undefined): boolean {
  const [lowest, highest] = RANGES[name]
  return value === undefined || (value >= lowest && value <= highest)
}
