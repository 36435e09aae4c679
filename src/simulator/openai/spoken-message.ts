import { BYTES_PER_MS } from '../../audio/encoded-audio.ts'
import { createId } from '../../lib/ids.ts'
import { fromMulaw } from './audio-format.ts'
import type { Conversation, Entry } from './conversation.ts'
import type { ServerEvent } from './protocol.ts'
import type { AudioFormat } from './session-schema.ts'

export interface SpokenMessageOptions {
  readonly responseId: string
  readonly outputIndex: number
  readonly text: string
  /** Mu-law. */
  readonly audio: Buffer
  readonly format: AudioFormat
  /** Length of one audio delta. */
  readonly deltaMs: number
  /** Where the audio ends before its time; beyond its length for the whole of it. */
  readonly cutAtMs: number
  readonly conversation: Conversation
  readonly send: (event: ServerEvent, audioMs?: number) => void
}

/** Words run about this many deltas ahead of their sound. */
const DELTAS_AHEAD = 2

/** One message while it is being spoken: its part of the ladder of events (contract 6), step by step. */
export class SpokenMessage {
  readonly entry: Entry
  readonly #options: SpokenMessageOptions
  readonly #place: { response_id: string; output_index: number }
  readonly #part: { response_id: string; output_index: number; item_id: string; content_index: number }
  #previousId: string | null = null
  #transcript = ''
  #sentBytes = 0

  constructor(options: SpokenMessageOptions) {
    const { responseId, outputIndex } = options
    const id = createId('item')
    this.#options = options
    this.#place = { response_id: responseId, output_index: outputIndex }
    this.#part = { ...this.#place, item_id: id, content_index: 0 }
    this.entry = {
      item: { id, type: 'message', role: 'assistant', status: 'in_progress', content: [] },
      audioMs: 0,
      words: '',
    }
  }

  get isWhole(): boolean {
    return this.#sentBytes === this.#options.audio.length
  }

  get isHalfSpoken(): boolean {
    return this.#sentBytes >= this.#options.audio.length / 2
  }

  open(): void {
    const { conversation, send } = this.#options
    const { item } = this.entry
    this.#previousId = conversation.append(this.entry)
    send({ type: 'response.output_item.added', ...this.#place, item })
    send({ type: 'conversation.item.added', previous_item_id: this.#previousId, item })
    send({ type: 'response.content_part.added', ...this.#part, part: { type: 'audio', transcript: '' } })
  }

  /** Sends the next words and the next piece of audio; false when there is nothing left to send. */
  speakNext(): boolean {
    const { audio, deltaMs, cutAtMs, format, send } = this.#options
    const endByte = Math.min(audio.length, Math.round(cutAtMs) * BYTES_PER_MS)
    const piece = audio.subarray(this.#sentBytes, Math.min(endByte, this.#sentBytes + deltaMs * BYTES_PER_MS))
    if (piece.length === 0) return false
    this.#sentBytes += piece.length
    this.entry.audioMs += piece.length / BYTES_PER_MS
    this.#sendWords()
    const delta = fromMulaw(piece, format)
    send({ type: 'response.output_audio.delta', ...this.#part, delta }, piece.length / BYTES_PER_MS)
    return true
  }

  close(status: 'completed' | 'incomplete'): void {
    const { send } = this.#options
    const transcript = this.#transcript
    const content = [{ type: 'output_audio' as const, transcript }]
    const item = { id: this.#part.item_id, type: 'message', role: 'assistant', status, content } satisfies Entry['item']
    this.entry.item = item
    send({ type: 'response.output_audio.done', ...this.#part })
    send({ type: 'response.output_audio_transcript.done', ...this.#part, transcript })
    send({ type: 'response.content_part.done', ...this.#part, part: { type: 'audio', transcript } })
    send({ type: 'response.output_item.done', ...this.#place, item })
    send({ type: 'conversation.item.done', previous_item_id: this.#previousId, item })
  }

  #sendWords(): void {
    const { audio, deltaMs, text, send } = this.#options
    const aheadBytes = this.#sentBytes + DELTAS_AHEAD * deltaMs * BYTES_PER_MS
    const upTo = endOfWord(text, Math.ceil((text.length * aheadBytes) / Math.max(1, audio.length)))
    const delta = text.slice(this.#transcript.length, upTo)
    if (delta === '') return
    this.#transcript += delta
    this.entry.words = this.#transcript
    send({ type: 'response.output_audio_transcript.delta', ...this.#part, delta })
  }
}

function endOfWord(text: string, from: number): number {
  const space = text.indexOf(' ', from)
  return space === -1 ? text.length : space
}
