import { judgeVoicemail, MACHINE_FROM } from './judge-voicemail.ts'

/** Who picked up an outbound call, and whether it is our turn to speak. */
export interface PickedUp {
  readonly by: 'human' | 'machine' | 'unsure'
  readonly readyToSpeak: boolean
}

/** "Hello?", "This is Dana": people stop and wait after so much. */
const LONGEST_HELLO_MS = 2_500
/** Nobody talks so long without a breath for the other side; greetings do. */
const MONOLOGUE_MS = 6_000
/** With a little of a machine's words, so much is enough. */
const SUSPICIOUS_MS = 4_000
const SUSPICIOUS = 0.25
/** A pause of this length is a turn, ours. */
const TURN_MS = 700
/** Between a greeting and its beep it may be quiet for 2 s; a mailbox without a beep records by then. */
const NO_BEEP_MS = 3_000
/** Words beyond these are no greeting any more. */
const MOST_CHARACTERS = 600

/**
 * Joins what is known of an answered outbound call: the words, how long the other side speaks without a pause, and the
 * beep. Pure: ms since it was answered are handed in.
 */
export class GreetingWatch {
  #text = ''
  #score: number | undefined
  #speakingSinceMs: number | undefined
  #quietSinceMs = 0
  #longestSpeechMs = 0
  #beeped = false

  /** Final words of theirs were understood. */
  words(text: string): void {
    this.#text = `${this.#text} ${text}`.trim().slice(0, MOST_CHARACTERS)
    this.#score = Math.max(judgeVoicemail(text).score, judgeVoicemail(this.#text).score)
  }

  /** They began to sound, or stopped. */
  speech(speaking: boolean, nowMs: number): void {
    if (speaking) {
      this.#speakingSinceMs ??= nowMs
      return
    }
    this.#longestSpeechMs = this.#speechMs(nowMs)
    if (this.#speakingSinceMs !== undefined) this.#quietSinceMs = nowMs
    this.#speakingSinceMs = undefined
  }

  /** A beep was heard, and is over. */
  beep(): void {
    this.#beeped = true
  }

  pickedUp(nowMs: number): PickedUp {
    const by = this.#judge(nowMs)
    const quietMs = this.#speakingSinceMs === undefined ? nowMs - this.#quietSinceMs : 0
    const waitMs = { human: TURN_MS, machine: NO_BEEP_MS, unsure: NO_BEEP_MS }[by]
    const hasSpoken = this.#longestSpeechMs > 0 || this.#score !== undefined
    return { by, readyToSpeak: this.#beeped || (hasSpoken && quietMs >= waitMs) }
  }

  #judge(nowMs: number): PickedUp['by'] {
    const score = this.#score ?? 0
    const speechMs = this.#speechMs(nowMs)
    if (this.#beeped || score >= MACHINE_FROM || speechMs >= MONOLOGUE_MS) return 'machine'
    if (score >= SUSPICIOUS) return speechMs >= SUSPICIOUS_MS ? 'machine' : 'unsure'
    const waits = this.#speakingSinceMs === undefined && nowMs - this.#quietSinceMs >= TURN_MS
    const saidHello = speechMs > 0 && speechMs <= LONGEST_HELLO_MS
    // A longer sentence without a word of a machine's, too, when it then waits for us.
    return waits && (saidHello || this.#score !== undefined) ? 'human' : 'unsure'
  }

  #speechMs(nowMs: number): number {
    const current = this.#speakingSinceMs === undefined ? 0 : nowMs - this.#speakingSinceMs
    return Math.max(this.#longestSpeechMs, current)
  }
}
