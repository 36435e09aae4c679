import type { EngineError } from '../engine.ts'
import type { Speaker, SpeakerConnection } from './speaker.ts'
import { Utterance, type UtteranceListener } from './utterance.ts'

export interface VoiceOptions {
  readonly speaker: Speaker
  /** BCP 47. */
  readonly language: string
  /** Characters the provider has to be paid for. */
  readonly onBilled: (characters: number) => void
  /** The speaker failed, and what it still owed is said again. */
  readonly onFailure: (error: EngineError) => void
}

/** Speaks one utterance at a time over a connection that is replaced when it fails. */
export class Voice implements AsyncDisposable {
  readonly #options: VoiceOptions
  #language: string
  #connection: SpeakerConnection
  #connectionLanguage: string

  constructor(options: VoiceOptions) {
    this.#options = options
    this.#language = options.language
    this.#connectionLanguage = options.language
    this.#connection = options.speaker.connect({ language: options.language })
  }

  /** An answer is likely soon. */
  prepare(): void {
    this.#connection.prepare()
  }

  /** The one before must be over, or stopped. */
  begin(listener: UtteranceListener): Utterance {
    if (this.#connectionLanguage !== this.#language) this.#reconnect()
    const { onBilled, onFailure } = this.#options
    return new Utterance({
      listener,
      begin: (speech) => this.#connection.begin(speech),
      reconnect: (error) => {
        onFailure(error)
        this.#reconnect()
      },
      onBilled,
    })
  }

  /** The language of the next utterance. */
  useLanguage(language: string): void {
    this.#language = language
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#connection[Symbol.asyncDispose]()
  }

  #reconnect(): void {
    const old = this.#connection
    this.#connectionLanguage = this.#language
    this.#connection = this.#options.speaker.connect({ language: this.#language })
    // It may take its time to close, and one that cannot even be closed is as gone: nobody waits.
    void Promise.resolve(old[Symbol.asyncDispose]()).catch(() => undefined)
  }
}
