import type { RealtimeSessionCreateResponse } from 'openai/resources/realtime/client-secrets'
import type { ConversationItem, RealtimeResponse, RealtimeServerEvent } from 'openai/resources/realtime/realtime'

/**
 * The provider's own types as its wire has them: what the SDK calls optional is often an explicit null there. A field
 * the SDK does not know, or of the wrong type, does not compile.
 */
export type OnWire<T> = T extends readonly (infer Element)[]
  ? OnWire<Element>[]
  : T extends object
    ? {
        [Key in keyof T]: Record<never, never> extends Pick<T, Key> ? OnWire<T[Key]> | null | undefined : OnWire<T[Key]>
      }
    : T

export type WireItem = OnWire<ConversationItem>
export type WireSession = OnWire<RealtimeSessionCreateResponse>
export type WireResponse = OnWire<RealtimeResponse>

/** The SDK types the session of these two as the request; the wire carries the response, with id and expiry. */
type SessionEvent = {
  [Type in SessionEventType]: { type: Type; event_id: string; session: WireSession }
}[SessionEventType]

type SessionEventType = 'session.created' | 'session.updated'

/** Key presses come over SIP only, and are the one event without an id. */
type NotSent = SessionEventType | 'input_audio_buffer.dtmf_event_received'

/** What goes to the client, ids included. Delta events carry an `obfuscation` besides. */
export type SentEvent = OnWire<Exclude<RealtimeServerEvent, { type: NotSent }>> | SessionEvent

/** A server event before it is given its `event_id`. */
export type ServerEvent = WithoutId<SentEvent>

type WithoutId<Event> = Event extends unknown ? Omit<Event, 'event_id'> : never

/** Distinct for each kind of error and stable: what the client may branch on. Messages are for people. */
export interface ProtocolErrorDetail {
  /** `invalid_request_error` unless said otherwise. */
  readonly type?: string
  readonly code: string
  readonly message: string
  readonly param?: string | null
}

/** A client event the real service answers with an `error` event; the session goes on. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError'
  readonly detail: ProtocolErrorDetail

  constructor(detail: ProtocolErrorDetail) {
    super(detail.message)
    this.detail = detail
  }
}

export function errorEvent(detail: ProtocolErrorDetail, clientEventId: string | null): ServerEvent {
  const { type = 'invalid_request_error', code, message, param = null } = detail
  return { type: 'error', error: { type, code, message, param, event_id: clientEventId } }
}
