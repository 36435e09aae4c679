import type { Clock } from '../../lib/clock.ts'
import type { ClientEvent } from './client-event.ts'
import type { SentEvent } from './protocol.ts'

/** An event as it passed. Its base64 audio is left out, and counted. */
export interface Logged<Event> {
  /** By the monotonic clock. */
  readonly atMs: number
  readonly event: Event
  /** Bytes of audio in the session's format; of a run of appends, which is one entry, of all of them. */
  audioBytes: number
}

/** Everything that went over one socket, for scenarios and tests to look at. */
export class SessionLog {
  readonly received: Logged<ClientEvent>[] = []
  readonly sent: Logged<SentEvent>[] = []
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
  }

  addReceived(event: ClientEvent): void {
    if (event.type !== 'input_audio_buffer.append') {
      this.received.push({ atMs: this.#clock.monotonicMs(), event, audioBytes: 0 })
      return
    }
    const audioBytes = Buffer.byteLength(event.audio, 'base64')
    const last = this.received.at(-1)
    // 50 appends a second for an hour would be the whole log.
    if (last?.event.type === 'input_audio_buffer.append') last.audioBytes += audioBytes
    else this.received.push({ atMs: this.#clock.monotonicMs(), event: { ...event, audio: '' }, audioBytes })
  }

  addSent(event: SentEvent): void {
    const atMs = this.#clock.monotonicMs()
    if (event.type !== 'response.output_audio.delta')
      this.sent.push({ atMs, event: structuredClone(event), audioBytes: 0 })
    else this.sent.push({ atMs, event: { ...event, delta: '' }, audioBytes: Buffer.byteLength(event.delta, 'base64') })
  }

  /** The received events of one type, in order. */
  receivedOf<Type extends ClientEvent['type']>(type: Type): Extract<ClientEvent, { type: Type }>[] {
    return this.received
      .map(({ event }) => event)
      .filter((event): event is Extract<ClientEvent, { type: Type }> => event.type === type)
  }

  /** The sent events of one type, in order. */
  sentOf<Type extends SentEvent['type']>(type: Type): Extract<SentEvent, { type: Type }>[] {
    return this.sent
      .map(({ event }) => event)
      .filter((event): event is Extract<SentEvent, { type: Type }> => event.type === type)
  }
}
