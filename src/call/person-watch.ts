import type { Sound } from '../audio/sound-meter.ts'
import type { LedgerEntry, NobodyBecause } from './facts.ts'

/** Ask whether anybody is there; or let the call go, since nobody was. */
export interface PersonStep {
  readonly do: 'ask' | 'leave'
  readonly because: NobodyBecause
}

/** A recording that does not let us speak for so long is not going to. */
const ANNOUNCEMENT_MS = 30_000
/** One that has played so many of its sentences is one, even if it pauses for us. */
const MOST_ANNOUNCEMENTS = 3
/** How long somebody has to answer our question; a robocall talks on and needs no longer. */
const ANSWER_WITHIN_MS: Readonly<Record<NobodyBecause, number>> = {
  sound: 20_000,
  announcement: 20_000,
  robocall: 12_000,
}
/** Who answers so often that they are there, and says nothing else, is a recording too. */
const MOST_QUESTIONS = 2
/** Who has said so many things since we asked is a person after all. */
const SURELY_A_PERSON_TURNS = 5
/** A line that is quiet for so long is a silent caller's, who is asked by the silence ladder. */
const QUIET_MS = 10_000

const LONGEST_TICK_MS = 1_000

/**
 * Notices a call that costs money though no person is on it: hold music, a recording, a line left open (TT14, TT15).
 * Counts the time in which something sounds and no words come, our own speech left out. Monotonic ms are handed in.
 */
export class PersonWatch {
  readonly #nobodySpeaksMs: number
  readonly #soundsRecorded: (words: string) => boolean
  #lastTickMs: number | undefined
  #wordlessMs = 0
  #quietMs = 0
  #announcedAtMs: number | undefined
  #announcements = 0
  /** What speaks sounds like a robocall, and was not cleared of it. */
  #robocall: boolean
  /** `heard`: all of our question was; from then on they have time. */
  #asked: { readonly atMs: number; readonly because: NobodyBecause; readonly heard: boolean } | undefined
  #questions = 0
  /** Of theirs since the last question. */
  #turns = 0

  /** `before`: the call so far, when it is taken up again. */
  constructor(options: {
    nobodySpeaksMs: number
    soundsRecorded: (words: string) => boolean
    before?: readonly LedgerEntry[]
  }) {
    this.#nobodySpeaksMs = options.nobodySpeaksMs
    this.#soundsRecorded = options.soundsRecorded
    this.#robocall = isSuspected(options.before ?? [])
  }

  /** Final words were understood. */
  words(text: string, nowMs: number): void {
    if (this.#soundsRecorded(text)) {
      this.#announcements += 1
      this.#announcedAtMs ??= nowMs
      return
    }
    this.#turns += 1
    if (this.#turns >= SURELY_A_PERSON_TURNS && this.#announcements < MOST_ANNOUNCEMENTS) this.#questions = 0
    if (this.#announcedAtMs === undefined || this.#asked) this.#wordsCount()
  }

  /** A key was pressed, or somebody spoke to us as a person does. */
  personShowed(): void {
    this.#wordlessMs = 0
    this.#announcedAtMs = undefined
    this.#robocall = false
    this.#asked = undefined
  }

  /** What speaks is probably a robocall: its words count for nobody's until it answers as a person. */
  robocallSuspected(): void {
    this.#robocall = true
    // Of a recording they were asked something else; a robocall has to prove itself, and is not hung up on.
    if (this.#asked?.because !== 'robocall') this.#asked = undefined
  }

  get suspectsRobocall(): boolean {
    return this.#robocall
  }

  /** An answer of ours was heard to its end: there was a pause for us. */
  heardOut(): void {
    if (this.#announcements < MOST_ANNOUNCEMENTS) this.#announcedAtMs = undefined
  }

  /** To be called every 100 ms while the talk goes on. `callerHasFloor`: they are taken to be speaking. */
  tick(
    nowMs: number,
    now: { audible: boolean; callerHasFloor: boolean; sound: Sound | undefined },
  ): PersonStep | undefined {
    // While there was no line, nothing sounded.
    const passedMs = Math.min(nowMs - (this.#lastTickMs ?? nowMs), LONGEST_TICK_MS)
    this.#lastTickMs = nowMs
    this.#count(passedMs, now)
    if (this.#asked) {
      if (!this.#asked.heard) this.#asked = { ...this.#asked, atMs: nowMs, heard: !now.audible }
      const { atMs, because } = this.#asked
      return nowMs - atMs >= ANSWER_WITHIN_MS[because] ? { do: 'leave', because } : undefined
    }
    const because = this.#doubt(nowMs)
    if (!because) return undefined
    if (because !== 'robocall') {
      if (this.#questions >= MOST_QUESTIONS) return { do: 'leave', because }
      this.#questions += 1
    }
    this.#turns = 0
    this.#asked = { atMs: nowMs, because, heard: false }
    return { do: 'ask', because }
  }

  /** Of a robocall they show nobody, until it is cleared. */
  #wordsCount(): void {
    if (this.#robocall) this.#wordlessMs = 0
    else this.personShowed()
  }

  #doubt(nowMs: number): NobodyBecause | undefined {
    if (this.#robocall) return 'robocall'
    if (this.#wordlessMs >= this.#nobodySpeaksMs) return 'sound'
    if (this.#announcedAtMs === undefined) return undefined
    const isSure = this.#announcements >= MOST_ANNOUNCEMENTS || nowMs - this.#announcedAtMs >= ANNOUNCEMENT_MS
    return isSure ? 'announcement' : undefined
  }

  #count(passedMs: number, { audible, callerHasFloor, sound }: Parameters<PersonWatch['tick']>[1]): void {
    if (audible) return
    const sounds = callerHasFloor || sound === 'music' || sound === 'speech'
    if (sounds) this.#wordlessMs += passedMs
    this.#quietMs = sound === 'quiet' && !callerHasFloor ? this.#quietMs + passedMs : 0
    // A recording that has been played to its end shows nobody.
    if (this.#quietMs >= QUIET_MS && !this.#robocall) this.personShowed()
  }
}

function isSuspected(entries: readonly LedgerEntry[]): boolean {
  const last = entries.findLast(
    ({ fact }) =>
      fact.type === 'caller.pressed' || (fact.type === 'finding.made' && fact.finding.type.startsWith('robocall')),
  )?.fact
  return last?.type === 'finding.made' && last.finding.type === 'robocall suspected'
}
