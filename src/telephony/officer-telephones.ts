import { dropOldest } from '../lib/drop-oldest.ts'
import type { OfficerRinger } from './officer-ringer.ts'

/** What is kept of legs, for whoever comes after a process that died. */
export interface LegBook {
  legStatus(news: { legId: string; carrierCallId: string; status: string }): Promise<void>
  /** Legs of a call that may still ring. */
  openLegs(callId: string): Promise<readonly { readonly id: string; readonly carrier_call_id: string | null }[]>
  legEnded(legId: string, outcome: 'called off'): void
}

/** Legs that may still have to be let go. */
const MOST_REMEMBERED = 1_000

/** The telephones of officers, by the legs that ring them. One may be let go before the carrier has given it an id. */
export class OfficerTelephones {
  readonly #ringer: OfficerRinger
  readonly #book: LegBook
  readonly #ringing = new Map<string, Promise<string>>()

  constructor(ringer: OfficerRinger, book: LegBook) {
    this.#ringer = ringer
    this.#book = book
  }

  /** Rejects as `OfficerRinger.ring`. */
  async ring({ legId, phone, ringMs }: { legId: string; phone: string; ringMs: number }): Promise<void> {
    const ringing = this.#ringer.ring({ legId, phone, ringMs })
    this.#ringing.set(legId, ringing)
    dropOldest(this.#ringing, MOST_REMEMBERED)
    await this.#book.legStatus({ legId, carrierCallId: await ringing, status: 'queued' })
  }

  async letGo(legId: string, words: string | undefined): Promise<void> {
    const ringing = this.#ringing.get(legId)
    this.#ringing.delete(legId)
    // One that was never taken on has nobody to let go.
    const carrierCallId = await ringing?.catch(() => undefined)
    if (carrierCallId !== undefined) await this.#ringer.letGo(carrierCallId, words)
  }

  /** Whatever still rings for a call whose process died. */
  async letGoOf(callId: string): Promise<void> {
    const legs = await this.#book.openLegs(callId)
    await Promise.all(
      legs.map(async ({ id, carrier_call_id: carrierCallId }) => {
        if (carrierCallId !== null)
          await this.#ringer.letGo(carrierCallId, 'The caller could not be connected. Goodbye.')
        this.#book.legEnded(id, 'called off')
      }),
    )
  }
}
