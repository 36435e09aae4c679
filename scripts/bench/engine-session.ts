import { type CallIds, payloadOf } from './carrier-leg.ts'
import type { LeanSocket } from './lean-socket.ts'
import { type Measurements, nowUs } from './measurements.ts'
import { FRAME_MS, type Paced } from './pacer.ts'
import { BLOCK_BYTES, createBlock, TagScanner, writeTag } from './tag.ts'

/**
 * How the engine's side speaks. A relay understands nothing and forwards what it gets, so for it the audio is wrapped
 * as the carrier wants it already, it is sent the `clear` that the server makes itself, and nobody asks for answers.
 */
export type Dialect = 'OpenAI' | 'relayed Twilio'

export interface EngineSessionOptions {
  readonly ids: CallIds
  readonly socket: LeanSocket
  readonly dialect: Dialect
  readonly measurements: Measurements
}

/**
 * The voice model's side of one call: hears tagged frames, and talks by a fixed plan of turns. The caller speaks, the
 * agent answers in deltas at the pace of speech; every other answer is so long that the caller speaks over it.
 */
export class EngineSession implements Paced {
  readonly #options: EngineSessionOptions
  readonly #scanner = new TagScanner()
  readonly #blocks = Buffer.concat(Array.from({ length: DELTA_BLOCKS }, createBlock))
  #tick: number
  #turn = 0
  #response: { readonly id: string; readonly itemId: string; deltasLeft: number; sinceTick: number } | undefined

  constructor(options: EngineSessionOptions) {
    this.#options = options
    // The calls are not in step with each other.
    this.#tick = -((options.ids.call * 37) % SPREAD_TICKS) - FIRST_TURN_TICK
    options.socket.onText = (message) => this.#receive(message)
    this.#send({ type: 'session.created', event_id: 'event_0', session: {} })
  }

  tick(): void {
    this.#tick++
    if (this.#tick === 0) this.#startSpeech()
    else if (this.#tick === SPEECH_TICKS) this.#stopSpeech()
    else if (this.#tick === TURN_TICKS) this.#tick = -1
    this.#speak()
  }

  #receive(message: Buffer): void {
    const { dialect, measurements } = this.#options
    const [beginning, key] = dialect === 'OpenAI' ? APPEND : MEDIA
    if (message.indexOf(beginning) === 0) {
      this.#scanner.scan(payloadOf(message, key), (tag) => measurements.arrived('toEngine', tag))
    } else this.#obey(message)
  }

  #obey(message: Buffer): void {
    const { type } = JSON.parse(message.toString())
    if (type === 'session.update') this.#send({ type: 'session.updated', event_id: 'event_1', session: {} })
    else if (type === 'response.create') this.#startResponse()
    else if (type === 'response.cancel') this.#endResponse('cancelled')
  }

  #startSpeech(): void {
    const { ids, dialect, measurements } = this.#options
    this.#turn++
    if (this.#response) measurements.interrupted(ids.call)
    if (dialect === 'OpenAI')
      this.#send({ type: 'input_audio_buffer.speech_started', audio_start_ms: 0, item_id: this.#turnId })
    else this.#send({ event: 'clear', streamSid: ids.streamSid })
    this.#endResponse('cancelled')
  }

  #stopSpeech(): void {
    this.#send({ type: 'input_audio_buffer.speech_stopped', audio_end_ms: 0, item_id: this.#turnId })
    this.#send({
      type: 'conversation.item.input_audio_transcription.completed',
      item_id: this.#turnId,
      content_index: 0,
      transcript: `I would like to know more about topic number ${this.#turn}.`,
      usage: { type: 'duration', seconds: 1.4 },
    })
    if (this.#options.dialect === 'relayed Twilio') this.#startResponse()
  }

  get #turnId(): string {
    return `item_caller_${this.#turn}`
  }

  #startResponse(): void {
    const id = `resp_${this.#turn}`
    const isCutShort = this.#turn % 2 === 1
    const deltasLeft = isCutShort ? LONG_ANSWER_DELTAS : SHORT_ANSWER_DELTAS
    this.#response = { id, itemId: `item_agent_${this.#turn}`, deltasLeft, sinceTick: 0 }
    this.#send({ type: 'response.created', response: { id, status: 'in_progress', output: [] } })
    // A voice model is a little ahead of its own speech.
    this.#sendDelta()
    this.#sendDelta()
  }

  #speak(): void {
    const response = this.#response
    if (!response) return
    response.sinceTick++
    if (response.sinceTick % DELTA_BLOCKS !== 0) return
    if (response.deltasLeft > 0) this.#sendDelta()
    else this.#endResponse('completed')
  }

  #sendDelta(): void {
    const { ids, socket, dialect, measurements } = this.#options
    const response = this.#response
    if (!response) return
    response.deltasLeft--
    const { call } = ids
    const sentUs = nowUs()
    for (let at = 0; at < this.#blocks.length; at += BLOCK_BYTES) {
      writeTag(this.#blocks, at, { call, sequence: measurements.sent('toCaller', call), sentUs })
    }
    const audio = this.#blocks.toString('base64')
    const { id: response_id, itemId: item_id } = response
    const about = `"response_id":"${response_id}","item_id":"${item_id}","output_index":0,"content_index":0`
    const message =
      dialect === 'OpenAI'
        ? `{"type":"response.output_audio.delta","event_id":"event_2",${about},"delta":"${audio}"}`
        : `{"event":"media","streamSid":"${ids.streamSid}","media":{"payload":"${audio}"}}`
    socket.sendText(Buffer.from(message, 'latin1'))
    this.#send({ type: 'response.output_audio_transcript.delta', response_id, item_id, delta: ' word' })
  }

  #endResponse(status: 'completed' | 'cancelled'): void {
    const response = this.#response
    if (!response) return
    this.#response = undefined
    const { id: response_id, itemId: item_id } = response
    const transcript = `Answer number ${this.#turn}.`
    this.#send({ type: 'response.output_audio_transcript.done', response_id, item_id, transcript })
    this.#send({ type: 'response.output_audio.done', response_id, item_id })
    this.#send({ type: 'response.output_item.done', response_id, item: { id: item_id, type: 'message', status } })
    this.#send({ type: 'response.done', response: { id: response_id, status, output: [], usage: USAGE } })
  }

  #send(event: object): void {
    this.#options.socket.sendText(Buffer.from(JSON.stringify(event)))
  }
}

/** How a message with the caller's audio begins, and the field that holds it. */
const APPEND = ['{"type":"input_audio_buffer.append"', 'audio'] as const
const MEDIA = ['{"event":"media"', 'payload'] as const

/** Deltas of 200 ms. */
const DELTA_BLOCKS = 10

const TICKS_PER_SECOND = 1000 / FRAME_MS
/** The opening is over by then, and no two seconds begin with the same calls. */
const FIRST_TURN_TICK = 1.5 * TICKS_PER_SECOND
const SPREAD_TICKS = 2.5 * TICKS_PER_SECOND

/** A turn of 7 s: 1.4 s of the caller, then the answer. */
const TURN_TICKS = 7 * TICKS_PER_SECOND
const SPEECH_TICKS = 1.4 * TICKS_PER_SECOND
const SHORT_ANSWER_DELTAS = 24
/** 8 s of speech: the next turn begins in its middle. */
const LONG_ANSWER_DELTAS = 40

const USAGE = {
  total_tokens: 900,
  input_tokens: 800,
  output_tokens: 100,
  input_token_details: { text_tokens: 500, audio_tokens: 300, cached_tokens: 0 },
  output_token_details: { text_tokens: 20, audio_tokens: 80 },
}
