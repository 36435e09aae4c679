import type {
  InstructionsAppendEvent,
  ResponseCreateEvent,
  ResponseItemCreateEvent,
  SessionCloseEvent,
  SessionConfig,
  SessionStartEvent,
  SessionUpdateEvent,
  ThinkingAppendEvent,
} from 'openai/resources/live/live'
import type { ToolDescription } from '../engine.ts'
import { audioSplicer } from '../wire/spliced-audio.ts'
import { backendInstructions, describeTools } from './session-start.ts'

/**
 * What we say to OpenAI Live: one builder per client event, no I/O. What we hear is in `server-events.ts`.
 * Source of the shapes: the types of the `openai` package; contract section 4.
 */

/** Must be the first event; nothing may follow before `session.started`. */
export function startSession(session: SessionConfig) {
  return { type: 'session.start', session } satisfies SessionStartEvent
}

/** The caller's audio as a finished message. */
export const appendAudio = audioSplicer('{"type":"session.input_audio.append","audio":"', '"}')

/** What the model must obey: it may interrupt its own speech for it. In as many events as it takes. */
export function appendInstructions(text: string) {
  return chunks(text).map(
    (content) =>
      ({ type: 'session.instructions.append', delegation_id: null, content }) satisfies InstructionsAppendEvent,
  )
}

/** What the model is to know without saying it. In as many events as it takes. */
export function appendThinking(text: string) {
  return chunks(text).map(
    (content) => ({ type: 'session.thinking.append', delegation_id: null, content }) satisfies ThinkingAppendEvent,
  )
}

/** Of a session's settings only the backend's can change; those that are not given stay. */
export function updateBackend({ tools, instructions }: { tools: Tools | undefined; instructions: string | undefined }) {
  const responses = {
    ...(tools === undefined ? {} : { tools: describeTools(tools) }),
    ...(instructions === undefined ? {} : { instructions: backendInstructions(instructions) }),
  }
  return {
    type: 'session.update',
    session: { delegation: { type: 'responses', responses } },
  } satisfies SessionUpdateEvent
}

type Tools = readonly ToolDescription[]

/** Answers a function call of the backend, which waits for `response.create` then. */
export function createToolOutput(callId: string, output: string) {
  return {
    type: 'response.item.create',
    item: { type: 'function_call_output', call_id: callId, output },
  } satisfies ResponseItemCreateEvent
}

/** Has the backend go on. It is not a request to speak. */
export function createResponse() {
  return { type: 'response.create' } satisfies ResponseCreateEvent
}

/** Asks for the end; the reply is `session.closed`. */
export function closeSession() {
  return { type: 'session.close' } satisfies SessionCloseEvent
}

/** An append takes 500 tokens; this many bytes of any language are fewer (contract section 4). */
const MOST_BYTES = 1_200

/** Cuts between words where it can. */
function chunks(text: string): string[] {
  const found: string[] = []
  let chunk = ''
  for (const piece of text.split(/(?<=\s)/).flatMap(shortPieces)) {
    if (chunk !== '' && Buffer.byteLength(chunk + piece) > MOST_BYTES) {
      found.push(chunk.trim())
      chunk = ''
    }
    chunk += piece
  }
  return [...found, chunk.trim()].filter((one) => one !== '')
}

/** A character takes up to 4 bytes: a word of so many characters always fits. */
function shortPieces(word: string): string[] {
  return word.match(new RegExp(`.{1,${MOST_BYTES / 4}}`, 'gsu')) ?? []
}
