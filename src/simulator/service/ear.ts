import { Guess } from './guess.ts'
import { FRAME_BYTES, isSilent, type KnownClip, keyOf } from './known-clip.ts'
import { type SpokenWord, textOf } from './understanding.ts'

/** Where a frame occurs. */
export interface Place {
  readonly clip: KnownClip
  readonly frame: number
}

/** Clips may share frames, so that for a while several readings are possible; more than these never are. */
const MOST_GUESSES = 16

const NOTHING = Buffer.alloc(0)

/** One listener: knows the words of the clips that were played to it, as far as they were. */
export class Ear {
  readonly #find: (key: string) => readonly Place[]
  /** The best one first. */
  #guesses: readonly Guess[] = []
  #unheard: Buffer = NOTHING

  /** @param find where a frame occurs in the clips that are known. */
  constructor(find: (key: string) => readonly Place[]) {
    this.#find = find
  }

  /** All words heard since the last `take`, as they were spoken; a word counts when it was heard to its end. */
  get spoken(): readonly SpokenWord[] {
    return this.#guesses[0]?.words ?? []
  }

  /** The same, to one who knows every language. */
  get words(): string {
    return textOf(this.spoken)
  }

  /** The words heard since the last time; of a clip that goes on, the rest follows. */
  take(): string {
    const { words } = this
    for (const guess of this.#guesses) guess.take()
    return words
  }

  /** Hears audio of any length. */
  hear(mulaw: Buffer): void {
    let rest: Buffer = Buffer.concat([this.#unheard, mulaw])
    for (let length = this.#hearFrame(rest); length > 0; length = this.#hearFrame(rest)) rest = rest.subarray(length)
    this.#unheard = rest
  }

  /** How many bytes were understood; 0 when more has to come first. */
  #hearFrame(audio: Buffer): number {
    if (audio.length < FRAME_BYTES) return 0
    const frame = audio.subarray(0, FRAME_BYTES)
    if (isSilent(frame) || this.#recognise(keyOf(frame))) return FRAME_BYTES
    // A gap that was filled with a broken number of frames moves all frames behind it.
    return audio.length < 2 * FRAME_BYTES ? 0 : this.#findStep(audio)
  }

  #findStep(audio: Buffer): number {
    for (let shift = 1; shift < FRAME_BYTES; shift++)
      if (this.#find(keyOf(audio.subarray(shift, shift + FRAME_BYTES))).length > 0) return shift
    return FRAME_BYTES
  }

  /** A clip that is being heard goes on if it can; where a frame is missing, another may as well have begun. */
  #recognise(key: string): boolean {
    const begun = this.#guesses.some((guess) => guess.expects(key)) ? [] : this.#begin(key)
    const next = [...this.#guesses.filter((guess) => guess.follow(key)), ...begun]
    if (next.length === 0) return false
    next.sort((a, b) => a.missed - b.missed)
    this.#guesses = next.filter(isFirstOfItsKind).slice(0, MOST_GUESSES)
    return true
  }

  #begin(key: string): Guess[] {
    const current = this.#guesses[0]
    const before = current?.words ?? []
    const missed = current?.missedIfOver ?? 0
    return this.#find(key).map((place) => new Guess({ ...place, before, missed: missed + place.frame }))
  }
}

function isFirstOfItsKind(guess: Guess, at: number, all: readonly Guess[]): boolean {
  return all.findIndex(({ clip, next }) => clip === guess.clip && next === guess.next) === at
}
