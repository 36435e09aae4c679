import type { Duplex } from 'node:stream'
import type { RawData, WebSocket } from 'ws'
import { durationMs, type EncodedAudio, encodedSilence } from '../audio/encoded-audio.ts'
import type { Clock } from '../lib/clock.ts'
import { messageOf } from '../lib/errors.ts'
import type { Log } from '../lib/log.ts'
import { AgentVoice } from './agent-voice.ts'
import type { CallControl } from './call-control.ts'
import { CallerTimeline } from './caller-timeline.ts'
import type { HandOver, Interrupted, LineEvent, LineListener, PhoneLine } from './line.ts'
import type { MediaMessage } from './media-frame.ts'
import {
  type CarrierMessage,
  clearMessage,
  createMediaFramer,
  markMessage,
  parseCarrierMessage,
  type StreamStart,
} from './media-protocol.ts'
import { QuietWatch } from './quiet-watch.ts'
import { RateLimit } from './rate-limit.ts'

export interface TwilioLineOptions {
  /** Open, and past its `start` message. */
  readonly socket: WebSocket
  /** What the socket writes to. */
  readonly transport: Pick<Duplex, 'cork' | 'uncork'>
  readonly start: StreamStart
  readonly carrier: CallControl
  readonly clock: Clock
  readonly log: Log
  readonly onEvent: LineListener
}

/**
 * The caller's leg as a Twilio Media Stream. Make it in the very handler of the `start` message, and no frame is
 * lost. A line that ended stays to be asked and disposed of; it sends nothing any more.
 */
export class TwilioLine implements PhoneLine {
  readonly streamId: string
  readonly #socket: WebSocket
  readonly #transport: TwilioLineOptions['transport']
  readonly #carrier: CallControl
  readonly #clock: Clock
  readonly #log: Log
  #onEvent: LineListener
  readonly #voice: AgentVoice
  readonly #watch: QuietWatch
  readonly #timeline = new CallerTimeline()
  readonly #ignored = new RateLimit()
  readonly #keys = new RateLimit()
  readonly #wheel: Disposable
  readonly #disposed = new AbortController()
  #isEnded = false
  #hangingUp: Promise<void> | undefined
  #closing: Promise<void> | undefined

  constructor({ socket, transport, start, carrier, clock, log, onEvent }: TwilioLineOptions) {
    this.streamId = start.streamSid
    this.#socket = socket
    this.#transport = transport
    this.#carrier = carrier
    this.#clock = clock
    this.#log = log.child({ callSid: start.callSid, streamSid: start.streamSid })
    this.#onEvent = onEvent
    this.#voice = this.#createVoice()
    this.#watch = this.#createWatch()
    this.#wheel = clock.every(WHEEL_MS, this.#onWheel)
    socket.on('message', this.#onMessage)
    socket.on('pong', this.#onPong)
    socket.on('error', this.#onError)
    socket.on('close', this.#onClose)
  }

  /** Messages that made no sense, or too much of it, and were ignored (RELIABILITY F28). */
  get ignoredCount(): number {
    return this.#ignored.total
  }

  play(utteranceId: string, audio: EncodedAudio, options: { interruptible?: boolean } = {}): void {
    this.#voice.play(utteranceId, audio, options.interruptible ?? true)
  }

  finish(utteranceId: string): void {
    this.#voice.finish(utteranceId)
  }

  clear(): Interrupted[] {
    return this.#voice.clear()
  }

  unheardMs(): number {
    return this.#voice.unheardMs()
  }

  hangUp(): Promise<void> {
    this.#hangingUp ??= this.#carrier.hangUp()
    return this.#hangingUp
  }

  handOver(to: HandOver): Promise<void> {
    return this.#carrier.handOver(to, this.#disposed.signal)
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  #createVoice(): AgentVoice {
    const socket = this.#socket
    const transport = this.#transport
    const frame = createMediaFramer(this.streamId)
    const asText = { binary: false }
    return new AgentVoice({
      wire: {
        sendAudio: (audio) => socket.send(frame(audio), asText),
        sendMark: (name) => socket.send(markMessage(this.streamId, name)),
        sendClear: () => socket.send(clearMessage(this.streamId)),
        together(send) {
          transport.cork()
          send()
          transport.uncork()
        },
        isCongested: () => socket.readyState !== socket.OPEN || socket.bufferedAmount > MAX_BUFFERED_BYTES,
      },
      moment: () => {
        const nowMs = this.#clock.monotonicMs()
        return { nowMs, positionMs: this.#timeline.positionAt(nowMs) }
      },
      onEvent: (event) => this.#emit(event),
    })
  }

  #createWatch(): QuietWatch {
    return new QuietWatch(this.#clock.monotonicMs(), {
      ping: () => this.#socket.ping(),
      onQuiet: (quietMs) => this.#emit({ type: 'line.quiet', quietMs }),
      onDead: () => this.#socket.terminate(),
    })
  }

  /** With the socket's default binary type every message is one Buffer. */
  readonly #onMessage = (data: RawData, isBinary: boolean): void => {
    if (!this.#isEnded) this.#take(parseCarrierMessage(data as Buffer, isBinary))
  }

  readonly #onPong = (): void => this.#watch.pongCame()

  /** The close that follows says all there is to say to the call. */
  readonly #onError = (error: Error): void => this.#log.warn({ detail: error.message }, 'media socket failed')

  readonly #onClose = (): void => this.#end('dropped')

  readonly #onWheel = (): void => {
    this.#watch.look(this.#clock.monotonicMs())
    this.#voice.tick(!this.#watch.isQuiet)
  }

  #take(message: CarrierMessage): void {
    switch (message.type) {
      case 'media':
        this.#hear(message)
        break
      case 'mark':
        this.#voice.marked(message.name)
        break
      case 'dtmf':
        this.#press(message.digit)
        break
      case 'stop':
        this.#end('hung up')
        break
      case 'malformed':
        this.#ignore(message.reason)
        break
      case 'unknown':
        this.#ignore(`unknown event ${message.event}`)
        break
      case 'connected':
      case 'start':
        break
      default:
        message satisfies never
    }
  }

  #hear({ audio, timestampMs }: MediaMessage): void {
    const nowMs = this.#clock.monotonicMs()
    this.#watch.frameCame(nowMs)
    const placed = this.#timeline.place(timestampMs, durationMs(audio), nowMs)
    if (placed === undefined) return
    const { missingMs, positionMs } = placed
    if (missingMs > 0) this.#fillGap(positionMs - Math.min(missingMs, LONGEST_FILL_MS), positionMs)
    this.#emit({ type: 'caller.audio', audio, positionMs })
  }

  #press(digit: string): void {
    const verdict = this.#keys.count(this.#clock.monotonicMs())
    if (verdict === 'tolerated') this.#emit({ type: 'caller.pressed', digit })
    else this.#ignore('more keys than fingers')
  }

  #fillGap(fromMs: number, untilMs: number): void {
    for (let positionMs = fromMs; positionMs < untilMs; positionMs += GAP_PIECE_MS) {
      const leftMs = untilMs - positionMs
      const audio = leftMs < GAP_PIECE_MS ? encodedSilence(leftMs) : GAP_PIECE
      this.#emit({ type: 'caller.audio', audio, positionMs })
    }
  }

  #ignore(reason: string): void {
    const verdict = this.#ignored.count(this.#clock.monotonicMs())
    if (this.#ignored.total === 1) this.#log.warn({ reason }, 'media message ignored')
    if (verdict === 'tolerated' || this.#socket.readyState !== this.#socket.OPEN) return
    this.#log.warn({ reason, ignoredCount: this.#ignored.total }, 'too many media messages that make no sense')
    this.#socket.close(POLICY_VIOLATION, 'too many messages that make no sense')
  }

  #end(cause: 'hung up' | 'dropped'): void {
    if (this.#isEnded) return
    this.#isEnded = true
    this.#wheel[Symbol.dispose]()
    this.#voice.halt()
    this.#emit({ type: 'line.ended', cause })
  }

  /** A listener that fails must take down neither the socket's handler nor the process with all its calls. */
  #emit(event: LineEvent): void {
    try {
      this.#onEvent(event)
    } catch (thrown) {
      this.#log.error({ event: event.type, detail: messageOf(thrown) }, 'line listener failed')
    }
  }

  async #close(): Promise<void> {
    // A line that was given up must not redirect its call later: somebody else may have it by then.
    this.#disposed.abort()
    this.#onEvent = () => {}
    this.#end('dropped')
    const socket = this.#socket
    socket.off('message', this.#onMessage)
    socket.off('pong', this.#onPong)
    socket.off('close', this.#onClose)
    if (socket.readyState !== socket.CLOSED) await this.#closeSocket()
    // Last, because a socket that fails with nobody listening would end the process.
    socket.off('error', this.#onError)
  }

  async #closeSocket(): Promise<void> {
    const { promise: closed, resolve } = Promise.withResolvers<void>()
    this.#socket.once('close', () => resolve())
    using _deadline = this.#clock.after(CLOSE_MS, () => this.#socket.terminate())
    this.#socket.close(NORMAL_CLOSURE)
    await closed
  }
}

/** The one wheel all lines share: top-up, lost marks, quiet. */
const WHEEL_MS = 100

/** More waiting in our own socket means that the peer does not read (RELIABILITY F27). */
const MAX_BUFFERED_BYTES = 64 * 1024

/** How long the peer may take to answer our close. */
const CLOSE_MS = 2000

const NORMAL_CLOSURE = 1000
const POLICY_VIOLATION = 1008

/** Silence enough for every listener to know that the caller paused; the recording has the rest of a gap by itself. */
const LONGEST_FILL_MS = 5000
const GAP_PIECE_MS = 1000
const GAP_PIECE = encodedSilence(GAP_PIECE_MS)
