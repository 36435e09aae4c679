import type { Clock } from '../../lib/clock.ts'
import { messageOf } from '../../lib/errors.ts'
import { createId } from '../../lib/ids.ts'
import type { Log } from '../../lib/log.ts'
import { RememberedTalk } from '../model/remembered-talk.ts'
import type { ScriptedModel } from '../model/scripted-model.ts'
import { fromMulaw, toMulaw } from '../openai/audio-format.ts'
import { clientEventId } from '../openai/client-event.ts'
import { ProtocolError } from '../openai/protocol.ts'
import type { Ear } from '../service/ear.ts'
import type { FragileSocket } from '../service/fragile-socket.ts'
import type { Speech } from '../speech/speech.ts'
import { Appends } from './appends.ts'
import { type ClientEvent, parseClientEvent } from './client-event.ts'
import { LiveModel, type Manners, type Timing } from './live-model.ts'
import type { CloseReason, ServerEvent } from './protocol.ts'
import { configOf, type LiveConfig, updatedConfig, wireSession } from './session-schema.ts'

export interface LiveSessionParts {
  readonly clock: Clock
  readonly log: Log
  readonly scripted: ScriptedModel
  readonly scriptedTools: readonly string[]
  readonly speech: Speech
  readonly ear: Ear
  readonly socket: FragileSocket
  readonly timing: Timing
  readonly manners: Manners
  /** Length of one piece of output. */
  readonly chunkMs: number
  /** Whether acknowledgements name the event they answer; not all services do (contract 5). */
  readonly echoesIds: boolean
  readonly onToolAsked: (name: string) => void
  readonly onComplaint: (code: string) => void
}

/** How long a session lasts over a WebSocket is not documented. */
const LONGEST_SESSION_MS = 60 * 60_000
const USAGE_EVERY_MS = 60_000

/** What there is from `session.started` on. */
interface Started {
  readonly model: LiveModel
  readonly appends: Appends
  readonly startedAtMs: number
}

/** One Live session: what the service does with each client event, and how it begins and ends. */
export class EmulatedLiveSession implements Disposable {
  readonly id = createId('live')
  /** What the model remembers, whether the caller heard it or not. */
  readonly talk = new RememberedTalk()
  readonly #parts: LiveSessionParts
  readonly #resources = new DisposableStack()
  readonly #lifeMs: number
  readonly #expiresAt: number
  #config: LiveConfig | undefined
  #started: Started | undefined
  #closing = false

  constructor(parts: LiveSessionParts) {
    this.#parts = parts
    this.#lifeMs = parts.socket.faults.find('early expiry')?.afterMs ?? LONGEST_SESSION_MS
    this.#expiresAt = parts.clock.now() + this.#lifeMs
  }

  /** The configuration in force, once the session is started. */
  get config(): LiveConfig | undefined {
    return this.#config
  }

  /** One message of the client's. What is wrong with it becomes an `error` event. */
  receive(text: string): void {
    let message: unknown
    try {
      message = parseJson(text)
      this.#handle(parseClientEvent(message))
    } catch (error) {
      this.#complain(error, clientEventId(message))
    }
  }

  [Symbol.dispose](): void {
    this.#resources.dispose()
  }

  #handle(event: ClientEvent): void {
    const started = this.#started
    // Commands are refused while it closes; a telephone line goes on sending sound, which nobody hears any more.
    if (this.#closing && event.type === 'session.input_audio.append') return
    if (this.#closing) throw new ProtocolError({ code: 'session_closing', message: 'The session is being closed.' })
    if (event.type === 'session.start') this.#start(event)
    else if (started) this.#handleStarted(event, started)
    else throw new ProtocolError({ code: 'session_not_started', message: 'The first event must be session.start.' })
  }

  #handleStarted(event: Exclude<ClientEvent, { type: 'session.start' }>, { appends, model }: Started): void {
    switch (event.type) {
      case 'session.update':
        this.#update(event)
        break
      case 'session.input_audio.append':
        model.hear(toMulaw(evenBytes(event.audio, this.#format), this.#format))
        break
      case 'session.input_audio.mute':
      case 'session.input_audio.unmute':
        model.mute(event.type === 'session.input_audio.mute')
        this.#send({ type: `${event.type}d`, ...this.#echo(event) })
        break
      case 'session.instructions.append':
      case 'session.thinking.append':
      case 'session.commentary.append':
        appends.take(event)
        model.read(event)
        break
      case 'response.item.create':
        this.#requireBackend()
        model.addItem(event.item)
        break
      case 'response.create':
        this.#requireBackend()
        model.proceed()
        break
      case 'session.close':
        this.#closeInTime(event, appends)
        break
      default:
        event satisfies never
    }
  }

  #start(event: Extract<ClientEvent, { type: 'session.start' }>): void {
    if (this.#started) throw new ProtocolError({ code: 'session_already_started', message: 'The session is started.' })
    const { clock, timing } = this.#parts
    this.#config = configOf(event.session)
    for (const { role, content } of event.session.input ?? [])
      this.talk.remember({ by: SPEAKERS[role], words: content[0]?.text ?? '', replayed: true })
    const model = this.#resources.use(this.#createModel())
    const appends = new Appends({
      ...{ timeline: model.timeline, backend: model.backend, appendMs: timing.appendMs, send: this.#send },
      echo: (append) => this.#echo(append),
      onRefused: (append) => this.#complain(notTaken(), append.event_id ?? null),
    })
    this.#started = { model, appends, startedAtMs: clock.monotonicMs() }
    this.#send({ type: 'session.started', session: this.#wire(this.#config), ...this.#echo(event) })
    model.timeline.start()
    this.#resources.use(clock.after(this.#lifeMs, () => this.#end('expired')))
    this.#resources.use(clock.every(USAGE_EVERY_MS, () => this.#reportUsage()))
  }

  #createModel(): LiveModel {
    const { chunkMs, socket } = this.#parts
    return new LiveModel({
      ...this.#parts,
      faults: socket.faults,
      talk: this.talk,
      config: () => this.#startedConfig,
      send: this.#send,
      // A breakage that waits for so much audio means speech: silence is sent all the time.
      onOutput: (mulaw, speaking) =>
        this.#send(
          { type: 'session.output_audio.delta', delta: fromMulaw(mulaw, this.#format) },
          speaking ? chunkMs : 0,
        ),
      onEnded: (reason) => this.#end(reason),
      onFailed: (error) => this.#complain(error, null),
    })
  }

  #update(event: Extract<ClientEvent, { type: 'session.update' }>): void {
    this.#config = updatedConfig(this.#startedConfig, event.session)
    this.#send({ type: 'session.updated', session: this.#wire(this.#config), ...this.#echo(event) })
  }

  #reportUsage(): void {
    this.#send({ type: 'session.usage.updated', usage: { seconds: this.#seconds } })
  }

  /** Appends that are pending get errors, and nothing is taken any more. */
  #closeInTime(event: ClientEvent, appends: Appends): void {
    this.#closing = true
    appends.refusePending()
    const { clock, timing } = this.#parts
    this.#resources.use(clock.after(timing.drainMs, () => this.#end('close_requested', this.#echo(event))))
  }

  /** Which code the service closes with is not documented. */
  #end(reason: CloseReason, echo: { client_event_id?: string } = {}): void {
    const session = this.#wire(this.#startedConfig)
    this.#send({ type: 'session.closed', reason, session, usage: { seconds: this.#seconds }, ...echo })
    this.#parts.socket.close(1000, '')
    this[Symbol.dispose]()
  }

  #requireBackend(): void {
    if (this.#startedConfig.delegation.type === 'responses') return
    const message = 'This session delegates to its client.'
    throw new ProtocolError({ code: 'invalid_request', message })
  }

  get #startedConfig(): LiveConfig {
    if (!this.#config) throw new Error('a Live session was used before it was started')
    return this.#config
  }

  get #format() {
    return this.#startedConfig.audio.format
  }

  get #seconds(): number {
    const { startedAtMs = 0 } = this.#started ?? {}
    return Math.round((this.#parts.clock.monotonicMs() - startedAtMs) / 100) / 10
  }

  #echo({ event_id }: Pick<ClientEvent, 'event_id'>): { client_event_id?: string } {
    return event_id && this.#parts.echoesIds ? { client_event_id: event_id } : {}
  }

  #wire(config: LiveConfig) {
    return wireSession(config, this.id, this.#expiresAt)
  }

  #complain(error: unknown, eventId: string | null): void {
    if (!(error instanceof ProtocolError))
      this.#parts.log.error({ err: error }, 'the OpenAI Live emulator failed on an event')
    const failed = { type: 'server_error', code: 'server_error', message: messageOf(error), param: null }
    const detail = error instanceof ProtocolError ? error.detail : failed
    const { type = 'invalid_request_error', code, message, param } = detail
    const echo = eventId === null ? {} : { client_event_id: eventId }
    this.#parts.onComplaint(code)
    this.#send({ type: 'error', error: { type, code, message, ...(param ? { param } : {}), ...echo } })
  }

  /** Audio alone goes without an id (contract 5). */
  readonly #send = (event: ServerEvent, audioMs = 0): void => {
    const stamped = event.type === 'session.output_audio.delta' ? event : { ...event, event_id: createId('evt') }
    this.#parts.socket.sendEvent(event.type, () => JSON.stringify(stamped), audioMs)
  }
}

const SPEAKERS = { user: 'caller', assistant: 'agent', developer: 'note' } as const

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new ProtocolError({ code: 'invalid_json', message: 'The message is no JSON.' })
  }
}

/** @throws ProtocolError `invalid_audio` for half a sample. */
function evenBytes(audio: string, { type }: LiveConfig['audio']['format']): string {
  if (type === 'audio/pcmu' || Buffer.byteLength(audio, 'base64') % 2 === 0) return audio
  throw new ProtocolError({ code: 'invalid_audio', message: 'PCM audio must have an even number of bytes.' })
}

function notTaken(): ProtocolError {
  return new ProtocolError({ code: 'session_closing', message: 'The session was closed before this took effect.' })
}
