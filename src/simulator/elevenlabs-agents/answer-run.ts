import type { Clock } from '../../lib/clock.ts'
import type { SpokenAnswer } from './spoken-answer.ts'

export interface AnswerTask {
  /** Mu-law of what is said; undefined when nothing is. */
  readonly audio: Promise<Buffer> | undefined
  readonly thinkMs: number
  /** From one chunk to the next. */
  readonly everyMs: number
  /** Silence in the middle of the audio. */
  readonly stallMs: number | undefined
  /** Ends half way. */
  readonly cutShort: boolean
}

export interface AnswerListener {
  readonly clock: Clock
  /** It has been thought about; false ends it here. */
  readonly onThought: () => boolean
  /** The words leave with the first chunk of audio. */
  readonly onSpeech: (audio: Buffer) => SpokenAnswer
  readonly onChunk: (answer: SpokenAnswer) => boolean
  /** Once, when all that is said was sent. */
  readonly onEnd: () => void
  readonly onFailed: (error: unknown) => void
}

/** One answer from the thought to its last chunk of audio, as time goes by. */
export class AnswerRun implements Disposable {
  readonly #task: AnswerTask
  readonly #listener: AnswerListener
  readonly #steps = this.#climb()
  #waiting: Disposable | undefined
  #answer: SpokenAnswer | undefined
  #stopped = false

  constructor(task: AnswerTask, listener: AnswerListener) {
    this.#task = task
    this.#listener = listener
    // Speech that is stopped while it is made is asked for by nobody; a failure to make it is then no news.
    task.audio?.catch(() => {})
    this.#continue()
  }

  /** What it says, from the first chunk on. */
  get answer(): SpokenAnswer | undefined {
    return this.#answer
  }

  [Symbol.dispose](): void {
    this.#stopped = true
    this.#waiting?.[Symbol.dispose]()
  }

  /** Runs up to where it next waits, for time or for speech to be made. */
  #continue(): void {
    if (this.#stopped) return
    const { done, value } = this.#steps.next()
    if (done) return
    if (typeof value === 'number') this.#waiting = this.#listener.clock.after(value, () => this.#continue())
    else value.then(() => this.#continue(), this.#listener.onFailed)
  }

  /** Yields the ms it waits, or what it waits for. */
  *#climb(): Generator<number | Promise<unknown>, void> {
    yield this.#task.thinkMs
    if (!this.#listener.onThought()) return
    const { audio } = this.#task
    if (audio) yield* this.#speak(audio)
    if (!this.#stopped) this.#listener.onEnd()
  }

  *#speak(audio: Promise<Buffer>): Generator<number | Promise<unknown>, void> {
    let made: Buffer = Buffer.alloc(0)
    yield audio.then((mulaw) => {
      made = mulaw
    })
    const answer = this.#listener.onSpeech(made)
    this.#answer = answer
    const { cutShort, everyMs } = this.#task
    let { stallMs } = this.#task
    while (this.#listener.onChunk(answer)) {
      if (cutShort && answer.isHalfSpoken) return
      yield everyMs
      if (stallMs === undefined || !answer.isHalfSpoken) continue
      yield stallMs
      stallMs = undefined
    }
  }
}
