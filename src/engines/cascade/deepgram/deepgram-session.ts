import { BYTES_PER_MS, decodeAudio, type EncodedAudio } from '../../../audio/encoded-audio.ts'
import type { Clock } from '../../../lib/clock.ts'
import type { Log } from '../../../lib/log.ts'
import type { EngineError } from '../../engine.ts'
import { Complaints } from '../../wire/complaints.ts'
import type { PassedOver } from '../../wire/message-parser.ts'
import type { ProviderSocket, SocketListener, WireMessage } from '../../wire/provider-socket.ts'
import type { ListenerEvent, ListenerSession } from '../listener.ts'
import { deepgramFailures } from './failures.ts'
import type { ProviderErrorMessage } from './messages.ts'

/** Makes turns of messages: where the two versions of Deepgram's API differ while a session lives. */
export interface Turns<Message> {
  /** Whether the caller is in the middle of a turn, so that words are to be expected. */
  readonly running: boolean
  read(message: Message): void
  /** Hot path: the audio that is being sent. */
  heard?(mulaw: Buffer): void
  /** Called twice a second. */
  check?(): void
}

/** What is sent apart from the caller's audio. */
export interface ControlMessages {
  /** Keeps the session alive when nothing was sent for so long: a message, or sound. */
  readonly keepAlive: { readonly afterMs: number; readonly send: object | Buffer }
  /** Asks for the words of what was heard so far; undefined where nothing does. */
  readonly hurry: object | undefined
  readonly close: object
}

export interface DeepgramSessionOptions<Message extends WireMessage> {
  /** Open; the session closes it. */
  readonly connection: ProviderSocket<Message | PassedOver>
  readonly createTurns: (emit: (event: ListenerEvent) => void) => Turns<Message>
  readonly control: ControlMessages
  readonly clock: Clock
  readonly log: Log
  readonly onEvent: (event: ListenerEvent) => void
}

/** Shared by all calls, and fine enough for limits of seconds. */
const CHECK_EVERY_MS = 500
const BILL_EVERY_MS = 60_000
/** Audio that is still being sent: the provider can be expected to say something about it. */
const AUDIO_FLOWS_MS = 1_000

/** A live session with either version: audio out, turns in, and a bill. */
export class DeepgramSession<Message extends WireMessage>
  implements ListenerSession, SocketListener<Message | PassedOver>
{
  readonly #options: DeepgramSessionOptions<Message>
  readonly #turns: Turns<Message>
  readonly #timer: Disposable
  readonly #complaints: Complaints
  #sentAtMs: number
  #heardAtMs = 0
  #billedAtMs: number
  #unbilledBytes = 0
  #droppingAudio = false
  #over = false

  constructor(options: DeepgramSessionOptions<Message>) {
    this.#options = options
    this.#complaints = new Complaints({
      ...{ clock: options.clock, log: options.log, failures: deepgramFailures },
      emit: ({ code, detail }) => this.#emit({ type: 'complained', code, detail }),
      lose: (error) => this.lost(error),
    })
    this.#turns = options.createTurns((event) => this.#emit(event))
    this.#sentAtMs = options.clock.monotonicMs()
    this.#billedAtMs = this.#sentAtMs
    this.#timer = options.clock.every(CHECK_EVERY_MS, () => this.#check())
  }

  hear(audio: EncodedAudio): void {
    if (this.#over) return
    const mulaw = decodeAudio(audio)
    // An empty frame would end the stream.
    if (mulaw.length === 0) return
    this.#turns.heard?.(mulaw)
    this.#heardAtMs = this.#options.clock.monotonicMs()
    this.#send(mulaw)
  }

  hurry(): void {
    const { connection, control } = this.#options
    if (control.hurry) connection.send(control.hurry)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { connection, control } = this.#options
    if (!this.#over) {
      this.#bill()
      connection.send(control.close)
      this.#end()
    }
    await connection[Symbol.asyncDispose]()
  }

  get expectsEvents(): boolean {
    return this.#turns.running && this.#options.clock.monotonicMs() - this.#heardAtMs < AUDIO_FLOWS_MS
  }

  received(message: Message | PassedOver): void {
    if (this.#over) return
    if (isPassedOver(message)) this.#passOver(message)
    else if (isError(message)) this.#onError(message)
    else this.#turns.read(message)
  }

  lost(error: EngineError): void {
    if (this.#over) return
    this.#bill()
    // Whoever was told the bill may have closed us.
    if (this.#over) return
    this.#end()
    // Never rejects; the socket may take its time to close, and nobody waits for it.
    void this.#options.connection[Symbol.asyncDispose]()
    this.#options.onEvent({ type: 'lost', error })
  }

  #send(mulaw: Buffer): void {
    const sent = this.#options.connection.sendAudio(mulaw, true)
    if (!sent && !this.#droppingAudio) this.#complaints.tell('caller_audio_dropped', 'the provider does not keep up')
    this.#droppingAudio = !sent
    if (!sent) return
    this.#unbilledBytes += mulaw.length
    this.#sentAtMs = this.#options.clock.monotonicMs()
  }

  #check(): void {
    const nowMs = this.#options.clock.monotonicMs()
    this.#turns.check?.()
    // Its listener may have ended the session.
    if (this.#over) return
    if (nowMs - this.#sentAtMs >= this.#options.control.keepAlive.afterMs) this.#keepAlive(nowMs)
    if (nowMs - this.#billedAtMs < BILL_EVERY_MS) return
    this.#billedAtMs = nowMs
    this.#bill()
  }

  #keepAlive(nowMs: number): void {
    const { connection, control } = this.#options
    const { send } = control.keepAlive
    this.#sentAtMs = nowMs
    if (Buffer.isBuffer(send)) this.#send(send)
    else connection.send(send)
  }

  #bill(): void {
    if (this.#unbilledBytes === 0) return
    const audioSeconds = this.#unbilledBytes / BYTES_PER_MS / 1000
    this.#unbilledBytes = 0
    this.#emit({ type: 'billed', audioSeconds })
  }

  /** An error that ends the session is followed by a close, which says what to do. */
  #onError({ code, variant, description }: ProviderErrorMessage): void {
    this.#complaints.tell(code ?? variant ?? 'provider_error', 'the provider reported an error', description)
  }

  #passOver(message: PassedOver): void {
    if (message.type === 'malformed') this.#complaints.tell('malformed_event', message.detail)
    else if (!message.known) this.#complaints.passOver(message.name)
  }

  #emit(event: ListenerEvent): void {
    if (!this.#over) this.#options.onEvent(event)
  }

  #end(): void {
    this.#over = true
    this.#timer[Symbol.dispose]()
  }
}

function isPassedOver(message: WireMessage): message is PassedOver {
  return message.type === 'unused' || message.type === 'malformed'
}

function isError(message: WireMessage): message is ProviderErrorMessage {
  return message.type === 'Error'
}
