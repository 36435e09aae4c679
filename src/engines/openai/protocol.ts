import type {
  ConversationItem,
  ConversationItemCreateEvent,
  ConversationItemTruncateEvent,
  RealtimeSessionCreateRequest,
  ResponseCancelEvent,
  ResponseCreateEvent,
  SessionUpdateEvent,
} from 'openai/resources/realtime/realtime'
import type { HistoryItem } from '../engine.ts'
import { audioSplicer } from '../wire/spliced-audio.ts'

/**
 * What we say to OpenAI Realtime (GA): one builder per client event, no I/O. What we hear is in `server-events.ts`.
 * Source of the shapes: the types of the `openai` package.
 */

/** The caller's audio as a finished message. */
export const appendAudio = audioSplicer('{"type":"input_audio_buffer.append","audio":"', '"}')

/** Only the fields present change. The reply is `session.updated`, which does not carry an event id. */
export function updateSession(session: RealtimeSessionCreateRequest) {
  return { type: 'session.update', session } satisfies SessionUpdateEvent
}

/** Asks for one response. `eventId` comes back in an error about it, though some errors carry null instead. */
export function createResponse(eventId: string, instructions: string | undefined) {
  return {
    type: 'response.create',
    event_id: eventId,
    ...(instructions === undefined ? {} : { response: { instructions } }),
  } satisfies ResponseCreateEvent
}

export function cancelResponse(responseId: string) {
  return { type: 'response.cancel', response_id: responseId } satisfies ResponseCancelEvent
}

/** Cuts an assistant item; `audioEndMs` is an integer and no more than the item's audio. Its transcript goes too. */
export function truncateItem(itemId: string, audioEndMs: number) {
  return {
    type: 'conversation.item.truncate',
    item_id: itemId,
    content_index: 0,
    audio_end_ms: audioEndMs,
  } satisfies ConversationItemTruncateEvent
}

/** Adds words to the conversation's end. Assistant *audio* cannot be added, so past speech goes in as text. */
export function createItem(item: HistoryItem) {
  return { type: 'conversation.item.create', item: messageFor(item) } satisfies ConversationItemCreateEvent
}

/** Answers a function call of this session. The model says nothing about it until a response is asked for. */
export function createToolOutput(callId: string, output: string) {
  return {
    type: 'conversation.item.create',
    item: { type: 'function_call_output', call_id: callId, output },
  } satisfies ConversationItemCreateEvent
}

function messageFor({ role, text }: HistoryItem): ConversationItem {
  switch (role) {
    case 'caller':
      return { type: 'message', role: 'user', content: [{ type: 'input_text', text }] }
    case 'agent':
      return { type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] }
    case 'note':
      return { type: 'message', role: 'system', content: [{ type: 'input_text', text }] }
    default:
      return role satisfies never
  }
}
