import { SILENT_FRAME } from './caller-voice.ts'

/** Whom a stream belongs to. */
export interface StreamIds {
  readonly accountSid: string
  readonly callSid: string
  readonly streamSid: string
}

const SILENT_PAYLOAD = SILENT_FRAME.toString('base64')

/** Writes what the carrier says on one media stream, numbered as it does: from 1 at `start`, all kinds together. */
export class StreamMessages {
  readonly #ids: StreamIds
  #sequenceNumber = 0

  constructor(ids: StreamIds) {
    this.#ids = ids
  }

  connected(): string {
    return JSON.stringify({ event: 'connected', protocol: 'Call', version: '1.0.0' })
  }

  start(customParameters: Readonly<Record<string, string>>): string {
    const mediaFormat = { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 }
    return this.#write('start', { start: { ...this.#ids, tracks: ['inbound'], mediaFormat, customParameters } })
  }

  /** `chunk` counts from 1; `timestampMs` is a whole number. Numbers travel as strings here. */
  media(frame: Buffer, chunk: number, timestampMs: number): string {
    const payload = frame === SILENT_FRAME ? SILENT_PAYLOAD : frame.toString('base64')
    return this.#write('media', {
      media: { track: 'inbound', chunk: String(chunk), timestamp: String(timestampMs), payload },
    })
  }

  dtmf(digit: string): string {
    return this.#write('dtmf', { dtmf: { track: 'inbound_track', digit } })
  }

  mark(name: string): string {
    return this.#write('mark', { mark: { name } })
  }

  stop(): string {
    const { accountSid, callSid } = this.#ids
    return this.#write('stop', { stop: { accountSid, callSid } })
  }

  #write(event: string, content: object): string {
    this.#sequenceNumber += 1
    const { streamSid } = this.#ids
    return JSON.stringify({ event, sequenceNumber: String(this.#sequenceNumber), ...content, streamSid })
  }
}
