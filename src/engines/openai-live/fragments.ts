import type { WireFragment } from './server-events.ts'

/** Fragments stand on a grid of so many ms, where there are words (contract 6). */
const GRID_MS = 200

/** One side's words as their fragments come. */
export class Fragments {
  #text = ''
  #endMs = 0

  get text(): string {
    return this.#text.trim()
  }

  /** Fragments bring their own spaces, except where a pause parts them. */
  add({ delta, start_ms: startMs, end_ms: endMs }: WireFragment): void {
    const parted = startMs - this.#endMs >= GRID_MS && !/\s$/.test(this.#text) && !/^\s/.test(delta)
    this.#text += parted ? ` ${delta}` : delta
    this.#endMs = endMs
  }
}
