/** What the carrier says of a leg to an officer. Each may come twice, late, or not at all (RELIABILITY F18, F19). */
export type LegEvent =
  | { readonly type: 'picked up' }
  /** After the brief; no key: the time was up. */
  | { readonly type: 'pressed'; readonly key: string | undefined }
  /** The caller and the officer are together. */
  | { readonly type: 'caller joined' }
  /** The caller waits where they were to meet, and nobody is there. */
  | { readonly type: 'caller alone' }
  | { readonly type: 'ended'; readonly how: LegEnd }

export type LegEnd = 'completed' | 'busy' | 'no answer' | 'failed'

/** What the officer's telephone does next. */
export type LegAnswer =
  /** Says the brief, and asks for a key. */
  | { readonly do: 'brief'; readonly words: string }
  | { readonly do: 'join'; readonly conference: string }
  | { readonly do: 'hang up'; readonly words?: string }

/** Takes the news of one leg and says what its telephone is to do; nothing of an event that asks for nothing. */
export type LegListener = (event: LegEvent) => LegAnswer | undefined

const NOT_NEEDED: LegAnswer = { do: 'hang up', words: 'Thank you. The caller does not need you any more.' }

/** The legs that ring for calls of this process, by their id: where the carrier's webhooks find the transfer they are of. */
export class OfficerLegs {
  readonly #listeners = new Map<string, LegListener>()

  /** Until it is disposed. */
  add(legId: string, listener: LegListener): Disposable {
    this.#listeners.set(legId, listener)
    return { [Symbol.dispose]: () => this.#listeners.delete(legId) }
  }

  /** A leg nobody knows is of a transfer that is over, or of a process that died: its officer is let go. */
  tell(legId: string, event: LegEvent): LegAnswer {
    return this.#listeners.get(legId)?.(event) ?? NOT_NEEDED
  }
}
