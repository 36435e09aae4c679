import { createHash } from 'node:crypto'
import { Ear, type Place } from './ear.ts'
import { createKnownClip } from './known-clip.ts'

/**
 * What emulated services understand. Nothing here recognises speech: whoever plays a clip makes its words known first,
 * and every ear knows the clip again by its bytes. So each listener hears for itself: what was replayed to it, what it
 * missed, and how far a sentence had come when its turn was cut.
 */
export class Hearing {
  readonly #known = new Set<string>()
  readonly #places = new Map<string, Place[]>()

  /** Remembers what is said in a clip, in which language (ISO 639-1): mu-law, 8 kHz, as it will be sent in frames of 20 ms. */
  know(words: string, mulaw: Buffer, language = 'en'): void {
    const name = createHash('sha1').update(`${language} ${words}\n`).update(mulaw).digest('hex')
    if (this.#known.has(name)) return
    this.#known.add(name)
    const clip = createKnownClip(words, mulaw, language)
    for (const [key, frames] of clip.places) {
      const places = this.#places.get(key) ?? []
      places.push(...frames.map((frame) => ({ clip, frame })))
      this.#places.set(key, places)
    }
  }

  /** A listener of its own, for one connection. */
  ear(): Ear {
    return new Ear((key) => this.#places.get(key) ?? [])
  }
}
