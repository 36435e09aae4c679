import type { LeanSocket } from './lean-socket.ts'
import { type Measurements, nowUs } from './measurements.ts'
import { FRAME_MS, type Paced } from './pacer.ts'
import { createBlock, TAG_BYTES, TagScanner, writeTag } from './tag.ts'

/** The ids of one call as Twilio would give them. */
export interface CallIds {
  readonly call: number
  readonly from: string
  readonly callSid: string
  readonly streamSid: string
}

export const ACCOUNT_SID = 'AC00000000000000000000000000000000'

export function idsOf(call: number): CallIds {
  const digits = String(call).padStart(4, '0')
  return {
    call,
    from: `+1617200${digits}`,
    callSid: `CA${digits.padStart(32, '0')}`,
    streamSid: `MZ${digits.padStart(32, '0')}`,
  }
}

export interface CarrierLegOptions {
  readonly ids: CallIds
  readonly socket: LeanSocket
  readonly customParameters: Readonly<Record<string, string>>
  readonly measurements: Measurements
  /** 20 ms of the engine's audio have come. */
  readonly onHeard?: () => void
}

/** Twilio's side of one media stream: sends a tagged frame each tick, plays what comes, answers marks when heard. */
export class CarrierLeg implements Paced {
  readonly #options: CarrierLegOptions
  readonly #scanner = new TagScanner()
  readonly #block = createBlock()
  readonly #blockEnd: string
  readonly #frameEnd: string
  #messages = 0
  #frames = 0
  #playedOutAtMs = 0
  #marks: { readonly name: string; readonly dueMs: number }[] = []

  constructor(options: CarrierLegOptions) {
    this.#options = options
    const { ids, socket } = options
    this.#blockEnd = this.#block.toString('base64', TAGGED_BYTES)
    this.#frameEnd = `"},"streamSid":"${ids.streamSid}"}`
    socket.onText = (message) => this.#receive(message)
    this.#sendStart()
  }

  tick(nowMs: number): void {
    this.#sendFrame()
    while (this.#marks[0] !== undefined && this.#marks[0].dueMs <= nowMs) this.#echo(this.#marks.shift()!.name)
  }

  hangUp(): void {
    const { callSid } = this.#options.ids
    this.#sendEvent('stop', { stop: { accountSid: ACCOUNT_SID, callSid } })
    this.#options.socket.close()
  }

  #sendStart(): void {
    const { ids, socket, customParameters } = this.#options
    const { callSid, streamSid } = ids
    const mediaFormat = { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 }
    socket.sendText(Buffer.from('{"event":"connected","protocol":"Call","version":"1.0.0"}'))
    const start = { accountSid: ACCOUNT_SID, streamSid, callSid, tracks: ['inbound'], mediaFormat, customParameters }
    this.#sendEvent('start', { start })
  }

  #sendFrame(): void {
    const { ids, socket, measurements } = this.#options
    const { call } = ids
    writeTag(this.#block, 0, { call, sequence: measurements.sent('toEngine', call), sentUs: nowUs() })
    const payload = this.#block.toString('base64', 0, TAGGED_BYTES) + this.#blockEnd
    const timestampMs = FIRST_TIMESTAMP_MS + this.#frames * FRAME_MS
    this.#messages++
    this.#frames++
    socket.sendText(
      Buffer.from(
        `{"event":"media","sequenceNumber":"${this.#messages}","media":{"track":"inbound","chunk":"${this.#frames}",` +
          `"timestamp":"${timestampMs}","payload":"${payload}${this.#frameEnd}`,
        'latin1',
      ),
    )
  }

  #sendEvent(event: string, content: object): void {
    this.#messages++
    const { streamSid } = this.#options.ids
    const message = JSON.stringify({ event, sequenceNumber: String(this.#messages), ...content, streamSid })
    this.#options.socket.sendText(Buffer.from(message))
  }

  #receive(message: Buffer): void {
    const kind = message.toString('latin1', EVENT_AT, EVENT_AT + 2)
    if (kind === 'me') this.#play(message)
    else if (kind === 'ma') this.#receiveMark(JSON.parse(message.toString()).mark.name)
    else if (kind === 'cl') this.#clear()
  }

  #play(message: Buffer): void {
    const { measurements, onHeard } = this.#options
    const samples = payloadOf(message, 'payload')
    this.#playedOutAtMs = Math.max(this.#playedOutAtMs, performance.now()) + samples.length / BYTES_PER_MS
    this.#scanner.scan(samples, (tag) => {
      measurements.arrived('toCaller', tag)
      onHeard?.()
    })
  }

  #receiveMark(name: string): void {
    this.#marks.push({ name, dueMs: this.#playedOutAtMs })
  }

  #clear(): void {
    this.#options.measurements.cleared(this.#options.ids.call)
    this.#playedOutAtMs = 0
    for (const { name } of this.#marks.splice(0)) this.#echo(name)
  }

  #echo(name: string): void {
    this.#sendEvent('mark', { mark: { name } })
  }
}

/** The samples in the string field of a message, decoded. */
export function payloadOf(message: Buffer, key: 'payload' | 'audio'): Buffer {
  const opening = `"${key}":"`
  const from = message.indexOf(opening) + opening.length
  return Buffer.from(message.toString('latin1', from, message.indexOf(QUOTE, from)), 'base64')
}

const QUOTE = '"'.charCodeAt(0)
const BYTES_PER_MS = 8

/** Where the event's name begins in `{"event":"media"...`; its first two letters tell the kinds apart. */
const EVENT_AT = '{"event":"'.length

/** The first frame of a real stream is not at 0. */
const FIRST_TIMESTAMP_MS = 155

/** The tag, filled up so that the base64 behind it stays the same from frame to frame. */
const TAGGED_BYTES = Math.ceil(TAG_BYTES / 3) * 3
