import type { Participant, Sound } from './participant.ts'
import { playSound } from './played-sound.ts'

interface Playing {
  readonly sound: Sound
  readonly control: AbortController
}

/** What those in a conference hear who cannot hear each other: until it starts, and on hold. */
export class WaitingSounds {
  readonly #onFailed: (participant: Participant) => void
  readonly #playing = new Map<Participant, Playing>()

  constructor(onFailed: (participant: Participant) => void) {
    this.#onFailed = onFailed
  }

  /** Plays it unless it is playing; undefined is silence, or the others. */
  play(participant: Participant, sound: Sound | undefined): void {
    const playing = this.#playing.get(participant)
    if (playing?.sound === sound) return
    playing?.control.abort(new Error('the participant is to hear something else'))
    this.#playing.delete(participant)
    if (!sound) return
    const control = new AbortController()
    this.#playing.set(participant, { sound, control })
    const { leg } = participant
    void playSound(leg, sound, AbortSignal.any([control.signal, leg.carrier.signal])).then(
      (worked) => worked || this.#onFailed(participant),
      // It was interrupted.
      () => undefined,
    )
  }
}
