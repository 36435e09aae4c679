import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import type { Clock } from '../../lib/clock.ts'
import type { Breakage, Faults } from './faults.ts'

export interface FragileSocketOptions {
  readonly socket: WebSocket
  /** The TCP stream under it: broken connections are broken there. */
  readonly stream: Duplex
  readonly clock: Clock
  readonly faults: Faults
}

/** What a frame header says of a text message that is not split (RFC 6455, 5.2). */
const FINAL_TEXT_FRAME = 0x81
/** Payload length 126 announces 16 bits of length. */
const LENGTH_IN_16_BITS = 126

/** Half a JSON document. */
const HALF_A_DOCUMENT = '{"type":"response.output_au'
const UNKNOWN_EVENT = '{"type":"mood.updated"}'

/** One connection to a client, as reliable as its faults allow. Nothing is sent any more once it is broken or closed. */
export class FragileSocket implements Disposable {
  readonly faults: Faults
  readonly #socket: WebSocket
  readonly #stream: Duplex
  readonly #clock: Clock
  readonly #timers = new DisposableStack()
  #silent = false
  #audioMs = 0

  constructor({ socket, stream, clock, faults }: FragileSocketOptions) {
    this.faults = faults
    this.#socket = socket
    this.#stream = stream
    this.#clock = clock
    for (const { fault, afterMs } of faults.breakages)
      if (afterMs !== undefined) this.#timers.use(clock.after(afterMs, () => this.break(fault)))
  }

  /** @param audioMs how much speech the message carries: breakages may wait for so much. */
  send(message: string | Buffer, audioMs = 0): void {
    this.#write(message)
    this.carried(audioMs)
  }

  /**
   * Sends an event of a type that faults can name: late, twice, or behind something unreadable.
   * @param write gives the message; called for each copy when it really leaves.
   */
  sendEvent(type: string, write: () => string | Buffer, audioMs = 0): void {
    if (this.faults.all('malformed').some(({ before }) => before === type)) this.garbage()
    if (this.faults.all('unknown event').some(({ before }) => before === type)) this.#write(UNKNOWN_EVENT)
    const late = this.faults.all('late').find(({ types }) => types.includes(type))
    const copies = this.faults.all('twice').some(({ types }) => types.includes(type)) ? 2 : 1
    for (let copy = 0; copy < copies; copy++) {
      if (late) this.#timers.use(this.#clock.after(late.ms, () => this.#writeNow(write)))
      else this.#writeNow(write)
    }
    this.carried(audioMs)
  }

  /** Speech has passed over it: what was sent counts by itself, so this is for services that listen. */
  carried(audioMs: number): void {
    this.#audioMs += audioMs
    for (const { fault, afterAudioMs } of this.faults.breakages)
      if (afterAudioMs !== undefined && this.#audioMs >= afterAudioMs) this.break(fault)
  }

  /** Sends what cannot be read. */
  garbage(): void {
    this.#write(HALF_A_DOCUMENT)
  }

  /** Breaks the connection now, in a way the client has to find out by itself. */
  break(how: Breakage): void {
    if (this.#silent) return
    this.#silent = true
    if (how === 'half-open') this.#stream.pause()
    if (how === 'drop mid-message') this.#stream.write(halfAMessage(), () => this.#stream.destroy())
    if (how === 'drop') this.#stream.destroy()
  }

  /** Closes in order. */
  close(code: number, reason: string): void {
    if (this.#silent) return
    this.#silent = true
    this.#socket.close(code, reason)
  }

  [Symbol.dispose](): void {
    this.#silent = true
    this.#timers.dispose()
  }

  #writeNow(write: () => string | Buffer): void {
    if (!this.#silent) this.#write(write())
  }

  #write(message: string | Buffer): void {
    if (!this.#silent && this.#socket.readyState === this.#socket.OPEN) this.#socket.send(message)
  }
}

/** A frame that announces twice the payload that follows. */
function halfAMessage(): Buffer {
  const payload = Buffer.from(HALF_A_DOCUMENT)
  const header = Buffer.from([FINAL_TEXT_FRAME, LENGTH_IN_16_BITS, 0, 0])
  // The announced length has to need 16 bits, or the header itself would be at fault.
  header.writeUInt16BE(2 * LENGTH_IN_16_BITS, 2)
  return Buffer.concat([header, payload])
}
