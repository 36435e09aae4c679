import { createRandom, type Random, shuffled } from '../seeded-random.ts'
import type { ServerEvent } from './protocol.ts'

const TAIL_TYPES: readonly ServerEvent['type'][] = [
  'response.output_audio.done',
  'response.output_audio_transcript.done',
  'response.content_part.done',
  'response.output_item.done',
  'response.function_call_arguments.done',
  'conversation.item.done',
]

/** Holds back what comes between a response's last delta and its `response.done`, and lets it go in another order. */
export class TailPermuter {
  readonly #random: Random
  #held: ServerEvent[] = []
  #responding = false

  constructor(seed: number) {
    this.#random = createRandom(seed)
  }

  /** What is to be sent now that this event is due, in order. */
  order(event: ServerEvent): ServerEvent[] {
    if (event.type === 'response.created') this.#responding = true
    if (this.#responding && TAIL_TYPES.includes(event.type)) {
      this.#held.push(event)
      return []
    }
    if (event.type !== 'response.done') return [event]
    const tail = shuffled(this.#held, this.#random)
    this.#held = []
    this.#responding = false
    return [...tail, event]
  }
}
