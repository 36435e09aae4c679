import type { ServerResponse } from 'node:http'
import type { Random } from '../seeded-random.ts'

/** Of what invites a careless reader: a character of several bytes, a JSON escape, the end of a line. */
const DELICATE_CUTS = 0.5
const CUTS_PER_FRAME = 2

/** With more waiting than a few frames the machine is late, which must not look like a model that thinks slowly. */
const LATE_PIECES = 24

const BACKSLASH = '\\'.charCodeAt(0)
const LINE_FEED = '\n'.charCodeAt(0)
/** UTF-8: the bytes that begin a character and do not end it. */
const FIRST_OF_SEVERAL_BYTES = 0xc0

/** Server-sent events whose bytes arrive in pieces that respect nothing. */
export class EventStream {
  readonly #response: ServerResponse
  readonly #random: Random
  readonly #queue: (() => void)[] = []
  #busy = false

  constructor(response: ServerResponse, random: Random) {
    this.#response = response
    this.#random = random
  }

  open(headers: Readonly<Record<string, string>>): void {
    this.#response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', ...headers })
    this.#response.flushHeaders()
  }

  write(frame: string): void {
    const bytes = Buffer.from(frame)
    const cuts = [0, ...this.#cuts(bytes), bytes.length]
    for (const [at, cut] of cuts.slice(1).entries())
      this.afterwards(() => {
        if (!this.#response.destroyed) this.#response.write(bytes.subarray(cuts[at], cut))
      })
  }

  end(): void {
    this.afterwards(() => this.#response.end())
  }

  /** Runs when everything written so far has left. */
  afterwards(step: () => void): void {
    this.#queue.push(step)
    if (!this.#busy) this.#sendNext()
  }

  /** One step a turn of the event loop, unless it is late: pieces written in one turn would arrive as one. */
  #sendNext(): void {
    const due = this.#queue.splice(0, Math.max(1, this.#queue.length - LATE_PIECES))
    this.#busy = due.length > 0
    if (!this.#busy) return
    for (const step of due) step()
    setImmediate(() => this.#sendNext())
  }

  #cuts(bytes: Buffer): number[] {
    const delicate = [...bytes.keys()].filter((at) => at > 0 && isDelicate(bytes[at - 1] ?? 0))
    const cuts = Array.from({ length: CUTS_PER_FRAME }, () => {
      const places = this.#random() < DELICATE_CUTS && delicate.length > 0 ? delicate : undefined
      return places?.[Math.floor(this.#random() * places.length)] ?? 1 + Math.floor(this.#random() * (bytes.length - 1))
    })
    return [...new Set(cuts)].toSorted((a, b) => a - b)
  }
}

/** Whether something is unfinished behind this byte. */
function isDelicate(byte: number): boolean {
  return byte >= FIRST_OF_SEVERAL_BYTES || byte === BACKSLASH || byte === LINE_FEED
}
