import { decodeAudio, type EncodedAudio } from '../audio/encoded-audio.ts'
import { SpeechDetector } from '../audio/speech-detector.ts'
import type { Clock } from '../lib/clock.ts'
import { createId } from '../lib/ids.ts'
import type { EngineEvent } from './engine.ts'

export type CallerEvent = Extract<EngineEvent, { type: `caller.${string}` }>

export interface LocalTurnsOptions {
  /** Quiet for this long ends a turn. */
  readonly silenceDurationMs: number
  readonly clock: Clock
  readonly onEvent: (event: CallerEvent) => void
}

interface RunningTurn {
  readonly turnId: string
  /** The provider noticed it and our own ear did not: words or this deadline end it. */
  deadline: Disposable | undefined
  /** Words the provider called final while the caller was, by our ear, still speaking. */
  text: string
}

interface EndedTurn {
  readonly turnId: string
  readonly deadline: Disposable
}

/** Words that are not there by then will not come, or the sound had none. */
const WORDS_LIMIT_MS = 3_000

/** Telephone speech needs no padding here, as nothing is cut by it; 12 dB above the line's noise is speech. */
const DETECTION = { prefixPaddingMs: 0, threshold: 0.5 }

/**
 * The caller's turns for engines whose provider does not report them: judged by the sound alone, and joined with the
 * words the provider sends without saying which speech they belong to. Every turn gets its final words once, empty ones
 * when none came.
 */
export class LocalTurns implements Disposable {
  readonly #options: LocalTurnsOptions
  readonly #detector: SpeechDetector
  #running: RunningTurn | undefined
  /** Turns that wait for their words, oldest first. */
  #ended: EndedTurn[] = []
  /** The latest turn that was given up as wordless: words that come late are its own. */
  #wordless: string | undefined

  constructor(options: LocalTurnsOptions) {
    this.#options = options
    this.#detector = new SpeechDetector({ ...DETECTION, silenceDurationMs: options.silenceDurationMs })
  }

  get callerSpeaks(): boolean {
    return this.#running !== undefined
  }

  /** By our own ear, and not only by the provider's. */
  get hearsCaller(): boolean {
    return this.#running !== undefined && this.#running.deadline === undefined
  }

  /** A turn is over whose words have not come. */
  get awaitsWords(): boolean {
    return this.#ended.length > 0
  }

  /** Hot path: the caller's audio, in order, silence included. */
  hear(audio: EncodedAudio): void {
    const change = this.#detector.hear(decodeAudio(audio))
    if (change === 'started') this.#heardStart()
    if (change === 'stopped') this.#stop(this.#options.silenceDurationMs)
  }

  /** The provider took something for speech of the caller, whatever our own ear says. */
  noticedByProvider(): void {
    if (this.#running) return
    this.#start(this.#options.clock.after(WORDS_LIMIT_MS, () => this.#stop(0, '')))
  }

  /** All the words so far of the speech that is being understood. */
  partialWords(text: string): void {
    const turn = this.#running ?? this.#ended[0]
    if (turn && text !== '') this.#say(turn.turnId, this.#running ? join(this.#running.text, text) : text, false)
  }

  /** The words of a stretch of speech that is over, as the provider sees it. */
  finalWords(text: string): void {
    const ended = this.#ended.shift()
    if (ended) {
      ended.deadline[Symbol.dispose]()
      this.#say(ended.turnId, text, true)
    } else if (this.#running) this.#saidWhileRunning(this.#running, text)
    else if (text.trim() !== '') this.#saidUnheard(text)
  }

  [Symbol.dispose](): void {
    this.#running?.deadline?.[Symbol.dispose]()
    for (const { deadline } of this.#ended) deadline[Symbol.dispose]()
    this.#running = undefined
    this.#ended = []
  }

  #heardStart(): void {
    if (!this.#running) {
      this.#start(undefined)
      return
    }
    this.#running.deadline?.[Symbol.dispose]()
    this.#running.deadline = undefined
  }

  #start(deadline: Disposable | undefined): void {
    this.#wordless = undefined
    this.#running = { turnId: createId('turn'), deadline, text: '' }
    this.#options.onEvent({ type: 'caller.started-speaking' })
  }

  /** `text`: the final words, where they are known already. */
  #stop(endpointingMs: number, text = this.#running?.text || undefined): void {
    const turn = this.#running
    if (!turn) return
    this.#running = undefined
    turn.deadline?.[Symbol.dispose]()
    // Before the event: its listener may have the words come at once.
    if (text === undefined) this.#awaitWords(turn.turnId)
    this.#options.onEvent({ type: 'caller.stopped-speaking', turnId: turn.turnId, endpointingMs })
    if (text !== undefined) this.#say(turn.turnId, text, true)
  }

  #awaitWords(turnId: string): void {
    const deadline = this.#options.clock.after(WORDS_LIMIT_MS, () => {
      this.#ended = this.#ended.filter((turn) => turn.turnId !== turnId)
      this.#wordless = turnId
      this.#say(turnId, '', true)
    })
    this.#ended.push({ turnId, deadline })
  }

  #saidWhileRunning(turn: RunningTurn, text: string): void {
    turn.text = join(turn.text, text)
    if (turn.deadline) this.#stop(0, turn.text)
    else if (turn.text !== '') this.#say(turn.turnId, turn.text, false)
  }

  /** Late words of a turn that seemed to have none, or speech too soft for our own ear. */
  #saidUnheard(text: string): void {
    const turnId = this.#wordless
    this.#wordless = undefined
    if (turnId) {
      this.#say(turnId, text, true)
      return
    }
    this.#start(undefined)
    this.#stop(0, text)
  }

  #say(turnId: string, text: string, final: boolean): void {
    this.#options.onEvent({ type: 'caller.words', turnId, text, final })
  }
}

function join(before: string, text: string): string {
  return [before, text].filter((part) => part !== '').join(' ')
}
