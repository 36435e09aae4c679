import { BYTES_PER_MS, byteLength, decodeAudio, decodeAudioInto, type EncodedAudio } from '../audio/encoded-audio.ts'
import { KeptAudio } from '../audio/kept-audio.ts'
import { SpeechDetector } from '../audio/speech-detector.ts'
import type { EngineSession } from '../engines/engine.ts'
import type { CallerEvent } from './floor.ts'

/** A stretch of speech that has ended, in ms before now. */
export interface SpokenStretch {
  readonly startedMsAgo: number
  readonly endedMsAgo: number
}

/** The caller's words are kept this long at most. */
const LONGEST_KEPT_MS = 15_000
/** Where nothing was said, only so much is kept: the beginning of a word nobody has noticed yet. */
const PRE_ROLL_MS = 600
/** How late an engine may say that the caller has begun. */
const NOTICED_WITHIN_MS = 1_000
/** Sound the engine has made nothing of, so long ago, was no speech. */
const IGNORED_AFTER_MS = 5_000
/** Pieces are decoded and listened to together, at most so many ms at a time, and no more than so many wait for it. */
const BATCH_MS = 400
const MOST_UNLISTENED = 25

const EAR = { silenceDurationMs: 500, prefixPaddingMs: 300, threshold: 0.5 } as const

/**
 * The caller's audio from the first word on that no engine session has understood, for the next session to hear (RL7).
 * It goes by a session's turns and by an ear of its own, so that what was said to a dead session is not lost; what is
 * understood is in the ledger and is kept no longer. Positions are ms of the caller's audio.
 */
export class CallerSpeech {
  readonly #kept = new KeptAudio()
  readonly #ear = new SpeechDetector(EAR)
  readonly #scratch = Buffer.alloc(BATCH_MS * BYTES_PER_MS)
  #unlistened: EncodedAudio[] = []
  /** From where on something may have been said that was not understood. */
  #pendingFromMs: number | undefined
  #understoodMs = 0
  #reportedStoppedAtMs: number | undefined
  /** The session says that the caller speaks. */
  #reportedSpeaking = false
  /** Turns whose words have not come, by where they ended. */
  readonly #turns = new Map<string, number>()

  /** Hot path. */
  hear(audio: EncodedAudio): void {
    this.#unlistened.push(this.#kept.add(audio))
    this.#kept.forgetBefore(this.#kept.positionMs - LONGEST_KEPT_MS)
    if (this.#unlistened.length >= MOST_UNLISTENED) this.#listen()
  }

  /** To be called every 100 ms. `heard`: a session hears the caller. Gives speech that ended since the last time. */
  tick(heard: boolean): SpokenStretch | undefined {
    this.#listen()
    if (heard) this.#forgetQuiet()
    const { startedAtMs, stoppedAtMs, speaking } = this.#ear
    if (speaking || startedAtMs === undefined || stoppedAtMs === undefined) return undefined
    if (stoppedAtMs === this.#reportedStoppedAtMs) return undefined
    this.#reportedStoppedAtMs = stoppedAtMs
    const { positionMs } = this.#kept
    return { startedMsAgo: positionMs - startedAtMs, endedMsAgo: positionMs - stoppedAtMs }
  }

  /** They speak now, by our own ear. */
  get speaking(): boolean {
    return this.#ear.speaking
  }

  /** What the present session makes of the caller. */
  onCaller(event: CallerEvent): void {
    const { positionMs } = this.#kept
    if (event.type === 'caller.started-speaking') {
      this.#reportedSpeaking = true
      this.#pendingFromMs ??= Math.max(this.#understoodMs, positionMs - NOTICED_WITHIN_MS)
    } else if (event.type === 'caller.stopped-speaking') {
      this.#reportedSpeaking = false
      this.#turns.set(event.turnId, positionMs)
    } else if (event.final) {
      const { speaking, startedAtMs = 0 } = this.#ear
      this.settle(this.#turns.get(event.turnId) ?? (speaking ? startedAtMs : positionMs))
    }
  }

  /** The session is gone: of its turns nothing more will be heard. */
  sessionGone(): void {
    this.#reportedSpeaking = false
    this.#turns.clear()
  }

  /** Where the caller's audio stands now. */
  get positionMs(): number {
    return this.#kept.positionMs
  }

  /** Everything until then is dealt with, whatever became of its words. */
  settle(untilMs: number): void {
    const { speaking, startedAtMs = 0 } = this.#ear
    this.#understoodMs = Math.max(this.#understoodMs, untilMs)
    for (const [id, endMs] of this.#turns) if (endMs <= untilMs) this.#turns.delete(id)
    // They may be in the middle of their next sentence.
    const speakOn = this.#reportedSpeaking || this.#turns.size > 0 || speaking || startedAtMs > this.#understoodMs
    this.#pendingFromMs = speakOn ? this.#understoodMs : undefined
    this.#kept.forgetBefore(this.#understoodMs)
  }

  /** What was not understood, and what came while nobody heard it. True when something was said in it. */
  replayTo(session: EngineSession): boolean {
    const { pieces } = this.#kept
    for (const audio of pieces) session.hear(audio)
    this.#listen()
    return pieces.length > 0 && this.#pendingFromMs !== undefined
  }

  #listen(): void {
    let bytes = 0
    for (const audio of this.#unlistened) {
      if (bytes + byteLength(audio) > this.#scratch.length) {
        this.#hearOut(this.#scratch.subarray(0, bytes))
        bytes = 0
      }
      // What the carrier was late with may come as one.
      if (byteLength(audio) > this.#scratch.length) this.#hearOut(decodeAudio(audio))
      else bytes += decodeAudioInto(audio, this.#scratch, bytes)
    }
    this.#hearOut(this.#scratch.subarray(0, bytes))
    this.#unlistened = []
  }

  #hearOut(mulaw: Buffer): void {
    this.#ear.hear(mulaw)
    const { startedAtMs = 0 } = this.#ear
    if (this.#ear.speaking) this.#pendingFromMs ??= Math.max(this.#understoodMs, startedAtMs)
  }

  #forgetQuiet(): void {
    const { positionMs } = this.#kept
    const { speaking, stoppedAtMs = 0 } = this.#ear
    // Words that have not come by now will not come.
    for (const [id, endMs] of this.#turns) if (positionMs - endMs >= LONGEST_KEPT_MS) this.#turns.delete(id)
    const ignored = !speaking && positionMs - stoppedAtMs >= IGNORED_AFTER_MS
    if (ignored && !this.#reportedSpeaking && this.#turns.size === 0) this.#pendingFromMs = undefined
    this.#kept.forgetBefore(Math.min(this.#pendingFromMs ?? positionMs, positionMs - PRE_ROLL_MS))
  }
}
