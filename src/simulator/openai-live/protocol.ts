import type * as Live from 'openai/resources/live/live'
import type { Response, ResponseStreamEvent } from 'openai/resources/responses/responses'

/** An error's code may be null, which the SDK does not know (contract 5). */
type WireError = Omit<Live.ErrorEvent, 'error'> & { error: Omit<Live.Error, 'code'> & { code: string | null } }

/** What goes to the client of a primary socket, by the SDK's own types; there is no event about turns among them. */
export type SentEvent =
  | Live.SessionStartedEvent
  | Live.SessionUpdatedEvent
  | Live.SessionClosedEvent
  | Live.SessionUsageUpdatedEvent
  | Live.InputAudioMutedEvent
  | Live.InputAudioUnmutedEvent
  | Live.InstructionsAppendedEvent
  | Live.ThinkingAppendedEvent
  | Live.CommentaryAppendedEvent
  | Live.OutputAudioDeltaEvent
  | Live.InputTranscriptDeltaEvent
  | Live.OutputTranscriptDeltaEvent
  | Live.DelegationCreatedEvent
  | Live.ResponseEvent
  | WireError

/** Before it is given its `event_id`, which audio does not get. */
export type ServerEvent = WithoutId<SentEvent>
type WithoutId<Event> = Event extends unknown ? Omit<Event, 'event_id'> : never

export type Send = (event: ServerEvent, audioMs?: number) => void

export type CloseReason = Live.SessionClosedEvent['reason']

/** As the wire has it: without what the SDK adds for convenience. */
export type WireResponse = Omit<Response, 'output_text' | 'access_programs'>

type LifecycleType = 'response.created' | 'response.in_progress' | 'response.completed' | 'response.failed'

/** What a `response.event` carries, before it is given its `sequence_number`. */
export type BackendEvent =
  | WithoutNumber<Exclude<ResponseStreamEvent, { response: Response }>>
  | { type: LifecycleType; response: WireResponse }
type WithoutNumber<Event> = Event extends unknown ? Omit<Event, 'sequence_number'> : never
