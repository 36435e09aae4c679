import { BYTES_PER_MS } from '../../audio/encoded-audio.ts'
import { AudioTimeline } from './audio-timeline.ts'
import type { CallHappening } from './call-events.ts'
import { SILENT_FRAME } from './caller-voice.ts'
import type { Carrier } from './carrier.ts'
import type { VoiceSink } from './leg-audio.ts'
import { Playback } from './playback.ts'
import { readServerMessage, type ServerMessage } from './server-message.ts'
import { StreamMessages } from './stream-messages.ts'

/** The first frame's timestamp is never 0: real streams were seen to begin at 102, 155 and 171. */
export const FIRST_TIMESTAMP_MS = 155

export interface MediaStreamOptions {
  readonly streamSid: string
  readonly callSid: string
  readonly customParameters: Readonly<Record<string, string>>
  /** When, by the clock's monotonic ms, the first frame will leave: its timestamp is `FIRST_TIMESTAMP_MS`. */
  readonly firstFrameMs: number
  /** Sends one text frame to the server. */
  readonly send: (text: string) => void
  readonly emit: (event: CallHappening) => void
}

/**
 * One bidirectional media stream, without its socket: says what the carrier says, judges what the server sends, and
 * knows to the sample what each side could hear. Its timeline is that of the media timestamps: a frame with
 * timestamp T holds what the caller said from T to T + 20, and leaves at T.
 */
export class MediaStream implements VoiceSink {
  readonly streamSid: string
  /** Where the stream's timeline begins, by the clock's monotonic ms. */
  readonly zeroMs: number
  /** What the caller heard of the server's audio. */
  readonly heard: AudioTimeline
  /** What the server was sent of the caller's voice; frames left out by a fault are missing. */
  readonly sent = new AudioTimeline()
  readonly customParameters: Readonly<Record<string, string>>
  readonly #carrier: Carrier
  readonly #options: MediaStreamOptions
  readonly #messages: StreamMessages
  readonly #playback: Playback
  readonly #warnedOf = new Set<number>()
  #frames = 0
  #heldBack: string | undefined
  #endedMs: number | undefined

  constructor(carrier: Carrier, options: MediaStreamOptions) {
    const { streamSid, callSid, customParameters, firstFrameMs, emit } = options
    this.#carrier = carrier
    this.#options = options
    this.streamSid = streamSid
    this.customParameters = customParameters
    this.zeroMs = firstFrameMs - FIRST_TIMESTAMP_MS
    this.#messages = new StreamMessages({ accountSid: carrier.accountSid, callSid, streamSid })
    this.#playback = new Playback((event) => {
      if (event.type === 'mark.reached') this.#echoMark(event.name)
      emit({ ...event, streamSid })
    })
    this.heard = this.#playback.heard
  }

  /** Where the stream's timeline stands now; stops when the stream does. */
  get positionMs(): number {
    return this.#endedMs ?? this.#carrier.clock.monotonicMs() - this.zeroMs
  }

  /** How much of the server's audio the caller has yet to hear. */
  get bufferedMs(): number {
    return this.#playback.bufferedMs(this.#nowSample())
  }

  /** Says `connected` and `start`. */
  start(): void {
    this.#send(() => this.#messages.connected())
    this.#send(() => this.#messages.start(this.customParameters))
    this.#options.emit({ type: 'stream.started', streamSid: this.streamSid })
  }

  /** The timestamp of the frame that is due at `dueMs` of the clock. */
  positionOf(dueMs: number): number {
    return Math.round(dueMs - this.zeroMs)
  }

  /** Sends one frame of the caller's voice, unless a fault keeps it. */
  onFrame(frame: Buffer, dueMs: number): void {
    if (this.#endedMs !== undefined) return
    // What the caller heard before this frame is reported before it, also when the pacer has to catch up.
    this.#playback.settle(Math.floor((dueMs - this.zeroMs) * BYTES_PER_MS))
    this.#frames += 1
    const timestampMs = this.positionOf(dueMs)
    if (this.#isLeftOut(timestampMs - FIRST_TIMESTAMP_MS)) return
    if (frame !== SILENT_FRAME) this.sent.add(timestampMs * BYTES_PER_MS, frame)
    this.#sendMaybeSwapped(this.#messages.media(frame, this.#frames, timestampMs + this.#jitterMs()))
  }

  /** Reports what the caller has heard until now. */
  onSettled(): void {
    if (this.#endedMs === undefined) this.#playback.settle(this.#nowSample())
  }

  press(digit: string): void {
    this.#send(() => this.#messages.dtmf(digit))
  }

  /** Takes one WebSocket message of the server's; what the carrier would ignore is ignored with a warning. */
  receive(frame: Buffer, isBinary: boolean): void {
    if (this.#endedMs !== undefined) return
    const read = readServerMessage(frame, isBinary, this.streamSid)
    if (read.ok) this.#obey(read.message)
    else this.#warn(read.code, `a message on the media stream was ignored: ${read.problem}`)
  }

  /** The call moves on: says `stop`. Nothing is heard or sent afterwards. */
  stop(): void {
    this.#send(() => this.#messages.stop())
    this.end()
  }

  /** The socket is gone. */
  end(): void {
    if (this.#endedMs !== undefined) return
    this.#endedMs = this.positionMs
    this.#playback.stop(Math.floor(this.#endedMs * BYTES_PER_MS))
  }

  #obey(message: ServerMessage): void {
    const nowSample = this.#nowSample()
    if (message.event === 'mark') this.#playback.mark(message.mark.name, nowSample)
    else if (message.event === 'clear') this.#playback.clear(nowSample)
    else if (!this.#playback.play(Buffer.from(message.media.payload, 'base64'), nowSample)) {
      this.#warn(31931, 'more than 10 minutes of audio were buffered; what came on top was thrown away')
    }
  }

  #echoMark(name: string): void {
    const { lateMarksMs = 0, duplicateMarks = false } = this.#carrier.faults
    const echo = () => {
      for (let copies = duplicateMarks ? 2 : 1; copies > 0; copies -= 1) this.#send(() => this.#messages.mark(name))
    }
    if (lateMarksMs > 0) this.#carrier.clock.after(lateMarksMs, echo)
    else echo()
  }

  #isLeftOut(sinceStartMs: number): boolean {
    const { stopMediaAfterMs = Number.POSITIVE_INFINITY, gapMs = 0, gapAfterMs = 2000 } = this.#carrier.faults
    return sinceStartMs >= stopMediaAfterMs || (sinceStartMs >= gapAfterMs && sinceStartMs < gapAfterMs + gapMs)
  }

  #jitterMs(): number {
    return Math.round((this.#carrier.random() * 2 - 1) * (this.#carrier.faults.timestampJitterMs ?? 0))
  }

  #sendMaybeSwapped(message: string): void {
    const { send } = this.#options
    const held = this.#heldBack
    this.#heldBack = undefined
    if (held !== undefined) {
      send(message)
      send(held)
    } else if (this.#carrier.random() < (this.#carrier.faults.outOfOrderMedia ?? 0)) this.#heldBack = message
    else send(message)
  }

  /** A message that is not sent takes no sequence number, so it is written only when it can be. */
  #send(write: () => string): void {
    if (this.#endedMs === undefined) this.#options.send(write())
  }

  /** Once per stream and code, as the carrier does. */
  #warn(code: number, message: string): void {
    if (this.#warnedOf.has(code)) return
    this.#warnedOf.add(code)
    this.#options.emit({ type: 'warning', code, message })
  }

  #nowSample(): number {
    return Math.floor(this.positionMs * BYTES_PER_MS)
  }
}
