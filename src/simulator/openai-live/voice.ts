import { BYTES_PER_MS, SILENCE } from '../../audio/encoded-audio.ts'
import type { Remembered, RememberedTalk } from '../model/remembered-talk.ts'
import type { Speech } from '../speech/speech.ts'
import type { Timeline } from './timeline.ts'
import { GRID_MS, type Transcript } from './transcript.ts'

export interface VoiceOptions {
  readonly talk: RememberedTalk
  readonly speech: Speech
  readonly timeline: Timeline
  readonly transcript: Transcript
  /** The caller leaves room to begin. */
  readonly mayBegin: () => boolean
  /** Speech could not be made. */
  readonly onFailed: (error: unknown) => void
}

export interface Saying {
  readonly text: string
  /** Silence in its middle. */
  readonly stallMs?: number | undefined
  /** Ends half way. */
  readonly cutShort?: boolean | undefined
  /** Ends when so much was said. */
  readonly cutAfterMs?: number | undefined
  readonly onOver?: () => void
  /** A sound that shows it listens, and that it does not remember. */
  readonly backchannel?: boolean
}

interface Utterance extends Saying {
  /** Mu-law, the stall included, as far as it is said; undefined while it is made. */
  audio: Buffer | undefined
  /** Of all its words. */
  wholeBytes: number
  entry: Remembered | undefined
  spokenBytes: number
  toldChars: number
}

/** What the voice model says, piece by piece at the pace it is heard, with silence in between. */
export class Voice {
  readonly #options: VoiceOptions
  #queue: Utterance[] = []

  constructor(options: VoiceOptions) {
    this.#options = options
  }

  /** Sounding now. */
  get speaking(): boolean {
    return (this.#queue[0]?.spokenBytes ?? 0) > 0
  }

  /** Speaking or about to. */
  get busy(): boolean {
    return this.#queue.length > 0
  }

  /** Says it when all before it is said. */
  say(saying: Saying): void {
    const utterance: Utterance = {
      ...saying,
      audio: undefined,
      wholeBytes: 0,
      entry: undefined,
      spokenBytes: 0,
      toldChars: 0,
    }
    this.#queue.push(utterance)
    const takeAudio = (made: Buffer) => {
      const whole = stalled(made, saying)
      utterance.audio = cut(whole, saying)
      utterance.wholeBytes = whole.length
    }
    this.#options.speech.speak(saying.text, 'agent').then(takeAudio, (error) => {
      this.#queue = this.#queue.filter((one) => one !== utterance)
      this.#options.onFailed(error)
    })
  }

  /** Falls silent: what was to come is not said. What was said it remembers, whether anybody heard it or not. */
  yield(): void {
    this.#tell(this.#queue[0], true)
    this.#queue = []
  }

  /** The next piece of output, as mu-law. */
  next(): Buffer {
    const piece = Buffer.alloc(this.#options.timeline.chunkMs * BYTES_PER_MS, SILENCE)
    const utterance = this.#queue[0]
    if (!utterance?.audio || !this.#hasRoom(utterance)) return piece
    utterance.spokenBytes += utterance.audio.copy(piece, 0, utterance.spokenBytes)
    const isOver = utterance.spokenBytes >= utterance.audio.length
    this.#tell(utterance, isOver || this.#options.timeline.nowMs % GRID_MS === 0)
    if (isOver) this.#queue.shift()?.onOver?.()
    return piece
  }

  #hasRoom({ backchannel, spokenBytes }: Utterance): boolean {
    return spokenBytes > 0 || (backchannel ?? false) || this.#options.mayBegin()
  }

  /** Words are told in whole ones, where the grid has a line. */
  #tell(utterance: Utterance | undefined, isDue: boolean): void {
    if (!utterance?.audio || !isDue || utterance.spokenBytes === 0) return
    const { talk, timeline, transcript } = this.#options
    const { spokenBytes, text, toldChars, wholeBytes } = utterance
    const upTo = endOfWord(text, Math.floor((text.length * spokenBytes) / wholeBytes))
    utterance.toldChars = upTo
    transcript.add(text.slice(toldChars, upTo), timeline.nowMs)
    if (utterance.backchannel) return
    utterance.entry ??= talk.remember({ by: 'agent', words: '' })
    utterance.entry.words = text.slice(0, upTo).trimEnd()
  }
}

function stalled(audio: Buffer, { stallMs = 0 }: Saying): Buffer {
  const half = Math.floor(audio.length / 2)
  const pause = Buffer.alloc(stallMs * BYTES_PER_MS, SILENCE)
  return Buffer.concat([audio.subarray(0, half), pause, audio.subarray(half)])
}

function cut(audio: Buffer, { cutAfterMs = Number.MAX_SAFE_INTEGER, cutShort }: Saying): Buffer {
  const most = cutShort ? Math.floor(audio.length / 2) : audio.length
  return audio.subarray(0, Math.min(most, cutAfterMs * BYTES_PER_MS))
}

/** Where the word that is being said at this character ends, the space behind it included. */
function endOfWord(text: string, from: number): number {
  const space = text.indexOf(' ', from)
  return from >= text.length || space === -1 ? text.length : space + 1
}
