import { SpeechDetector } from '../../../audio/speech-detector.ts'
import type { Clock } from '../../../lib/clock.ts'
import type { ListenerEvent } from '../listener.ts'
import type { NovaMessage, NovaResults } from './nova-messages.ts'

export interface NovaTurnsOptions {
  readonly endpointingMs: number
  readonly utteranceEndMs: number
  readonly clock: Clock
  readonly emit: (event: ListenerEvent) => void
}

/** A turn whose end the provider forgot to say ends after so long without a new word and without sound. */
const FORGOTTEN_AFTER_MS = 3_000

/** Only to tell sound from quiet, so its own end of speech may come early. */
const SOUND = { silenceDurationMs: 300, prefixPaddingMs: 0, threshold: 0.5 } as const

/**
 * Makes turns of the messages of v1/listen, which knows only stretches of audio: final stretches are joined until
 * the provider hears silence (`speech_final`), finds no more words (`UtteranceEnd`) or was told to hurry.
 */
export class NovaTurns {
  readonly #options: NovaTurnsOptions
  readonly #sound = new SpeechDetector(SOUND)
  #running = false
  /** Final words of the turn, and those after them that may still change. */
  #frozen = ''
  #interim = ''
  /** What the latest words of the turn were taken for. */
  #language: string | undefined
  /** Up to where the turn's words reach, in seconds of the stream. */
  #reachS = 0
  /** Up to where turns have ended: their words may come once more, when a stretch is frozen afterwards. */
  #closedS = 0
  #changedAtMs = 0
  #loudAtMs = 0

  constructor(options: NovaTurnsOptions) {
    this.#options = options
  }

  /** The caller is in the middle of a turn. */
  get running(): boolean {
    return this.#running
  }

  read(message: NovaMessage): void {
    switch (message.type) {
      case 'SpeechStarted':
        this.#begin()
        break
      case 'Results':
        this.#onResults(message)
        break
      case 'UtteranceEnd':
        // One about words of an earlier turn comes late, or with -1.
        if (message.last_word_end > this.#closedS) this.#end(this.#options.utteranceEndMs)
        break
      case 'Error':
        break
      default:
        message satisfies never
    }
  }

  /** Hot path: the caller's sound, as it is sent. */
  heard(mulaw: Buffer): void {
    this.#sound.hear(mulaw)
    if (this.#sound.speaking) this.#loudAtMs = this.#options.clock.monotonicMs()
  }

  /** Ends a turn whose end was forgotten. To be called now and then. */
  check(): void {
    const quietSinceMs = Math.max(this.#changedAtMs, this.#loudAtMs)
    if (this.#options.clock.monotonicMs() - quietSinceMs >= FORGOTTEN_AFTER_MS) this.#end(FORGOTTEN_AFTER_MS)
  }

  #onResults(results: NovaResults): void {
    const text = this.#newWordsOf(results)
    if (text !== '') this.#begin()
    if (this.#running) this.#take(text, results)
    if (results.speech_final) this.#end(this.#options.endpointingMs)
    // We asked because whoever listens wants to go on with what there is: these are all the words there are.
    else if (results.from_finalize) this.#end(0)
  }

  #take(text: string, { is_final: isFinal, start, duration, channel }: NovaResults): void {
    const before = this.#text
    if (isFinal) this.#frozen = join(this.#frozen, text)
    this.#interim = isFinal ? '' : text
    this.#language = channel.alternatives[0]?.languages?.[0] ?? this.#language
    const lastWord = channel.alternatives[0]?.words?.at(-1)
    if (isFinal || text !== '') this.#reachS = isFinal ? start + duration : (lastWord?.end ?? start + duration)
    if (this.#text === before) return
    this.#changedAtMs = this.#options.clock.monotonicMs()
    if (this.#text !== '') this.#options.emit({ type: 'turn.words', text: this.#text })
  }

  get #text(): string {
    return join(this.#frozen, this.#interim)
  }

  /** Its words that belong to no turn that has ended. A word is where its middle is: final times move a little. */
  #newWordsOf({ start, channel }: NovaResults): string {
    const best = channel.alternatives[0]
    if (!best) return ''
    if (start >= this.#closedS) return best.transcript.trim()
    const words = best.words?.filter((word) => (word.start + word.end) / 2 > this.#closedS) ?? []
    return words.map((word) => word.punctuated_word ?? word.word).join(' ')
  }

  #begin(): void {
    if (this.#running) return
    this.#running = true
    this.#changedAtMs = this.#options.clock.monotonicMs()
    this.#options.emit({ type: 'turn.started' })
  }

  #end(endpointingMs: number): void {
    if (!this.#running) return
    const text = this.#text
    const language = this.#language === undefined ? {} : { language: this.#language }
    this.#running = false
    this.#language = undefined
    this.#frozen = ''
    this.#interim = ''
    this.#closedS = Math.max(this.#closedS, this.#reachS)
    this.#options.emit({ type: 'turn.ended', text, endpointingMs, ...language })
  }
}

function join(words: string, more: string): string {
  return words === '' || more === '' ? words + more : `${words} ${more}`
}
