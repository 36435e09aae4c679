import { randomBytes } from 'node:crypto'
import { createId } from '../../lib/ids.ts'
import type { FragileSocket } from '../service/fragile-socket.ts'
import type { SentEvent, ServerEvent } from './protocol.ts'
import { TailPermuter } from './tail-permuter.ts'

/** Sends events to one client, as faithfully as the faults allow. */
export class Delivery {
  /** To break or close it by. */
  readonly socket: FragileSocket
  readonly #onSent: (event: SentEvent) => void
  readonly #tail: TailPermuter | undefined

  /** @param onSent hears each event that really left, duplicates included. */
  constructor(socket: FragileSocket, onSent: (event: SentEvent) => void) {
    this.socket = socket
    this.#onSent = onSent
    const permuted = socket.faults.find('permuted tail')
    this.#tail = permuted && new TailPermuter(permuted.seed)
  }

  /** @param audioMs how much speech the event carries. */
  send(event: ServerEvent, audioMs = 0): void {
    for (const next of this.#tail?.order(event) ?? [event]) {
      const stamped = { ...next, event_id: createId('event') }
      this.socket.sendEvent(stamped.type, () => this.#write(stamped), next === event ? audioMs : 0)
    }
  }

  #write(event: SentEvent): string {
    this.#onSent(event)
    // Deltas are padded so that their size does not give their words away (contract 8).
    const obfuscation = event.type.endsWith('.delta') ? { obfuscation: randomBytes(6).toString('base64url') } : {}
    return JSON.stringify({ ...event, ...obfuscation })
  }
}
