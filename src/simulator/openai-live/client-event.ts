import type { ClientEvent as LiveClientEvent } from 'openai/resources/live/live'
import { z } from 'zod'
import { rejection } from '../openai/client-event.ts'
import { ProtocolError } from '../openai/protocol.ts'
import { sessionSchema, updateSchema } from './session-schema.ts'

const eventBase = { event_id: z.string().nullable().exactOptional() }

/** Present in every append, and null for the whole session (contract 4). */
const appendFields = { ...eventBase, content: z.string().min(1), delegation_id: z.string().nullable() }

const itemSchema = z.union([
  z.strictObject({
    type: z.literal('function_call_output'),
    call_id: z.string(),
    // The emulated backend reads text only.
    output: z.string(),
    id: z.string().nullable().exactOptional(),
    status: z.enum(['in_progress', 'completed', 'incomplete']).nullable().exactOptional(),
  }),
  z.strictObject({
    type: z.literal('message').exactOptional(),
    role: z.enum(['user', 'developer', 'system']),
    content: z.union([
      z.string(),
      z.array(z.strictObject({ type: z.literal('input_text'), text: z.string() })).length(1),
    ]),
  }),
])

const clientEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ ...eventBase, type: z.literal('session.start'), session: sessionSchema }),
  z.strictObject({ ...eventBase, type: z.literal('session.update'), session: updateSchema }),
  z.strictObject({ ...eventBase, type: z.literal('session.input_audio.append'), audio: z.base64() }),
  z.strictObject({ ...eventBase, type: z.literal('session.input_audio.mute') }),
  z.strictObject({ ...eventBase, type: z.literal('session.input_audio.unmute') }),
  z.strictObject({ ...appendFields, type: z.literal('session.instructions.append') }),
  z.strictObject({ ...appendFields, type: z.literal('session.thinking.append') }),
  z.strictObject({ ...appendFields, type: z.literal('session.commentary.append') }),
  z.strictObject({ ...eventBase, type: z.literal('response.item.create'), item: itemSchema }),
  z.strictObject({ ...eventBase, type: z.literal('response.create') }),
  z.strictObject({ ...eventBase, type: z.literal('session.close') }),
]) satisfies z.ZodType<LiveClientEvent>

export type ClientEvent = z.infer<typeof clientEventSchema>
export type AppendEvent = Extract<ClientEvent, { delegation_id: string | null }>
export type BackendItem = z.infer<typeof itemSchema>

/** Documented, and not emulated: a client that needs one of these has to be told so, not ignored. */
const NOT_EMULATED = /^(decision\.|session\.output_audio\.fixture\.)/

/**
 * Reads one client event as strictly as the service does.
 * @throws ProtocolError with `unknown_parameter`, `missing_required_parameter` or `invalid_value`.
 */
export function parseClientEvent(message: unknown): ClientEvent {
  const parsed = clientEventSchema.safeParse(message)
  if (parsed.success) return parsed.data
  const { data: type } = z.object({ type: z.string().regex(NOT_EMULATED) }).safeParse(message)
  if (type) throw new ProtocolError({ code: 'not_emulated', message: `The emulator does not know ${type.type}.` })
  throw rejection(parsed.error.issues[0]!, message)
}
