import { randomUUID } from 'node:crypto'
import type { Deepgram } from '@deepgram/sdk'
import { z } from 'zod'
import { SpeechDetector } from '../../audio/speech-detector.ts'
import { parseJson } from '../../lib/json.ts'
import { languagesOf } from '../service/understanding.ts'
import { type HeardWord, HeardWords, plain } from './heard-words.ts'
import { languagesKnownBy } from './languages.ts'
import { type ListenParts, ListenSession } from './listen-session.ts'
import { CONFIDENT, ENDINGS, type NovaMessage, seconds } from './protocol.ts'
import type { NovaQuery } from './query.ts'

const clientMessageSchema = z.object({ type: z.enum(['KeepAlive', 'Finalize', 'CloseStream']) })

/** Contract 2: no audio and no message for so long ends the session. */
const LONGEST_SILENCE_MS = 10_000
/** What does not pause is frozen piece by piece. */
const LONGEST_WINDOW_MS = 5_000
/** Interim results without new words, as in silence, come about once a second (contract 2). */
const IDLE_INTERIM_MS = 1_000
/** Only where `endpointing` is off: for the events of speech alone. */
const USUAL_ENDPOINTING_MS = 300

const CHANNEL = [0, 1]

/** One session with v1/listen: results of a window that replace each other, until one is final. */
export class NovaSession implements Disposable {
  readonly #parts: ListenParts
  readonly #query: NovaQuery
  readonly #session: ListenSession
  readonly #words: HeardWords
  readonly #detector: SpeechDetector
  readonly #requestId = randomUUID()
  readonly #modelId = randomUUID()
  #windowStartMs = 0
  #reportedAtMs = 0
  #reportedText = ''
  /** Where the last word ended that no UtteranceEnd was sent for. */
  #lastWordEndMs: number | undefined
  #clientHeardAtMs: number
  #silenceLimit: Disposable

  constructor(parts: ListenParts, query: NovaQuery) {
    this.#parts = parts
    this.#query = query
    this.#session = new ListenSession(parts)
    this.#words = new HeardWords(parts.ear, languagesKnownBy(query))
    const silenceDurationMs = query.endpointing ?? USUAL_ENDPOINTING_MS
    this.#detector = new SpeechDetector({ silenceDurationMs, prefixPaddingMs: 0, threshold: 0.5 })
    this.#clientHeardAtMs = parts.clock.monotonicMs()
    this.#silenceLimit = this.#limitSilence()
  }

  hear(mulaw: Buffer): void {
    if (this.#session.over) return
    this.#clientHeardAtMs = this.#parts.clock.monotonicMs()
    if (mulaw.length === 0) this.#refuse('empty audio frame')
    else this.#session.hear(mulaw, (frame) => this.#onFrame(frame))
  }

  receive(text: string): void {
    if (this.#session.over) return
    this.#clientHeardAtMs = this.#parts.clock.monotonicMs()
    const { data: message } = clientMessageSchema.safeParse(parseJson(text))
    if (!message) this.#refuse('unreadable message')
    // That no endpoint was found, but asked for, is the reading that makes a client look at `from_finalize`.
    else if (message.type === 'Finalize') this.#report({ is_final: true, speech_final: false, from_finalize: true })
    else if (message.type === 'CloseStream') this.#closeStream()
  }

  [Symbol.dispose](): void {
    this.#silenceLimit[Symbol.dispose]()
    this.#session[Symbol.dispose]()
  }

  #onFrame(frame: Buffer): void {
    const { positionMs } = this.#session
    const change = this.#detector.hear(frame)
    if (this.#words.update(positionMs)) this.#lastWordEndMs = positionMs
    if (change === 'started' && this.#query.vad_events) this.#sayStarted()
    if (this.#hasEnded(change)) this.#report({ is_final: true, speech_final: true })
    else if (positionMs - this.#windowStartMs >= LONGEST_WINDOW_MS)
      this.#report({ is_final: true, speech_final: !this.#detector.speaking })
    else if (this.#query.interim_results && this.#isInterimDue()) this.#report({ is_final: false, speech_final: false })
    this.#endUtterance()
  }

  /** A word that ends in quiet, as "s" does, may come after the silence: it is not left waiting for the next one. */
  #hasEnded(change: 'started' | 'stopped' | undefined): boolean {
    const { endpointing } = this.#query
    if (endpointing === undefined) return false
    const lastWord = this.#words.all.at(-1)
    const isLeftOver = lastWord !== undefined && this.#session.positionMs - lastWord.endMs >= endpointing
    return change === 'stopped' || (isLeftOver && !this.#detector.speaking)
  }

  #isInterimDue(): boolean {
    const isNews = this.#words.text !== this.#reportedText
    const waitMs = isNews ? this.#parts.timing.interimMs : IDLE_INTERIM_MS
    return this.#session.positionMs - this.#reportedAtMs >= waitMs
  }

  #endUtterance(): void {
    const { utterance_end_ms } = this.#query
    if (utterance_end_ms === undefined || this.#lastWordEndMs === undefined) return
    if (this.#session.positionMs - this.#lastWordEndMs < utterance_end_ms) return
    // Its words are frozen before, also where noise goes on and no endpoint was found.
    if (this.#words.text !== '') this.#report({ is_final: true, speech_final: false })
    this.#send({ type: 'UtteranceEnd', channel: CHANNEL, last_word_end: seconds(this.#lastWordEndMs) })
    this.#lastWordEndMs = undefined
  }

  #sayStarted(): void {
    this.#send({ type: 'SpeechStarted', channel: CHANNEL, timestamp: seconds(this.#detector.startedAtMs ?? 0) })
  }

  #report(how: { is_final: boolean; speech_final: boolean; from_finalize?: boolean }): void {
    const { positionMs } = this.#session
    this.#send({
      type: 'Results',
      channel_index: CHANNEL,
      start: seconds(this.#windowStartMs),
      duration: seconds(positionMs - this.#windowStartMs),
      from_finalize: false,
      ...how,
      channel: { alternatives: [this.#alternative()] },
      metadata: {
        request_id: this.#requestId,
        model_uuid: this.#modelId,
        model_info: { name: `general-${this.#query.model}`, version: '2024-12-20.0', arch: this.#query.model },
      },
    })
    this.#reportedAtMs = positionMs
    this.#reportedText = this.#words.text
    if (!how.is_final) return
    this.#words.take(positionMs)
    this.#reportedText = ''
    this.#windowStartMs = positionMs
  }

  #alternative(): Deepgram.listen.ListenV1Results.Channel.Alternatives.Item {
    const words = this.#words.all.map((word) => this.#wire(word))
    return {
      transcript: words.map(({ word, punctuated_word }) => punctuated_word ?? word).join(' '),
      confidence: words.length > 0 ? CONFIDENT : 0,
      ...(this.#query.language === 'multi' && words.length > 0 ? { languages: languagesOf(this.#words.all) } : {}),
      words,
    }
  }

  #wire({
    text,
    language: spoken,
    startMs,
    endMs,
  }: HeardWord): Deepgram.listen.ListenV1Results.Channel.Alternatives.Item.Words.Item {
    const { language, punctuate, smart_format } = this.#query
    return {
      word: plain(text),
      start: seconds(startMs),
      end: seconds(endMs),
      confidence: CONFIDENT,
      ...(language === 'multi' ? { language: spoken } : {}),
      ...(punctuate || smart_format ? { punctuated_word: text } : {}),
    }
  }

  #closeStream(): void {
    this.#report({ is_final: true, speech_final: false })
    this.#sayMetadata()
    this.#session.end(ENDINGS.asked)
  }

  #refuse(what: string): void {
    this.#session.complain(what)
    this.#session.end(ENDINGS.unreadable)
  }

  #limitSilence(): Disposable {
    const { clock } = this.#parts
    const leftMs = this.#clientHeardAtMs + LONGEST_SILENCE_MS - clock.monotonicMs()
    return clock.after(leftMs, () => {
      if (this.#session.over) return
      if (clock.monotonicMs() - this.#clientHeardAtMs < LONGEST_SILENCE_MS) {
        this.#silenceLimit = this.#limitSilence()
        return
      }
      this.#sayMetadata()
      this.#session.end(ENDINGS.nothingHeard)
    })
  }

  #sayMetadata(): void {
    this.#send({
      type: 'Metadata',
      transaction_key: 'deprecated',
      request_id: this.#requestId,
      sha256: 'incomplete',
      created: new Date(this.#parts.clock.now()).toISOString(),
      duration: seconds(this.#session.positionMs),
      channels: 1,
    })
  }

  #send(message: NovaMessage): void {
    this.#session.send(message.type, message)
  }
}
