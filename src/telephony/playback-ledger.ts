import { AgentTimeline, type SentAudio } from './agent-timeline.ts'
import { divide, type Piece, totalMs } from './piece.ts'

/** A piece, or the part of one, that the caller has heard. */
export interface HeardPiece extends Piece {
  /** Where it began on the caller's timeline. */
  readonly positionMs: number
  /** Heard of the utterance in all, this piece included. */
  readonly heardMs: number
}

/** An instant on both lines of time. */
export interface Moment {
  /** Monotonic ms of our own clock. */
  readonly nowMs: number
  /** The same instant on the caller's timeline. */
  readonly positionMs: number
}

/**
 * Knows what the caller has heard. The carrier plays what it is sent in order and in real time, and returns a mark
 * when it has played everything sent before that mark; between marks, time tells. Pure: no socket, no clock.
 *
 * Promises: never more is heard than was sent; what was heard only grows; marks that come late, twice, out of order,
 * for audio that was cleared, or out of nowhere change nothing.
 */
export class PlaybackLedger {
  readonly #tallies = new Map<string, { givenMs: number; heardMs: number }>()
  readonly #timeline = new AgentTimeline()
  /** What was sent and is not known to be heard, oldest first. All pieces up to one mark are a group. */
  #groups: Group[] = []
  #markCount = 0
  /** When the oldest group began to play: when it was sent into silence, or when the mark before it came. */
  #headBeganAtMs = 0
  /** When the carrier runs dry if nothing more is sent; long ago when all was heard. */
  #dryAtMs = LONG_AGO
  #expiredInARow = 0

  /** Counts audio that was given for an utterance, sent or not. */
  give(utteranceId: string, givenMs: number): void {
    const tally = this.#tallies.get(utteranceId)
    if (tally) tally.givenMs += givenMs
    else this.#tallies.set(utteranceId, { givenMs, heardMs: 0 })
  }

  /** The piece goes to the carrier now. */
  send(piece: Piece, at: Moment): void {
    const aheadMs = -this.dryForMs(at.nowMs)
    const group = this.#openGroup({ positionMs: at.positionMs, aheadMs, sentAtMs: at.nowMs })
    // It begins now, even when the pieces before it in its group were played out a while ago.
    if (aheadMs < 0 && group === this.#groups[0]) this.#headBeganAtMs = at.nowMs - totalMs(group.pieces)
    group.pieces.push(piece)
    this.#dryAtMs = Math.max(this.#dryAtMs, at.nowMs) + piece.durationMs
  }

  /** Names the mark that is sent now, behind everything sent so far. Undefined when one is behind it already. */
  mark(): string | undefined {
    const last = this.#groups.at(-1)
    if (last === undefined || last.mark !== undefined) return undefined
    this.#markCount += 1
    last.mark = `heard-${this.#markCount}`
    return last.mark
  }

  /** The mark came back: all that was sent before it has been heard. */
  marked(name: string, at: Moment): HeardPiece[] {
    const index = this.#groups.findIndex((group) => group.mark === name)
    if (index < 0) return []
    this.#expiredInARow = 0
    return this.#hearGroups(index, name, at)
  }

  /**
   * A mark that is `graceMs` overdue was lost on its way: what it stood behind was heard when it should have been.
   * After two in a row the carrier seems to send none, and the clock decides instead: waiting out each of them would
   * leave the caller in silence again and again. The first mark that does come is believed as ever.
   */
  expire(at: Moment, graceMs: number): HeardPiece[] {
    const heard: HeardPiece[] = []
    for (let head = this.#groups[0]; head?.mark !== undefined; head = this.#groups[0]) {
      const playedOutAtMs = this.#headBeganAtMs + totalMs(head.pieces)
      const overdueMs = at.nowMs - playedOutAtMs
      if (overdueMs < (this.#expiredInARow < ENOUGH_EXPIRED ? graceMs : GRACE_BY_CLOCK_MS)) break
      this.#expiredInARow += 1
      heard.push(...this.#hearGroups(0, head.mark, { nowMs: playedOutAtMs, positionMs: at.positionMs - overdueMs }))
    }
    return heard
  }

  /** The carrier forgets what it has not played. Says what was heard until now and what was not. */
  clear(at: Moment): { heard: HeardPiece[]; unheard: Piece[] } {
    const playedMs = this.#headPlayedMs(at.nowMs)
    const [head, ...rest] = this.#groups
    this.#groups = []
    this.#dryAtMs = LONG_AGO
    if (head === undefined) return { heard: [], unheard: [] }
    const { before, after } = divide(head.pieces, playedMs)
    return { heard: this.#hear(head, before, undefined), unheard: [...after, ...rest.flatMap((group) => group.pieces)] }
  }

  /** Ends the account of an utterance. */
  forget(utteranceId: string): void {
    this.#tallies.delete(utteranceId)
  }

  givenMs(utteranceId: string): number {
    return this.#tallies.get(utteranceId)?.givenMs ?? 0
  }

  /** What the caller has heard of the utterance, as well as can be known at `nowMs`. */
  heardMs(utteranceId: string, nowMs: number): number {
    const tally = this.#tallies.get(utteranceId)
    if (tally === undefined) return 0
    const playing = divide(this.#groups[0]?.pieces ?? [], this.#headPlayedMs(nowMs)).before
    return tally.heardMs + totalMs(playing.filter((piece) => piece.utteranceId === utteranceId))
  }

  /** By marks, not by the clock: everything given for the utterance was heard. */
  isHeard(utteranceId: string): boolean {
    const tally = this.#tallies.get(utteranceId)
    return tally !== undefined && tally.heardMs === tally.givenMs
  }

  /** What the carrier holds and the caller has not heard. */
  unplayedMs(nowMs: number): number {
    return this.#sentMs() - this.#headPlayedMs(nowMs)
  }

  /** What was sent since the last mark, in ms, and how long ago the first of it was sent. */
  unmarked(nowMs: number): { lengthMs: number; ageMs: number } {
    const last = this.#groups.at(-1)
    if (last === undefined || last.mark !== undefined) return { lengthMs: 0, ageMs: 0 }
    return { lengthMs: totalMs(last.pieces), ageMs: nowMs - last.sentAtMs }
  }

  /** How long ago the carrier should have played all it was sent; negative while it plays. */
  dryForMs(nowMs: number): number {
    return nowMs - this.#dryAtMs
  }

  /** Everything sent is known to be heard. */
  get isSettled(): boolean {
    return this.#groups.length === 0
  }

  #hearGroups(index: number, name: string, at: Moment): HeardPiece[] {
    const groups = this.#groups.splice(0, index + 1)
    this.#headBeganAtMs = at.nowMs
    this.#dryAtMs = this.isSettled ? LONG_AGO : at.nowMs + this.#sentMs()
    return groups.flatMap((group) => this.#hear(group, group.pieces, group.mark === name ? at.positionMs : undefined))
  }

  #openGroup(sent: SentAudio & { sentAtMs: number }): Group {
    const last = this.#groups.at(-1)
    if (last !== undefined && last.mark === undefined) return last
    const group: Group = { ...sent, pieces: [], mark: undefined }
    this.#groups.push(group)
    return group
  }

  #sentMs(): number {
    return this.#groups.reduce((sum, group) => sum + totalMs(group.pieces), 0)
  }

  /** Whole ms, so that what was heard and what was not can be cut apart without losing a sample. */
  #headPlayedMs(nowMs: number): number {
    const headMs = totalMs(this.#groups[0]?.pieces ?? [])
    const elapsedMs = Math.max(0, nowMs - this.#headBeganAtMs)
    return elapsedMs >= headMs ? headMs : Math.floor(elapsedMs)
  }

  #hear(group: Group, pieces: readonly Piece[], endByMarkMs: number | undefined): HeardPiece[] {
    let positionMs = this.#timeline.place(group, totalMs(pieces), endByMarkMs)
    return pieces.map((piece) => {
      const tally = this.#tallies.get(piece.utteranceId)
      if (tally) tally.heardMs += piece.durationMs
      const heard = { ...piece, positionMs, heardMs: tally?.heardMs ?? 0 }
      positionMs += piece.durationMs
      return heard
    })
  }
}

interface Group extends SentAudio {
  readonly pieces: Piece[]
  /** The mark sent behind it; undefined while the group is open. */
  mark: string | undefined
  readonly sentAtMs: number
}

const ENOUGH_EXPIRED = 2

/** What a mark may take on its way back, while the clock decides: time for the carrier to prove that it sends some. */
const GRACE_BY_CLOCK_MS = 300

const LONG_AGO = Number.NEGATIVE_INFINITY
