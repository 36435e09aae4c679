import { BYTES_PER_MS, FRAME_MS, SILENCE } from '../../audio/encoded-audio.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Ear } from '../service/ear.ts'
import type { FragileSocket } from '../service/fragile-socket.ts'
import { ENDINGS, type Ending } from './protocol.ts'

export interface Timing {
  /** From the moment something can be known to the message that says it; so also from the end of a turn to its words. */
  readonly finalMs: number
  /** How much audio lies between two interim results while there are new words. */
  readonly interimMs: number
}

export interface ListenParts {
  readonly clock: Clock
  readonly socket: FragileSocket
  readonly ear: Ear
  readonly timing: Timing
  /** What the client did that the real service refuses, in its words. */
  readonly onComplaint: (code: string) => void
}

const FRAME_BYTES = FRAME_MS * BYTES_PER_MS

/**
 * What both versions share: audio in by frames, and messages out in order, each `finalMs` after its cause. Positions
 * are ms of audio: what is heard faster than it was spoken is understood faster.
 */
export class ListenSession implements Disposable {
  readonly #parts: ListenParts
  readonly #timers = new Set<Disposable>()
  #deaf = false
  #positionMs = 0
  #over = false

  constructor(parts: ListenParts) {
    const { clock, socket } = parts
    this.#parts = parts
    const expiry = socket.faults.find('early expiry')
    if (expiry) this.#timers.add(clock.after(expiry.afterMs, () => this.end(ENDINGS.noAnswer)))
    const deaf = socket.faults.find('deaf')
    if (deaf) this.#timers.add(clock.after(deaf.afterMs ?? 0, () => (this.#deaf = true)))
  }

  get positionMs(): number {
    return this.#positionMs
  }

  /** The client was told goodbye, or soon will be: nothing it sends is heard any more. */
  get over(): boolean {
    return this.#over
  }

  /** Hears audio of any length; `onFrame` gets it in 20 ms, when the ear has heard them and the position is behind. */
  hear(mulaw: Buffer, onFrame: (frame: Buffer) => void): void {
    const { ear, socket } = this.#parts
    const heard = this.#deaf ? Buffer.alloc(mulaw.length, SILENCE) : mulaw
    for (let at = 0; at < heard.length && !this.#over; at += FRAME_BYTES) {
      const frame = heard.subarray(at, at + FRAME_BYTES)
      this.#positionMs += frame.length / BYTES_PER_MS
      ear.hear(frame)
      onFrame(frame)
    }
    socket.carried(mulaw.length / BYTES_PER_MS)
  }

  /** @param type by which faults name the message. */
  send(type: string, message: object): void {
    const text = JSON.stringify(message)
    this.#later(() => this.#parts.socket.sendEvent(type, () => text))
  }

  /** Closes when everything before it has been said. */
  end({ code, reason }: Ending): void {
    this.#over = true
    this.#later(() => this.#parts.socket.close(code, reason))
  }

  complain(code: string): void {
    this.#parts.onComplaint(code)
  }

  [Symbol.dispose](): void {
    this.#over = true
    for (const timer of this.#timers) timer[Symbol.dispose]()
  }

  /** All wait equally long, so they keep their order. */
  #later(act: () => void): void {
    const timer = this.#parts.clock.after(this.#parts.timing.finalMs, () => {
      this.#timers.delete(timer)
      act()
    })
    this.#timers.add(timer)
  }
}
