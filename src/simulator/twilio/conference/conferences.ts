import { createSid } from '../../seeded-random.ts'
import type { Leg } from '../leg.ts'
import { Conference } from './conference.ts'

/** All conferences of one carrier, those that are over too. A name means the one of that name that goes on. */
export class Conferences {
  readonly #all: Conference[] = []

  get all(): readonly Conference[] {
    return this.#all
  }

  /** Also one that is over. */
  bySid(sid: string): Conference | undefined {
    return this.#all.find((conference) => conference.sid === sid)
  }

  /** The one of this name that goes on; opened when there is none. */
  byName(name: string, carrier: Leg['carrier']): Conference {
    const found = this.#all.find((conference) => conference.name === name && conference.status !== 'completed')
    if (found) return found
    const opened = new Conference({ sid: createSid('CF', carrier.random), name, carrier })
    this.#all.push(opened)
    return opened
  }
}
