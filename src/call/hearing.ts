import type { EncodedAudio } from '../audio/encoded-audio.ts'
import type { CallerSound } from './caller-sound.ts'
import type { CallFact, NobodyBecause } from './facts.ts'
import type { CallerEvent, Floor } from './floor.ts'
import type { Listening } from './listening.ts'
import type { Pickup } from './outbound/pickup.ts'
import type { PersonStep, PersonWatch } from './person-watch.ts'
import type { PhraseKey } from './phrases.ts'

export interface HearingOptions {
  readonly floor: Floor
  readonly listening: Listening
  readonly person: PersonWatch
  readonly sound: CallerSound
  /** Of a call we placed. */
  readonly pickup: Pickup | undefined
  /** Words of theirs, as they are understood. */
  readonly onWords: (text: string) => void
  readonly note: (fact: CallFact) => void
  readonly say: (key: PhraseKey, options: { interruptible: boolean }) => void
  /** What is on the line is no person: the call has to end. */
  readonly onNobodyThere: (because: NobodyBecause) => void
}

/** Five minutes without a pause; more is no speech, and judging it would hold other calls up (I9). */
const LONGEST_UTTERANCE = 5_000

/** The caller's side of the talk: who has the floor, what was understood, and whether a person is there at all. */
export class Hearing {
  readonly #options: HearingOptions
  /** What sounds on the line is taken for no person: it does not hold the floor. */
  #nobodyThere = false

  constructor(options: HearingOptions) {
    this.#options = options
  }

  get callerHasFloor(): boolean {
    return this.#options.floor.callerHasIt && !this.#nobodyThere
  }

  /** Hot path. */
  hear(audio: EncodedAudio): void {
    this.#options.sound.hear(audio)
    this.#options.pickup?.hear(audio)
  }

  onCaller(event: CallerEvent, nowMs: number): void {
    const { floor, listening, person, pickup, onWords } = this.#options
    if (event.type === 'caller.started-speaking') listening.callerStarted()
    else if (event.type === 'caller.stopped-speaking') listening.callerStopped(event.turnId)
    const said = floor.onCaller(bounded(event), nowMs)
    if (said === undefined) return
    person.words(said.text, nowMs)
    pickup?.words(said.text, nowMs)
    onWords(said.text)
    listening.caller(said)
  }

  /** An answer of the engine was heard to its end. */
  agentHeardOut(): void {
    this.#options.person.heardOut()
  }

  personShowed(): void {
    this.#options.person.personShowed()
  }

  get suspectsRobocall(): boolean {
    return this.#options.person.suspectsRobocall
  }

  suspectRobocall(): void {
    this.#options.person.robocallSuspected()
  }

  /** To be called every 100 ms while the talk goes on. */
  watchForPerson(nowMs: number, audible: boolean): void {
    const { person, sound } = this.#options
    sound.tick(nowMs)
    const step = person.tick(nowMs, { audible, callerHasFloor: this.callerHasFloor, sound: sound.sound })
    if (step) this.#doubt(step)
  }

  /** Whatever sounds there must hear the question, and must not keep us with its noise. */
  #doubt({ do: step, because }: PersonStep): void {
    const { note, say, onNobodyThere } = this.#options
    if (step === 'leave') {
      this.#nobodyThere = true
      onNobodyThere(because)
      return
    }
    note({ type: 'nobody-there.suspected', because })
    say(because === 'robocall' ? 'prove-person' : 'are-you-there', { interruptible: false })
  }
}

function bounded(event: CallerEvent): CallerEvent {
  const isTooLong = event.type === 'caller.words' && event.text.length > LONGEST_UTTERANCE
  return isTooLong ? { ...event, text: event.text.slice(0, LONGEST_UTTERANCE) } : event
}
