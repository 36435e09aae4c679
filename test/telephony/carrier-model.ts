import type { Clock } from '../../src/lib/clock.ts'
import type { Piece } from '../../src/telephony/piece.ts'

/** A piece as the caller really heard it, by the carrier's time (which is the clock's). */
export interface PlayedPiece {
  readonly utteranceId: string
  readonly startMs: number
  endMs: number
}

/**
 * What Twilio does with our audio: plays it in order and in real time, sends a mark back when it has played what came
 * before it, and on clear forgets the rest and sends all pending marks back at once. Messages take `outMs` to get
 * there and `backMs()` to come back, in order, as on one TCP connection.
 */
export class CarrierModel {
  readonly played: PlayedPiece[] = []
  readonly #clock: Clock
  readonly #outMs: number
  readonly #backMs: () => number
  readonly #onMark: (name: string) => void
  readonly #pendingMarks = new Map<string, Disposable>()
  #playsUntilMs = 0
  #lastBackAtMs = 0

  constructor(options: { clock: Clock; outMs: number; backMs: () => number; onMark: (name: string) => void }) {
    this.#clock = options.clock
    this.#outMs = options.outMs
    this.#backMs = options.backMs
    this.#onMark = options.onMark
  }

  send(piece: Pick<Piece, 'utteranceId' | 'durationMs'>): void {
    this.#later(this.#outMs, () => {
      const startMs = Math.max(this.#clock.monotonicMs(), this.#playsUntilMs)
      this.#playsUntilMs = startMs + piece.durationMs
      this.played.push({ utteranceId: piece.utteranceId, startMs, endMs: this.#playsUntilMs })
    })
  }

  mark(name: string): void {
    this.#later(this.#outMs, () => {
      const waitMs = Math.max(0, this.#playsUntilMs - this.#clock.monotonicMs())
      this.#pendingMarks.set(
        name,
        this.#clock.after(waitMs, () => this.#echo(name)),
      )
    })
  }

  clear(): void {
    this.#later(this.#outMs, () => {
      const nowMs = this.#clock.monotonicMs()
      for (const piece of this.played) piece.endMs = Math.max(piece.startMs, Math.min(piece.endMs, nowMs))
      this.#playsUntilMs = Math.min(this.#playsUntilMs, nowMs)
      for (const name of [...this.#pendingMarks.keys()]) this.#echo(name)
    })
  }

  /** What the caller has really heard of an utterance by now. */
  heardMs(utteranceId: string): number {
    const nowMs = this.#clock.monotonicMs()
    const pieces = this.played.filter((piece) => piece.utteranceId === utteranceId)
    return pieces.reduce((sum, piece) => sum + Math.max(0, Math.min(piece.endMs, nowMs) - piece.startMs), 0)
  }

  /** Brings something from the carrier to us. */
  back(deliver: () => void): void {
    const nowMs = this.#clock.monotonicMs()
    this.#lastBackAtMs = Math.max(this.#lastBackAtMs, nowMs + this.#backMs())
    this.#later(this.#lastBackAtMs - nowMs, deliver)
  }

  #echo(name: string): void {
    this.#pendingMarks.get(name)?.[Symbol.dispose]()
    this.#pendingMarks.delete(name)
    this.back(() => this.#onMark(name))
  }

  #later(delayMs: number, callback: () => void): void {
    if (delayMs === 0) callback()
    else this.#clock.after(delayMs, callback)
  }
}
