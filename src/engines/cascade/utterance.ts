import { durationMs, type EncodedAudio } from '../../audio/encoded-audio.ts'
import type { WordTiming } from '../../lib/heard-text.ts'
import type { EngineError } from '../engine.ts'
import type { SpeechListener, SpokenUtterance } from './speaker.ts'

/** Exactly one of `onFinished` and `onFailed` is called, unless it is stopped. `onFailed`: it could not be saved. */
export interface UtteranceListener extends Pick<SpeechListener, 'onAudio' | 'onTiming' | 'onFailed'> {
  readonly onFinished: () => void
}

export interface UtteranceOptions {
  readonly listener: UtteranceListener
  /** Begins an utterance of the speaker, over the connection of the moment. */
  readonly begin: (listener: SpeechListener) => SpokenUtterance
  /** The connection failed: another takes its place. */
  readonly reconnect: (error: EngineError) => void
  readonly onBilled: (characters: number) => void
}

/** Speech runs at about 15 characters a second; used where the speaker does not say which words it spoke. */
const MS_PER_CHARACTER = 65

/**
 * An utterance that outlives its connection: when that fails, what was not delivered is said over a new one, from the
 * word it broke off at. Sound is made faster than it is heard, so the caller seldom notices. Times and characters
 * go on as if nothing had happened.
 */
export class Utterance {
  readonly #options: UtteranceOptions
  readonly #pieces: string[] = []
  #speech: SpokenUtterance
  #audioMs = 0
  /** Characters known to be spoken. */
  #spokenChars = 0
  /** Where the present connection took over, in the utterance's own audio and characters. */
  #since = { ms: 0, chars: 0 }
  #saidChars = 0
  #finishing = false
  /** A connection failed, and no word is known to be spoken since. */
  #failed = false
  #over = false

  constructor(options: UtteranceOptions) {
    this.#options = options
    this.#speech = options.begin(this.#listener())
  }

  /** One piece more, with a space at its end. */
  say(piece: string): void {
    if (this.#over) return
    this.#pieces.push(piece)
    this.#saidChars += piece.length
    this.#speech.say(piece)
  }

  /** No more pieces. */
  finish(): void {
    if (this.#over) return
    this.#finishing = true
    this.#speech.finish()
  }

  /** The listener hears nothing any more. */
  stop(): void {
    if (this.#over) return
    this.#over = true
    this.#speech.stop()
    this.#bill(this.#saidChars)
  }

  #listener(): SpeechListener {
    return {
      onAudio: (audio) => this.#onAudio(audio),
      onTiming: (spoken) => this.#onTiming(spoken),
      onFinished: ({ characters }) => {
        this.#bill(characters)
        this.#finish()
      },
      onFailed: (error) => this.#onFailed(error),
    }
  }

  /** Hot path. */
  #onAudio(audio: EncodedAudio): void {
    if (this.#over) return
    this.#audioMs += durationMs(audio)
    this.#options.listener.onAudio(audio)
  }

  #onTiming(spoken: readonly WordTiming[]): void {
    if (this.#over) return
    const { ms: sinceMs, chars: sinceChars } = this.#since
    const timed = spoken.map(({ chars, ms }) => {
      this.#spokenChars = sinceChars + chars
      return { chars: this.#spokenChars, ms: sinceMs + ms }
    })
    if (timed.length === 0) return
    this.#failed = false
    this.#options.listener.onTiming(timed)
  }

  #onFailed(error: EngineError): void {
    if (this.#over) return
    this.#bill(this.#saidChars)
    if (this.#failed || error.failure === 'refused') {
      this.#over = true
      this.#options.listener.onFailed(error)
      return
    }
    this.#failed = true
    this.#options.reconnect(error)
    this.#sayAgain()
  }

  #sayAgain(): void {
    const owed = this.#owedPieces()
    if (owed.length === 0 && this.#finishing) {
      this.#finish()
      return
    }
    this.#since = { ms: this.#audioMs, chars: lengthOf(this.#pieces) - lengthOf(owed) }
    this.#saidChars = lengthOf(owed)
    this.#speech = this.#options.begin(this.#listener())
    for (const piece of owed) this.#speech.say(piece)
    if (this.#finishing) this.#speech.finish()
  }

  /** From the first word that was not spoken; where no times are told, from the piece it is probably in. */
  #owedPieces(): string[] {
    const isTimed = this.#spokenChars > 0
    const deliveredChars = isTimed ? this.#spokenChars : this.#audioMs / MS_PER_CHARACTER
    let end = 0
    const firstOwed = this.#pieces.findIndex((piece) => {
      end += piece.length
      return end - 1 > deliveredChars
    })
    if (firstOwed < 0) return []
    const [first = '', ...others] = this.#pieces.slice(firstOwed)
    const spokenOfFirst = isTimed ? Math.max(0, deliveredChars - (end - first.length)) : 0
    return [first.slice(spokenOfFirst).trimStart(), ...others]
  }

  #finish(): void {
    if (this.#over) return
    this.#over = true
    this.#options.listener.onFinished()
  }

  #bill(characters: number): void {
    if (characters > 0) this.#options.onBilled(characters)
  }
}

function lengthOf(pieces: readonly string[]): number {
  return pieces.reduce((sum, piece) => sum + piece.length, 0)
}
