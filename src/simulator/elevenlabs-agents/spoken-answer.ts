import type { AudioEventAlignment, Incoming } from '@elevenlabs/types'
import { BYTES_PER_MS } from '../../audio/encoded-audio.ts'
import type { Remembered } from '../model/remembered-talk.ts'
import { fromMulaw, type SoundFormat } from '../openai/audio-format.ts'
import type { Playback } from './playback.ts'

export interface SpokenAnswerOptions {
  /** Of its `agent_response`; a correction names it again. */
  readonly eventId: number
  /** What the model remembers of it; its words shrink when it is interrupted. */
  readonly entry: Remembered
  /** Mu-law. */
  readonly audio: Buffer
  readonly format: SoundFormat
  readonly chunkMs: number
  readonly playback: Playback
  readonly nextEventId: () => number
}

/** One answer while it is being spoken, chunk by chunk, and while the client is thought to play it. */
export class SpokenAnswer {
  readonly eventId: number
  readonly entry: Remembered
  /** All it was meant to say. */
  readonly text: string
  readonly #options: SpokenAnswerOptions
  /** When each chunk is played if the client plays at once. */
  readonly #played: { readonly fromMs: number; readonly ms: number }[] = []
  #sentBytes = 0

  constructor(options: SpokenAnswerOptions) {
    this.eventId = options.eventId
    this.entry = options.entry
    this.text = options.entry.words
    this.#options = options
  }

  get isHalfSpoken(): boolean {
    return this.#sentBytes >= this.#options.audio.length / 2
  }

  /** The next chunk as it is sent, with its length in ms; undefined when there is nothing left. */
  next(): { event: Incoming.AudioClientEvent; audioMs: number } | undefined {
    const { audio, chunkMs, format, nextEventId, playback } = this.#options
    const piece = audio.subarray(this.#sentBytes, this.#sentBytes + chunkMs * BYTES_PER_MS)
    if (piece.length === 0) return undefined
    const fromByte = this.#sentBytes
    this.#sentBytes += piece.length
    const ms = piece.length / BYTES_PER_MS
    this.#played.push({ fromMs: playback.queue(ms), ms })
    const audio_event = {
      audio_base_64: fromMulaw(piece, format),
      event_id: nextEventId(),
      alignment: this.#align(fromByte, this.#sentBytes),
    }
    return { event: { type: 'audio', audio_event }, audioMs: ms }
  }

  /** The words a client has played by now, cut at a character in proportion to the audio, as the service does. */
  heardBy(atMs: number): string {
    const heardMs = this.#played.reduce((sum, { fromMs, ms }) => sum + Math.max(0, Math.min(ms, atMs - fromMs)), 0)
    const share = (heardMs * BYTES_PER_MS) / Math.max(1, this.#options.audio.length)
    return share >= 1 ? this.text : this.text.slice(0, Math.floor(this.text.length * share)).trimEnd()
  }

  /** Times count from the start of the chunk. Characters are spread evenly over the whole of the audio. */
  #align(fromByte: number, toByte: number): AudioEventAlignment {
    const chars = [...this.text]
    const msPerChar = this.#options.audio.length / BYTES_PER_MS / Math.max(1, chars.length)
    const [fromMs, toMs] = [fromByte / BYTES_PER_MS, toByte / BYTES_PER_MS]
    const inChunk = [...chars.keys()].filter((at) => at * msPerChar >= fromMs && at * msPerChar < toMs)
    return {
      chars: inChunk.map((at) => chars[at] ?? ''),
      char_start_times_ms: inChunk.map((at) => Math.round(at * msPerChar - fromMs)),
      char_durations_ms: inChunk.map(() => Math.round(msPerChar)),
    }
  }
}
