import type { Clock } from '../../lib/clock.ts'
import { messageOf } from '../../lib/errors.ts'
import { createId } from '../../lib/ids.ts'
import type { Log } from '../../lib/log.ts'
import type { ScriptedModel } from '../model/scripted-model.ts'
import type { Ear } from '../service/ear.ts'
import type { Breakage } from '../service/faults.ts'
import type { Speech } from '../speech/speech.ts'
import { Answering } from './answering.ts'
import { CallerTurns } from './caller-turns.ts'
import { type ClientEvent, clientEventId, parseClientEvent } from './client-event.ts'
import { Conversation } from './conversation.ts'
import type { Delivery } from './delivery.ts'
import { errorEvent, ProtocolError, type ServerEvent } from './protocol.ts'
import type { Pace } from './response-run.ts'
import { DEFAULT_CONFIG, patchConfig, type SessionConfig, wireSession } from './session-config.ts'
import type { SessionLog } from './session-log.ts'
import type { SessionPatch } from './session-schema.ts'

export interface SessionParts {
  readonly model: string
  readonly clock: Clock
  readonly log: Log
  readonly ear: Ear
  readonly scripted: ScriptedModel
  readonly speech: Speech
  readonly delivery: Delivery
  readonly record: SessionLog
  readonly timing: Timing
}

/** How quick the emulated service is. */
export interface Timing {
  /** From the start of a response to its first output, where the rule does not say. */
  readonly thinkMs: number
  /** From a committed turn to its transcript. */
  readonly transcriptionMs: number
  readonly pace: Pace
}

/** RELIABILITY 2.2: the provider's cap, without a warning and without a resume. */
const LONGEST_SESSION_MS = 60 * 60_000
export const EXPIRED_CODE = 'session_expired'
const EXPIRED = 'Your session hit the maximum duration of 60 minutes.'

/** One Realtime session: what the service does with each client event, and what it does by itself. */
export class EmulatedSession implements Disposable {
  readonly id = createId('sess')
  readonly model: string
  readonly record: SessionLog
  /** What the model remembers, truncations and deletions applied. */
  readonly conversation = new Conversation()
  readonly #parts: SessionParts
  readonly #turns: CallerTurns
  readonly #answering: Answering
  readonly #resources = new DisposableStack()
  readonly #expiresAt: number
  #config = DEFAULT_CONFIG

  constructor(parts: SessionParts) {
    const { clock, delivery } = parts
    const lifeMs = delivery.socket.faults.find('early expiry')?.afterMs ?? LONGEST_SESSION_MS
    this.#parts = parts
    this.model = parts.model
    this.record = parts.record
    this.#expiresAt = clock.now() + lifeMs
    this.#resources.use(delivery.socket)
    this.#resources.use(clock.after(lifeMs, () => this.#expire()))
    this.#answering = this.#resources.use(this.#createAnswering())
    this.#turns = this.#resources.use(this.#createTurns())
  }

  /** The configuration in force. */
  get config(): SessionConfig {
    return this.#config
  }

  open(): void {
    this.#send({ type: 'session.created', session: this.#wire() })
  }

  /** Breaks this connection now. */
  break(how: Breakage): void {
    this.#parts.delivery.socket.break(how)
  }

  /** One message of the client's. What is wrong with it becomes an `error` event; the session goes on. */
  receive(text: string): void {
    let message: unknown
    try {
      message = parseJson(text)
      const event = parseClientEvent(message)
      this.record.addReceived(event)
      this.#handle(event)
    } catch (error) {
      this.#complain(error, clientEventId(message))
    }
  }

  [Symbol.dispose](): void {
    this.#resources.dispose()
  }

  #createAnswering(): Answering {
    const { timing } = this.#parts
    return new Answering({
      ...this.#parts,
      ...timing,
      faults: this.#parts.delivery.socket.faults,
      conversation: this.conversation,
      send: this.#send,
      onAnswered: (speechPlaysForMs) => this.#turns.waitForCaller(speechPlaysForMs),
    })
  }

  #createTurns(): CallerTurns {
    const { clock, ear, timing } = this.#parts
    return new CallerTurns(this.#config, {
      clock,
      ear,
      conversation: this.conversation,
      transcriptionMs: timing.transcriptionMs,
      send: this.#send,
      onStarted: ({ interrupt_response }) => {
        if (interrupt_response) this.#answering.interrupt()
      },
      onAnswerWanted: () => this.#answering.respond(this.#config),
    })
  }

  #handle(event: ClientEvent): void {
    switch (event.type) {
      case 'session.update':
        this.#update(event.session)
        break
      case 'input_audio_buffer.append':
        this.#turns.hear(event.audio)
        break
      case 'input_audio_buffer.commit':
        this.#turns.commit()
        break
      case 'input_audio_buffer.clear':
        this.#turns.clear()
        break
      case 'conversation.item.create':
        this.#createItem(event)
        break
      case 'conversation.item.retrieve':
        this.#send({ type: 'conversation.item.retrieved', item: this.conversation.get(event.item_id).item })
        break
      case 'conversation.item.delete':
        this.#deleteItem(event.item_id)
        break
      case 'conversation.item.truncate':
        this.#truncate(event)
        break
      case 'response.create':
        this.#answering.respond(this.#config, event.response)
        this.#turns.stopWaiting()
        break
      case 'response.cancel':
        this.#answering.cancel(event.response_id)
        break
      default:
        event satisfies never
    }
  }

  #update(patch: SessionPatch): void {
    const hasSpoken = this.record.sent.some(({ event }) => event.type === 'response.output_audio.delta')
    this.#config = patchConfig(this.#config, patch, hasSpoken)
    this.#turns.configure(this.#config)
    this.#send({ type: 'session.updated', session: this.#wire() })
  }

  #createItem({ item, previous_item_id }: Extract<ClientEvent, { type: 'conversation.item.create' }>): void {
    const { entry, previousId } = this.conversation.create(item, previous_item_id)
    this.#send({ type: 'conversation.item.added', previous_item_id: previousId, item: entry.item })
    this.#send({ type: 'conversation.item.done', previous_item_id: previousId, item: entry.item })
  }

  #deleteItem(itemId: string): void {
    this.conversation.delete(itemId)
    this.#send({ type: 'conversation.item.deleted', item_id: itemId })
  }

  #truncate({
    item_id,
    content_index,
    audio_end_ms,
  }: Extract<ClientEvent, { type: 'conversation.item.truncate' }>): void {
    this.conversation.truncate(item_id, audio_end_ms)
    this.#send({ type: 'conversation.item.truncated', item_id, content_index, audio_end_ms })
  }

  #expire(): void {
    this.#send(errorEvent({ code: EXPIRED_CODE, message: EXPIRED }, null))
    this.#parts.delivery.socket.close(1001, EXPIRED)
  }

  #complain(error: unknown, eventId: string | null): void {
    if (!(error instanceof ProtocolError))
      this.#parts.log.error({ err: error }, 'the OpenAI emulator failed on an event')
    const failed = { type: 'server_error', code: 'server_error', message: messageOf(error) }
    this.#send(errorEvent(error instanceof ProtocolError ? error.detail : failed, eventId))
  }

  #wire() {
    return wireSession(this.#config, { id: this.id, model: this.model, expiresAt: this.#expiresAt })
  }

  readonly #send = (event: ServerEvent, audioMs?: number): void => this.#parts.delivery.send(event, audioMs)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new ProtocolError({ code: 'invalid_json', message: 'The message is not valid JSON.' })
  }
}
