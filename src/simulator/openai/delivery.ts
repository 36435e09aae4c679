import { randomBytes } from 'node:crypto'
import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import type { Clock } from '../../lib/clock.ts'
import { createId } from '../../lib/ids.ts'
import type { Breakage, Faults } from '../service/faults.ts'
import type { SentEvent, ServerEvent } from './protocol.ts'
import { TailPermuter } from './tail-permuter.ts'

export interface DeliveryOptions {
  readonly socket: WebSocket
  /** The TCP stream under it: broken connections are broken there. */
  readonly stream: Duplex
  readonly clock: Clock
  readonly faults: Faults
  /** Hears each event that really left, duplicates included. */
  readonly onSent: (event: SentEvent) => void
}

/** What a frame header says of a text message that is not split (RFC 6455, 5.2). */
const FINAL_TEXT_FRAME = 0x81
/** Payload length 126 announces 16 bits of length. */
const LENGTH_IN_16_BITS = 126

/** Sends events to one client, as faithfully as the faults allow. */
export class Delivery implements Disposable {
  readonly #options: DeliveryOptions
  readonly #timers = new DisposableStack()
  readonly #tail: TailPermuter | undefined
  #silent = false
  #audioMs = 0

  constructor(options: DeliveryOptions) {
    this.#options = options
    const permuted = options.faults.find('permuted tail')
    this.#tail = permuted && new TailPermuter(permuted.seed)
    for (const { fault, afterMs } of options.faults.breakages)
      if (afterMs !== undefined) this.#timers.use(options.clock.after(afterMs, () => this.break(fault)))
  }

  /** @param audioMs how much speech the event carries. */
  send(event: ServerEvent, audioMs = 0): void {
    for (const next of this.#tail?.order(event) ?? [event]) this.#sendWithFaults(next)
    this.#audioMs += audioMs
    for (const { fault, afterAudioMs } of this.#options.faults.breakages)
      if (afterAudioMs !== undefined && this.#audioMs >= afterAudioMs) this.break(fault)
  }

  /** Breaks the connection now, in a way the client has to find out by itself. */
  break(how: Breakage): void {
    if (this.#silent) return
    this.#silent = true
    const { stream } = this.#options
    if (how === 'half-open') stream.pause()
    if (how === 'drop mid-message') stream.write(halfAMessage(), () => stream.destroy())
    if (how === 'drop') stream.destroy()
  }

  /** Closes in order; nothing is sent afterwards. */
  close(code: number, reason: string): void {
    if (this.#silent) return
    this.#silent = true
    this.#options.socket.close(code, reason)
  }

  [Symbol.dispose](): void {
    this.#silent = true
    this.#timers.dispose()
  }

  #sendWithFaults(event: ServerEvent): void {
    const { faults, clock } = this.#options
    for (const { before } of faults.all('malformed'))
      if (before === event.type) this.#write('{"type":"response.output_au')
    for (const { before } of faults.all('unknown event'))
      if (before === event.type)
        this.#write(JSON.stringify({ type: 'response.mood.updated', event_id: createId('event') }))

    const stamped = stamp(event)
    const copies = faults.all('twice').some(({ types }) => types.includes(event.type)) ? 2 : 1
    const late = faults.all('late').find(({ types }) => types.includes(event.type))
    for (let copy = 0; copy < copies; copy++) {
      if (late) this.#timers.use(clock.after(late.ms, () => this.#sendNow(stamped)))
      else this.#sendNow(stamped)
    }
  }

  #sendNow(event: SentEvent): void {
    if (this.#silent) return
    this.#options.onSent(event)
    // Deltas are padded so that their size does not give their words away (contract 8).
    const obfuscation = event.type.endsWith('.delta') ? { obfuscation: randomBytes(6).toString('base64url') } : {}
    this.#write(JSON.stringify({ ...event, ...obfuscation }))
  }

  #write(message: string): void {
    const { socket } = this.#options
    if (!this.#silent && socket.readyState === socket.OPEN) socket.send(message)
  }
}

function stamp(event: ServerEvent): SentEvent {
  return { ...event, event_id: createId('event') }
}

/** A frame that announces twice the payload that follows. */
function halfAMessage(): Buffer {
  const payload = Buffer.from('{"type":"response.output_audio.delta","delta":"')
  const header = Buffer.from([FINAL_TEXT_FRAME, LENGTH_IN_16_BITS, 0, 0])
  header.writeUInt16BE(payload.length * 2, 2)
  return Buffer.concat([header, payload])
}
