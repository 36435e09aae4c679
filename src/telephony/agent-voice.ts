import { type EncodedAudio, splitAudio } from '../audio/encoded-audio.ts'
import type { Interrupted, LineListener } from './line.ts'
import { createPiece, type Piece, totalMs } from './piece.ts'
import { type HeardPiece, type Moment, PlaybackLedger } from './playback-ledger.ts'

/** The carrier's end of our voice. */
export interface VoiceWire {
  sendAudio(audio: EncodedAudio): void
  sendMark(name: string): void
  sendClear(): void
  /** What is sent now would only pile up on our side (RELIABILITY F27). */
  isCongested(): boolean
  /** Sends whatever `send` sends in one write: audio and the mark behind it cost one system call, not two. */
  together(send: () => void): void
}

/**
 * What we say on one stream: sent ahead of real time, but not so far that it would take long to silence. Audio that
 * must not be cut off and audio that may be are never at the carrier together, since its `clear` knows no difference.
 */
export class AgentVoice {
  readonly #wire: VoiceWire
  readonly #moment: () => Moment
  readonly #onEvent: LineListener
  readonly #ledger = new PlaybackLedger()
  readonly #utterances = new Map<string, Utterance>()
  #waiting: Piece[] = []
  /** Whether what was sent last may be interrupted. */
  #isSentInterruptible = true
  #isHalted = false

  constructor(options: { wire: VoiceWire; moment: () => Moment; onEvent: LineListener }) {
    this.#wire = options.wire
    this.#moment = options.moment
    this.#onEvent = options.onEvent
  }

  play(utteranceId: string, audio: EncodedAudio, interruptible: boolean): void {
    if (this.#isHalted) return
    if (!this.#utterances.has(utteranceId)) this.#utterances.set(utteranceId, { interruptible, isComplete: false })
    const pieces = splitAudio(audio, PIECE_MS).map((part) => createPiece(utteranceId, part))
    this.#ledger.give(utteranceId, totalMs(pieces))
    this.#waiting.push(...pieces)
    this.#topUp()
  }

  finish(utteranceId: string): void {
    const utterance = this.#utterances.get(utteranceId)
    if (utterance === undefined || this.#isHalted) return
    utterance.isComplete = true
    if (!this.#isWaiting(utteranceId)) this.#mark()
    this.#endHeard(utteranceId)
  }

  clear(): Interrupted[] {
    const isProtected = !this.#ledger.isSettled && !this.#isSentInterruptible
    const heard = isProtected ? [] : this.#silence()
    const interrupted = this.#interruptAll()
    this.#report(heard)
    this.#topUp()
    return interrupted
  }

  unheardMs(): number {
    return this.#ledger.unplayedMs(this.#moment().nowMs) + totalMs(this.#waiting)
  }

  /** A mark came back. */
  marked(name: string): void {
    this.#report(this.#ledger.marked(name, this.#moment()))
    this.#topUp()
  }

  /** Every 100 ms or so. `isLive`: the carrier is there, so a mark that does not come is lost, not late. */
  tick(isLive: boolean): void {
    const at = this.#moment()
    if (isLive && !this.#wire.isCongested()) this.#report(this.#ledger.expire(at, LOST_MARK_MS))
    if (this.#ledger.unmarked(at.nowMs).ageMs >= MARK_EVERY_MS) this.#mark()
    this.#topUp()
  }

  /** The stream is over: nothing more is sent, and nothing more is heard than was until now. */
  halt(): void {
    if (this.#isHalted) return
    this.#isHalted = true
    this.#report(this.#silence())
  }

  #topUp(): void {
    const first = this.#waiting[0]
    if (first === undefined) return
    if (this.#maySend(first)) this.#wire.together(() => this.#sendWhatFits())
    const next = this.#waiting[0]
    // Audio of the other kind waits until what was sent is heard, so ask to be told.
    if (next !== undefined && !this.#maySendBehind(next)) this.#mark()
  }

  #sendWhatFits(): void {
    let next = this.#waiting[0]
    while (next !== undefined && this.#maySend(next)) {
      this.#waiting.shift()
      this.#send(next)
      next = this.#waiting[0]
    }
  }

  #maySend(piece: Piece): boolean {
    if (this.#isHalted || this.#wire.isCongested()) return false
    const { nowMs } = this.#moment()
    if (this.#ledger.unplayedMs(nowMs) + piece.durationMs > AHEAD_MS) return false
    return this.#maySendBehind(piece)
  }

  /** What may be interrupted and what may not are never at the carrier together. */
  #maySendBehind(piece: Piece): boolean {
    return this.#ledger.isSettled || this.#isSentInterruptible === this.#isInterruptible(piece.utteranceId)
  }

  #send(piece: Piece): void {
    const at = this.#moment()
    // A pause in what was sent must not hide inside one group of pieces: close the group before it.
    if (this.#ledger.dryForMs(at.nowMs) >= PAUSE_MS) this.#mark()
    this.#wire.sendAudio(piece.audio)
    this.#ledger.send(piece, at)
    this.#isSentInterruptible = this.#isInterruptible(piece.utteranceId)
    const isLast = this.#utterances.get(piece.utteranceId)?.isComplete === true && !this.#isWaiting(piece.utteranceId)
    if (isLast || this.#ledger.unmarked(at.nowMs).lengthMs >= MARK_EVERY_MS) this.#mark()
  }

  #mark(): void {
    if (this.#isHalted) return
    const name = this.#ledger.mark()
    if (name !== undefined) this.#wire.sendMark(name)
  }

  /** Stops what plays; what was not heard of it waits again, at the front. */
  #silence(): HeardPiece[] {
    const { heard, unheard } = this.#ledger.clear(this.#moment())
    if (!this.#isHalted) this.#wire.sendClear()
    this.#waiting.unshift(...unheard)
    return heard
  }

  /** Drops every utterance that may be interrupted and was not heard to its end. */
  #interruptAll(): Interrupted[] {
    const { nowMs } = this.#moment()
    const interrupted: Interrupted[] = []
    for (const [utteranceId, { interruptible, isComplete }] of this.#utterances) {
      if (!interruptible || (isComplete && this.#ledger.isHeard(utteranceId))) continue
      interrupted.push({
        utteranceId,
        heardMs: this.#ledger.heardMs(utteranceId, nowMs),
        givenMs: this.#ledger.givenMs(utteranceId),
        unheard: this.#waiting.filter((piece) => piece.utteranceId === utteranceId).map((piece) => piece.audio),
      })
    }
    this.#waiting = this.#waiting.filter((piece) => !this.#isInterruptible(piece.utteranceId))
    for (const { utteranceId } of interrupted) this.#forget(utteranceId)
    return interrupted
  }

  #report(heard: readonly HeardPiece[]): void {
    for (const { utteranceId, audio, positionMs, heardMs } of heard) {
      this.#onEvent({ type: 'agent.heard', utteranceId, audio, positionMs, heardMs })
    }
    for (const utteranceId of new Set(heard.map((piece) => piece.utteranceId))) this.#endHeard(utteranceId)
  }

  #endHeard(utteranceId: string): void {
    if (this.#utterances.get(utteranceId)?.isComplete !== true || !this.#ledger.isHeard(utteranceId)) return
    const heardMs = this.#ledger.givenMs(utteranceId)
    this.#forget(utteranceId)
    this.#onEvent({ type: 'agent.finished', utteranceId, heardMs })
  }

  #forget(utteranceId: string): void {
    this.#utterances.delete(utteranceId)
    this.#ledger.forget(utteranceId)
  }

  #isInterruptible(utteranceId: string): boolean {
    return this.#utterances.get(utteranceId)?.interruptible ?? true
  }

  #isWaiting(utteranceId: string): boolean {
    return this.#waiting.some((piece) => piece.utteranceId === utteranceId)
  }
}

interface Utterance {
  readonly interruptible: boolean
  /** No more audio will come for it. */
  isComplete: boolean
}

/** Short enough that a barge-in knows well what was heard, long enough that messages stay few. */
const PIECE_MS = 480

/** How much the carrier may hold unplayed, so that barge-in stays quick and a lost socket loses little (F27). */
const AHEAD_MS = 2000

/** Frames of 20 ms share a mark: at least so much audio, or so much time, has one. */
const MARK_EVERY_MS = 200

/** Shorter than this, what was sent a little late is not a pause: engines that speak in real time waver. */
const PAUSE_MS = 20

/** No mark is this late while the stream is alive; without this, one lost mark would hold back all that follows. */
const LOST_MARK_MS = 3000
