import { durationMs } from '../../../audio/encoded-audio.ts'
import type { EngineError } from '../../engine.ts'
import type { SpeechListener, SpokenUtterance } from '../speaker.ts'
import { addText, closeContext, flushContext, openContext, type SpeechMessage, type VoiceSettings } from './protocol.ts'
import { SpokenText } from './spoken-text.ts'

export interface SpeechContextOptions {
  readonly contextId: string
  readonly voiceSettings: VoiceSettings
  readonly listener: SpeechListener
  readonly send: (message: object) => void
  readonly nowMs: () => number
}

type State = 'open' | 'finishing' | 'over'

/** One utterance on a socket that may carry several. */
export class SpeechContext implements SpokenUtterance {
  readonly contextId: string
  readonly #options: SpeechContextOptions
  readonly #text = new SpokenText()
  #state: State = 'open'
  #characters = 0
  #saidAtMs = 0
  #sounded = false

  constructor(options: SpeechContextOptions) {
    this.#options = options
    this.contextId = options.contextId
    options.send(openContext(this.contextId, options.voiceSettings))
  }

  /** More text may come, so the server must not take the silence for the end. */
  get isOpen(): boolean {
    return this.#state === 'open'
  }

  /** Nobody listens any more. */
  get isOver(): boolean {
    return this.#state === 'over'
  }

  say(text: string): void {
    if (this.#state !== 'open') return
    this.#text.add(text)
    this.#characters += text.length
    this.#saidAtMs = this.#options.nowMs()
    this.#options.send(addText(this.contextId, text))
  }

  finish(): void {
    if (this.#state !== 'open') return
    this.#state = 'finishing'
    this.#saidAtMs = this.#options.nowMs()
    this.#options.send(flushContext(this.contextId))
    this.#options.send(closeContext(this.contextId))
  }

  stop(): void {
    if (this.#state === 'open') this.#options.send(closeContext(this.contextId))
    this.#state = 'over'
  }

  /** Whether sound should have come by now. The pauses of a thinker between two sentences owe nothing. */
  owesSound(afterMs: number): boolean {
    const asked = this.#state === 'finishing' || (this.#state === 'open' && this.#characters > 0 && !this.#sounded)
    return asked && this.#options.nowMs() - this.#saidAtMs >= afterMs
  }

  /** Hot path. Gives false when the server ended it though more was to come. */
  hear({ audio, alignment, final }: Extract<SpeechMessage, { type: 'speech' }>): boolean {
    if (this.#state === 'over') return true
    const { listener } = this.#options
    const spoken = this.#text.follow(alignment, audio ? durationMs(audio) : 0)
    if (audio && audio.length > 0) {
      this.#sounded = true
      listener.onAudio(audio)
    }
    // Whoever hears the sound may stop it.
    if (spoken.length > 0 && !this.isOver) listener.onTiming(spoken)
    if (!final || this.isOver) return true
    if (this.#state === 'open') return false
    this.#state = 'over'
    listener.onFinished({ characters: this.#characters })
    return true
  }

  fail(error: EngineError): void {
    if (this.#state === 'over') return
    this.#state = 'over'
    this.#options.listener.onFailed(error)
  }
}
