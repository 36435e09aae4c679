import { BYTES_PER_MS, decodeAudioInto, type EncodedAudio } from '../audio/encoded-audio.ts'
import { type Sound, SoundMeter } from '../audio/sound-meter.ts'
import { isAnnouncement } from './announcement.ts'
import type { NobodyBecause } from './facts.ts'

/** Ask whether anybody is there; or end the call, since nobody was. */
export type PersonStep = { readonly do: 'ask'; readonly because: NobodyBecause } | { readonly do: 'leave' }

/** A recording that does not let us speak for so long is not going to. */
const ANNOUNCEMENT_MS = 30_000
/** One that has played so many of its sentences is one, even if it pauses for us. */
const MOST_ANNOUNCEMENTS = 3
/** How long somebody has to answer our question. */
const ANSWER_WITHIN_MS = 20_000
/** Who answers so often that they are there, and says nothing else, is a recording too. */
const MOST_QUESTIONS = 2
/** Who has said so many things since we asked is a person after all. */
const SURELY_A_PERSON_TURNS = 5
/** A line that is quiet for so long is a silent caller's, who is asked by the silence ladder. */
const QUIET_MS = 10_000

const SOUND_EVERY_MS = 1_000
const LONGEST_TICK_MS = 1_000
/** Room for what comes between two ticks, and for a burst after a carrier's gap; what is beyond it is not judged. */
const SCRATCH_MS = 1_000
const MOST_PIECES = 50

/**
 * Notices a call that costs money though no person is on it: hold music, a recording, a line left open (TT14, TT15).
 * Counts the time in which something sounds and no words come, our own speech left out. Monotonic ms are handed in.
 */
export class PersonWatch {
  readonly #nobodySpeaksMs: number
  readonly #meter = new SoundMeter()
  readonly #scratch = Buffer.alloc(SCRATCH_MS * BYTES_PER_MS)
  #heard: EncodedAudio[] = []
  #sound: Sound | undefined
  #soundAtMs = 0
  #lastTickMs: number | undefined
  #wordlessMs = 0
  #quietMs = 0
  #announcedAtMs: number | undefined
  #announcements = 0
  #askedAtMs: number | undefined
  #questions = 0
  /** Of theirs since the last question. */
  #turns = 0

  constructor(options: { nobodySpeaksMs: number }) {
    this.#nobodySpeaksMs = options.nobodySpeaksMs
  }

  /** Hot path: only kept for the next tick. */
  hear(audio: EncodedAudio): void {
    if (this.#heard.length < MOST_PIECES) this.#heard.push(audio)
  }

  /** Final words were understood. */
  words(text: string, nowMs: number): void {
    if (isAnnouncement(text)) {
      this.#announcements += 1
      this.#announcedAtMs ??= nowMs
      return
    }
    this.#turns += 1
    if (this.#turns >= SURELY_A_PERSON_TURNS && this.#announcements < MOST_ANNOUNCEMENTS) this.#questions = 0
    if (this.#announcedAtMs === undefined || this.#askedAtMs !== undefined) this.personShowed()
  }

  /** A key was pressed, or somebody spoke to us as a person does. */
  personShowed(): void {
    this.#wordlessMs = 0
    this.#announcedAtMs = undefined
    this.#askedAtMs = undefined
  }

  /** An answer of ours was heard to its end: there was a pause for us. */
  heardOut(): void {
    if (this.#announcements < MOST_ANNOUNCEMENTS) this.#announcedAtMs = undefined
  }

  /** To be called every 100 ms while the talk goes on. `callerHasFloor`: they are taken to be speaking. */
  tick(nowMs: number, now: { audible: boolean; callerHasFloor: boolean }): PersonStep | undefined {
    // While there was no line, nothing sounded.
    const passedMs = Math.min(nowMs - (this.#lastTickMs ?? nowMs), LONGEST_TICK_MS)
    this.#lastTickMs = nowMs
    this.#listen(nowMs)
    this.#count(passedMs, now)
    if (this.#askedAtMs !== undefined) {
      return nowMs - this.#askedAtMs >= ANSWER_WITHIN_MS ? { do: 'leave' } : undefined
    }
    const because = this.#doubt(nowMs)
    if (!because) return undefined
    if (this.#questions >= MOST_QUESTIONS) return { do: 'leave' }
    this.#questions += 1
    this.#turns = 0
    this.#askedAtMs = nowMs
    return { do: 'ask', because }
  }

  #doubt(nowMs: number): NobodyBecause | undefined {
    if (this.#wordlessMs >= this.#nobodySpeaksMs) return 'sound'
    if (this.#announcedAtMs === undefined) return undefined
    const isSure = this.#announcements >= MOST_ANNOUNCEMENTS || nowMs - this.#announcedAtMs >= ANNOUNCEMENT_MS
    return isSure ? 'announcement' : undefined
  }

  #listen(nowMs: number): void {
    let bytes = 0
    for (const audio of this.#heard) bytes += decodeAudioInto(audio, this.#scratch, bytes)
    this.#heard = []
    if (bytes > 0) this.#meter.hear(this.#scratch.subarray(0, bytes))
    if (nowMs - this.#soundAtMs < SOUND_EVERY_MS) return
    this.#soundAtMs = nowMs
    this.#sound = this.#meter.sound
  }

  #count(passedMs: number, { audible, callerHasFloor }: { audible: boolean; callerHasFloor: boolean }): void {
    if (audible) return
    const sounds = callerHasFloor || this.#sound === 'music' || this.#sound === 'speech'
    if (sounds) this.#wordlessMs += passedMs
    this.#quietMs = this.#sound === 'quiet' && !callerHasFloor ? this.#quietMs + passedMs : 0
    if (this.#quietMs >= QUIET_MS) this.personShowed()
  }
}
