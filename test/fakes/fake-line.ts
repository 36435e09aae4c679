import {
  audioFrom,
  durationMs,
  type EncodedAudio,
  encodeAudio,
  encodedSilence,
  splitAudio,
} from '../../src/audio/encoded-audio.ts'
import { encodeMulaw } from '../../src/audio/mulaw.ts'
import type { Clock } from '../../src/lib/clock.ts'
import type { HandOver, Interrupted, LineListener, PhoneLine } from '../../src/telephony/line.ts'

interface Piece {
  readonly utteranceId: string
  readonly audio: EncodedAudio
}

interface Utterance {
  readonly interruptible: boolean
  givenMs: number
  heardMs: number
  finished: boolean
}

/** A mark stands behind each piece of this length, and says that it was heard. */
const PIECE_MS = 200
/** A carrier that was told to end a call closes its stream a moment later. */
const CARRIER_MS = 50

/**
 * A caller's leg that plays in the clock's time: what was given is heard piece by piece, `clear` stops what may be
 * stopped in the middle of a piece, protected utterances go on. Strict about its contract.
 */
export class FakeLine implements PhoneLine {
  readonly streamId: string
  /** What the carrier was told, in order. */
  readonly told: (HandOver | 'hang up')[] = []
  /** What the caller heard, by utterance, in the order it began. */
  readonly heard = new Map<string, number>()
  /** The carrier cannot be told anything. */
  restFails = false
  disposals = 0
  readonly #clock: Clock
  readonly #emit: LineListener
  readonly #utterances = new Map<string, Utterance>()
  #queue: Piece[] = []
  #playing: { piece: Piece; sinceMs: number; end: Disposable } | undefined
  #positionMs = 0
  #ended = false
  #closing: Disposable | undefined

  constructor(streamId: string, clock: Clock, emit: LineListener) {
    this.streamId = streamId
    this.#clock = clock
    this.#emit = emit
  }

  play(utteranceId: string, audio: EncodedAudio, { interruptible = true }: { interruptible?: boolean } = {}): void {
    if (this.#ended) return
    const utterance = this.#utterances.get(utteranceId) ?? { interruptible, givenMs: 0, heardMs: 0, finished: false }
    if (utterance.finished) throw new Error(`audio for ${utteranceId} came after its end`)
    this.#utterances.set(utteranceId, utterance)
    utterance.givenMs += durationMs(audio)
    for (const part of splitAudio(audio, PIECE_MS)) this.#queue.push({ utteranceId, audio: part })
    this.#playNext()
  }

  finish(utteranceId: string): void {
    if (this.#ended) return
    const utterance = this.#utterances.get(utteranceId)
    if (!utterance) throw new Error(`the end of ${utteranceId} came, of which the line has no audio`)
    utterance.finished = true
    this.#endIfHeard(utteranceId)
  }

  clear(): Interrupted[] {
    if (this.#playing && this.#utterances.get(this.#playing.piece.utteranceId)?.interruptible) this.#stopPlaying()
    const interrupted: Interrupted[] = []
    for (const [utteranceId, { interruptible, finished, givenMs, heardMs }] of this.#utterances) {
      if (!interruptible || (finished && heardMs >= givenMs)) continue
      const unheard = this.#queue.filter((piece) => piece.utteranceId === utteranceId).map(({ audio }) => audio)
      interrupted.push({ utteranceId, heardMs, givenMs, unheard })
    }
    this.#queue = this.#queue.filter(({ utteranceId }) => !interrupted.some((cut) => cut.utteranceId === utteranceId))
    for (const { utteranceId } of interrupted) this.#utterances.delete(utteranceId)
    this.#playNext()
    return interrupted
  }

  unheardMs(): number {
    const playing = this.#playing
    const leftMs = playing ? durationMs(playing.piece.audio) - (this.#clock.monotonicMs() - playing.sinceMs) : 0
    return this.#queue.reduce((sum, { audio }) => sum + durationMs(audio), leftMs)
  }

  async hangUp(): Promise<void> {
    this.#tell('hang up')
  }

  async handOver(to: HandOver): Promise<void> {
    this.#tell(to)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.disposals += 1
    this.#ended = true
    this.#silence()
  }

  /** The caller is on the line for so long, and silent. */
  callerIsThere(ms: number): void {
    this.#emit({ type: 'caller.audio', audio: encodedSilence(ms), positionMs: this.#positionMs })
    this.#positionMs += ms
  }

  /** What comes from the caller's side, in frames of 20 ms. */
  callerSounds(audio: EncodedAudio): void {
    for (const frame of splitAudio(audio, 20)) {
      this.#emit({ type: 'caller.audio', audio: frame, positionMs: this.#positionMs })
      this.#positionMs += durationMs(frame)
    }
  }

  /** A voice, or a noise like one; frame by frame, all at once. `db`: below full scale. */
  callerSpeaks(ms: number, db = -15): void {
    const peak = 32_767 * 10 ** (db / 20) * Math.SQRT2
    const at = (sample: number) => peak * Math.sin((2 * Math.PI * 220 * sample) / 8_000)
    const frame = encodeAudio(encodeMulaw(Int16Array.from({ length: 160 }, (_, sample) => at(sample))))
    for (let leftMs = ms; leftMs > 0; leftMs -= 20) {
      this.#emit({ type: 'caller.audio', audio: frame, positionMs: this.#positionMs })
      this.#positionMs += 20
    }
  }

  callerPresses(digit: string): void {
    this.#emit({ type: 'caller.pressed', digit })
  }

  callerHangsUp(): void {
    this.#end('hung up')
  }

  drops(): void {
    this.#end('dropped')
  }

  #tell(what: HandOver | 'hang up'): void {
    if (this.restFails) throw new Error('the carrier cannot be reached')
    const isCalledBack = typeof what === 'object' && what.to === 'resume' && this.#ended
    if (this.told.length > 0 && !isCalledBack) throw new Error('the carrier was told twice')
    this.told.push(what)
    if (this.#ended) return
    this.#closing = this.#clock.after(CARRIER_MS, () => this.#end('hung up'))
  }

  #playNext(): void {
    if (this.#playing || this.#ended) return
    const piece = this.#queue.shift()
    if (!piece) return
    const end = this.#clock.after(durationMs(piece.audio), () => this.#heardOut())
    this.#playing = { piece, sinceMs: this.#clock.monotonicMs(), end }
  }

  #heardOut(): void {
    const playing = this.#playing
    if (!playing) return
    this.#playing = undefined
    this.#hear(playing.piece.utteranceId, playing.piece.audio)
    this.#playNext()
    this.#endIfHeard(playing.piece.utteranceId)
  }

  /** In the middle of a piece: the rest of it is unheard. */
  #stopPlaying(): void {
    const playing = this.#playing
    if (!playing) return
    playing.end[Symbol.dispose]()
    this.#playing = undefined
    const { utteranceId, audio } = playing.piece
    const playedMs = this.#clock.monotonicMs() - playing.sinceMs
    const rest = audioFrom(audio, playedMs)
    if (durationMs(rest) > 0) this.#queue.unshift({ utteranceId, audio: rest })
    if (playedMs > 0) this.#hear(utteranceId, encodedSilence(playedMs))
  }

  #hear(utteranceId: string, audio: EncodedAudio): void {
    const utterance = this.#utterances.get(utteranceId)
    if (!utterance) return
    utterance.heardMs = Math.min(utterance.givenMs, utterance.heardMs + durationMs(audio))
    const { heardMs } = utterance
    this.heard.set(utteranceId, heardMs)
    this.#emit({ type: 'agent.heard', utteranceId, audio, positionMs: this.#positionMs, heardMs })
  }

  #endIfHeard(utteranceId: string): void {
    const utterance = this.#utterances.get(utteranceId)
    if (!utterance?.finished || utterance.heardMs < utterance.givenMs) return
    this.#utterances.delete(utteranceId)
    this.#emit({ type: 'agent.finished', utteranceId, heardMs: utterance.heardMs })
  }

  #end(cause: 'hung up' | 'dropped'): void {
    if (this.#ended) return
    this.#stopPlaying()
    this.#ended = true
    this.#silence()
    this.#emit({ type: 'line.ended', cause })
  }

  #silence(): void {
    this.#playing?.end[Symbol.dispose]()
    this.#playing = undefined
    this.#closing?.[Symbol.dispose]()
  }
}
