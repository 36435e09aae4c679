import { BeepDetector } from '../../audio/beep-detector.ts'
import { decodeAudio, type EncodedAudio } from '../../audio/encoded-audio.ts'
import { SpeechDetector } from '../../audio/speech-detector.ts'

/** Who picked up, by what is heard; `pipeline/voicemail/greeting-watch.ts` provides it. Ms since the answer. */
export interface GreetingListener {
  words(text: string): void
  speech(speaking: boolean, nowMs: number): void
  beep(): void
  pickedUp(nowMs: number): { readonly by: 'human' | 'machine' | 'unsure'; readonly readyToSpeak: boolean }
}

/**
 * `greet`: it is our turn to say who we are. `machine`: say nothing more to it. `leave message`: it records now.
 * `over`: nothing is left to do on this line; `left` when our message is on it.
 */
export type PickupStep = 'greet' | 'machine' | 'leave message' | 'left' | 'give up'

/** Speech that stops for so long has stopped; the greeting's own measures come on top. */
const HEARING = { silenceDurationMs: 200, prefixPaddingMs: 0, threshold: 0.5 }
/** Who says nothing hears us by then: nobody waits longer than 2 s for our first word (RELIABILITY C3). */
const SILENT_MS = 1_500
/** Nor longer after what they said, if we cannot tell what they are. */
const UNSURE_MS = 1_300
/** Words that come so late after our first ones were still said before them. */
const LATE_WORDS_MS = 4_000
/** For so long a beep, or the carrier, can still tell that we talk to a machine. */
const STILL_A_MACHINE_MS = 30_000
/** A machine that has not recorded by then will not. */
const LONGEST_GREETING_MS = 90_000
/** A mailbox without a beep records by then. */
const NO_BEEP_MS = 3_000
const MOST_PIECES = 50

type Phase = 'listening' | 'greeted' | 'machine' | 'leaving' | 'over'

/**
 * The first moments of a call we placed: speaks to a person at once, and to an answering machine after its beep
 * (RELIABILITY C3). The carrier's own opinion, which comes late, is a hint among others.
 */
export class Pickup {
  readonly #listener: GreetingListener
  readonly #speech = new SpeechDetector(HEARING)
  readonly #beep = new BeepDetector()
  #heard: EncodedAudio[] = []
  #phase: Phase = 'listening'
  #startedAtMs: number | undefined
  /** Since when it has been quiet on their side. */
  #quietSinceMs = 0
  #greetedAtMs: number | undefined
  #machineSinceMs = 0
  #hint: 'human' | 'machine' | 'fax' | undefined

  constructor(listener: GreetingListener) {
    this.#listener = listener
  }

  /** Nothing the engine says is heard: nobody knows yet who listens, or a machine does. */
  get withholds(): boolean {
    return this.#phase === 'listening' || this.#phase === 'machine' || this.#phase === 'leaving'
  }

  /** Hot path: only kept for the next tick. */
  hear(audio: EncodedAudio): void {
    if (this.#phase !== 'over' && this.#heard.length < MOST_PIECES) this.#heard.push(audio)
  }

  words(text: string, nowMs: number): void {
    const isLate = this.#greetedAtMs !== undefined && nowMs - this.#greetedAtMs > LATE_WORDS_MS
    if (this.#phase !== 'over' && !isLate) this.#listener.words(text)
  }

  /** The call ends for another reason; a message that is being left is left. */
  stop(): void {
    if (this.#phase !== 'leaving') this.#end('give up')
  }

  /** The carrier has made up its mind. */
  hint(answeredBy: 'human' | 'machine' | 'fax'): void {
    this.#hint = answeredBy
  }

  /** To be called every 100 ms while the line is open. `audible`: something of ours is still to be heard. */
  tick(nowMs: number, audible: boolean): PickupStep | undefined {
    if (this.#phase === 'over') return undefined
    this.#startedAtMs ??= nowMs
    const sinceMs = nowMs - this.#startedAtMs
    const beeped = this.#listen(sinceMs)
    switch (this.#phase) {
      case 'listening':
        return this.#await(sinceMs, nowMs)
      case 'greeted':
        return this.#doubt(sinceMs, nowMs, beeped)
      case 'machine':
        return this.#awaitBeep(sinceMs, nowMs, audible)
      case 'leaving':
        return audible ? undefined : this.#end('left')
      default:
        return this.#phase satisfies never
    }
  }

  #listen(sinceMs: number): boolean {
    const heard = this.#heard
    this.#heard = []
    let beeped = false
    for (const audio of heard) {
      const mulaw = decodeAudio(audio)
      this.#speech.hear(mulaw)
      beeped = this.#beep.hear(mulaw) || beeped
    }
    // What they say after our first words is no greeting of theirs.
    if (this.#phase !== 'greeted') this.#listener.speech(this.#speech.speaking, sinceMs)
    if (this.#speech.speaking) this.#quietSinceMs = sinceMs
    if (beeped) this.#listener.beep()
    return beeped
  }

  #await(sinceMs: number, nowMs: number): PickupStep | undefined {
    const { by, readyToSpeak } = this.#listener.pickedUp(sinceMs)
    if (by === 'machine' || this.#isMachineByHint()) return this.#machine(nowMs)
    const quietMs = sinceMs - this.#quietSinceMs
    const isTurn = (by === 'human' && readyToSpeak) || this.#hint === 'human'
    const patienceMs = this.#quietSinceMs === 0 ? SILENT_MS : UNSURE_MS
    if (!isTurn && quietMs < patienceMs) return undefined
    this.#phase = 'greeted'
    this.#greetedAtMs = nowMs
    this.#listener.speech(false, sinceMs)
    return 'greet'
  }

  #doubt(sinceMs: number, nowMs: number, beeped: boolean): PickupStep | undefined {
    if (nowMs - (this.#greetedAtMs ?? nowMs) > STILL_A_MACHINE_MS) {
      this.#phase = 'over'
      this.#heard = []
      return undefined
    }
    const { by } = this.#listener.pickedUp(sinceMs)
    return beeped || by === 'machine' || this.#isMachineByHint() ? this.#machine(nowMs) : undefined
  }

  #awaitBeep(sinceMs: number, nowMs: number, audible: boolean): PickupStep | undefined {
    if (this.#hint === 'fax' || nowMs - this.#machineSinceMs > LONGEST_GREETING_MS) return this.#end('give up')
    const { by, readyToSpeak } = this.#listener.pickedUp(sinceMs)
    // Where only the carrier takes it for a machine, the listener's pause is one between people.
    const isReady = by === 'machine' ? readyToSpeak : sinceMs - this.#quietSinceMs >= NO_BEEP_MS
    if (audible || !isReady) return undefined
    this.#phase = 'leaving'
    return 'leave message'
  }

  #machine(nowMs: number): PickupStep {
    this.#phase = 'machine'
    this.#machineSinceMs = nowMs
    return 'machine'
  }

  #end(step: PickupStep): PickupStep {
    this.#phase = 'over'
    this.#heard = []
    return step
  }

  #isMachineByHint(): boolean {
    return this.#hint === 'machine' || this.#hint === 'fax'
  }
}
