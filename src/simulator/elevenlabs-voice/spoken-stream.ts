import type { ElevenLabs } from '@elevenlabs/elevenlabs-js'
import { BYTES_PER_MS } from '../../audio/encoded-audio.ts'
import { type Clock, sleep } from '../../lib/clock.ts'
import type { Speech } from '../speech/speech.ts'
import { alignmentOf, normalised } from './alignment.ts'
import { TextBuffer, type TextOptions } from './text-buffer.ts'

/** How quick the emulated voice is. */
export interface VoiceTiming {
  /** From text that is due to its first audio. */
  readonly firstAudioMs: number
  /** Audio is made this many times faster than it plays. */
  readonly speedUp: number
  /** Length of one audio frame. */
  readonly chunkMs: number
}

export interface SpokenStreamOptions {
  readonly clock: Clock
  readonly speech: Speech
  readonly timing: VoiceTiming
  readonly schedule: readonly number[] | 'auto'
  /** Whether numbers are read out as words. */
  readonly normalises: boolean
  readonly onAudio: (frame: SpokenFrame, audioMs: number) => void
  /** All text was spoken, and no more comes. */
  readonly onFinished: () => void
  readonly onFailed: (error: unknown) => void
}

/** A piece of speech, without the name of the stream it belongs to. */
export type SpokenFrame = ElevenLabs.AudioOutput & { readonly isFinal: false }

/** One text while it is being spoken: sentence by sentence, each once it is due. */
export class SpokenStream implements Disposable {
  readonly #options: SpokenStreamOptions
  readonly #buffer: TextBuffer
  readonly #abort = new AbortController()
  readonly #due: string[] = []
  #flushed = false
  #ending = false
  #speaking = false

  constructor(options: SpokenStreamOptions) {
    this.#options = options
    this.#buffer = new TextBuffer(options.schedule)
  }

  say(text: string, options: TextOptions = {}): void {
    this.#flushed = options.flush ?? false
    this.#due.push(...this.#buffer.add(text, options))
    this.#wake()
  }

  /** No more text comes: what waits is spoken. */
  finish(): void {
    this.#ending = true
    this.say('', { flush: true })
  }

  /** No more is wanted: nothing more is spoken, except what was flushed before (the SDK's `CloseContext`). */
  close(): void {
    this.#ending = true
    if (!this.#flushed) {
      this.#due.length = 0
      this.#abort.abort()
      this.#options.onFinished()
    } else this.#wake()
  }

  [Symbol.dispose](): void {
    this.#abort.abort()
  }

  #wake(): void {
    if (this.#speaking || this.#abort.signal.aborted) return
    this.#speaking = true
    this.#speakDue()
      .then(() => {
        this.#speaking = false
        // Text may have become due while the last piece ended.
        if (this.#due.length > 0) this.#wake()
        else if (this.#ending) this.#options.onFinished()
      })
      .catch((error) => {
        if (!this.#abort.signal.aborted) this.#options.onFailed(error)
      })
  }

  async #speakDue(): Promise<void> {
    const { clock, speech, timing } = this.#options
    const { signal } = this.#abort
    let firstMs = timing.firstAudioMs
    for (let text = this.#due.shift(); text !== undefined; text = this.#due.shift()) {
      const [audio] = await Promise.all([speech.speak(text.trim(), 'agent'), sleep(clock, firstMs, signal)])
      signal.throwIfAborted()
      await this.#send(text, audio)
      // The next sentence was being made meanwhile.
      firstMs = 0
    }
  }

  async #send(text: string, audio: Buffer): Promise<void> {
    const { clock, onAudio, normalises, timing } = this.#options
    const sentenceMs = audio.length / BYTES_PER_MS
    for (let fromMs = 0; fromMs < sentenceMs; fromMs += timing.chunkMs) {
      const toMs = Math.min(fromMs + timing.chunkMs, sentenceMs)
      const stretch = { fromMs, toMs, sentenceMs }
      const frame: SpokenFrame = {
        audio: audio.subarray(fromMs * BYTES_PER_MS, toMs * BYTES_PER_MS).toString('base64'),
        isFinal: false,
        alignment: alignmentOf(text, stretch),
        normalizedAlignment: alignmentOf(normalises ? normalised(text) : text, stretch),
      }
      onAudio(frame, toMs - fromMs)
      await sleep(clock, (toMs - fromMs) / timing.speedUp, this.#abort.signal)
    }
  }
}
