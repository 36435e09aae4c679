import type { LeanSocket } from '../lean-socket.ts'
import { type Measurements, nowUs } from '../measurements.ts'
import { BLOCK_BYTES, createBlock, writeTag } from '../tag.ts'
import { DELTA_BLOCKS, PROVIDER_TICKS } from './turn-plan.ts'

export interface FakeSpeechOptions {
  readonly call: number
  readonly socket: LeanSocket
  readonly contextId: string
  readonly deltas: number
  readonly measurements: Measurements
  readonly onFirst: () => void
}

const CHARS_PER_DELTA = 12
const DELTA_MS = 200

/** One context of ElevenLabs' speech socket: tagged audio at the pace of speech, with the times of its characters. */
export class FakeSpeech {
  readonly #options: FakeSpeechOptions
  readonly #blocks = Buffer.concat(Array.from({ length: DELTA_BLOCKS }, createBlock))
  #text = ''
  #deltasLeft: number
  #ticks = 0
  #closed = false

  constructor(options: FakeSpeechOptions) {
    this.#options = options
    this.#deltasLeft = options.deltas
  }

  say(text: string): void {
    this.#text += text
  }

  /** No more text; what there is is still spoken. */
  close(): void {
    this.#closed = true
  }

  /** The caller speaks over it: nothing more is spoken. */
  stop(): void {
    this.#deltasLeft = 0
  }

  /** Each 20 ms. True when it is over. */
  tick(): boolean {
    if (this.#text === '') return false
    this.#ticks++
    const sinceFirst = this.#ticks - PROVIDER_TICKS
    if (sinceFirst < 0 || sinceFirst % DELTA_BLOCKS !== 0) return false
    if (this.#deltasLeft > 0) this.#speak(sinceFirst === 0)
    else if (this.#closed) this.#send({ isFinal: true, contextId: this.#options.contextId })
    return this.#deltasLeft === 0 && this.#closed
  }

  /** A voice is a little ahead of its own speech. */
  #speak(first: boolean): void {
    if (first) this.#options.onFirst()
    this.#sendDelta()
    if (first) this.#sendDelta()
  }

  #sendDelta(): void {
    const { call, socket, contextId, measurements } = this.#options
    this.#deltasLeft--
    const sentUs = nowUs()
    for (let at = 0; at < this.#blocks.length; at += BLOCK_BYTES) {
      writeTag(this.#blocks, at, { call, sequence: measurements.sent('toCaller', call), sentUs })
    }
    const chars = [...this.#text.slice(0, CHARS_PER_DELTA)]
    this.#text = this.#text.slice(CHARS_PER_DELTA) || ' '
    const alignment = {
      chars,
      charStartTimesMs: chars.map((_, at) => (at * DELTA_MS) / chars.length),
      charDurationsMs: chars.map(() => DELTA_MS / chars.length),
    }
    const audio = this.#blocks.toString('base64')
    const rest = JSON.stringify({ isFinal: false, alignment, contextId }).slice(1)
    socket.sendText(Buffer.from(`{"audio":"${audio}",${rest}`, 'latin1'))
  }

  #send(message: object): void {
    this.#options.socket.sendText(Buffer.from(JSON.stringify(message)))
  }
}
