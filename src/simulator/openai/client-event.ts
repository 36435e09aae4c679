import { z } from 'zod'
import { ProtocolError } from './protocol.ts'
import { maxOutputTokensSchema, sessionPatchSchema, toolChoiceSchema, toolsSchema } from './session-schema.ts'

const itemBase = {
  id: z.string().max(512).optional(),
  object: z.literal('realtime.item').optional(),
  status: z.enum(['completed', 'incomplete', 'in_progress']).optional(),
}

const text = z.string()
const inputText = z.strictObject({ type: z.literal('input_text'), text })

/** Assistant *audio* cannot be created by a client, so it is no content here (contract 4). */
const messageSchema = z.discriminatedUnion('role', [
  z.strictObject({ ...itemBase, type: z.literal('message'), role: z.literal('user'), content: z.array(inputText) }),
  z.strictObject({ ...itemBase, type: z.literal('message'), role: z.literal('system'), content: z.array(inputText) }),
  z.strictObject({
    ...itemBase,
    type: z.literal('message'),
    role: z.literal('assistant'),
    content: z.array(z.strictObject({ type: z.literal('output_text'), text })),
  }),
])

const itemSchema = z.discriminatedUnion('type', [
  messageSchema,
  z.strictObject({
    ...itemBase,
    type: z.literal('function_call'),
    name: z.string(),
    call_id: z.string().optional(),
    arguments: z.string(),
  }),
  z.strictObject({
    ...itemBase,
    type: z.literal('function_call_output'),
    call_id: z.string(),
    output: z.string(),
  }),
])

const eventBase = { event_id: z.string().max(512).optional() }
const itemReference = { ...eventBase, item_id: z.string() }

const clientEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ ...eventBase, type: z.literal('session.update'), session: sessionPatchSchema }),
  z.strictObject({ ...eventBase, type: z.literal('input_audio_buffer.append'), audio: z.base64() }),
  z.strictObject({ ...eventBase, type: z.literal('input_audio_buffer.commit') }),
  z.strictObject({ ...eventBase, type: z.literal('input_audio_buffer.clear') }),
  z.strictObject({
    ...eventBase,
    type: z.literal('conversation.item.create'),
    previous_item_id: z.string().optional(),
    item: itemSchema,
  }),
  z.strictObject({ ...itemReference, type: z.literal('conversation.item.retrieve') }),
  z.strictObject({ ...itemReference, type: z.literal('conversation.item.delete') }),
  z.strictObject({
    ...itemReference,
    type: z.literal('conversation.item.truncate'),
    content_index: z.int().min(0),
    audio_end_ms: z.int().min(0),
  }),
  z.strictObject({
    ...eventBase,
    type: z.literal('response.create'),
    // Out-of-band responses (`conversation: none`, `input`) are not emulated and so are refused, not ignored.
    response: z
      .strictObject({
        conversation: z.literal('auto').optional(),
        instructions: z.string().optional(),
        tools: toolsSchema.optional(),
        tool_choice: toolChoiceSchema.optional(),
        output_modalities: z.tuple([z.literal('audio')]).optional(),
        max_output_tokens: maxOutputTokensSchema.optional(),
        metadata: z.record(z.string(), z.string()).nullable().optional(),
      })
      .optional(),
  }),
  z.strictObject({ ...eventBase, type: z.literal('response.cancel'), response_id: z.string().optional() }),
])

export type ClientEvent = z.infer<typeof clientEventSchema>
export type ClientItem = z.infer<typeof itemSchema>
export type ResponseOverrides = NonNullable<Extract<ClientEvent, { type: 'response.create' }>['response']>

/** The event id a message carries, if it is readable at all: errors echo it. */
export function clientEventId(message: unknown): string | null {
  const id = z.object({ event_id: z.string() }).safeParse(message)
  return id.success ? id.data.event_id : null
}

/**
 * Reads one client event as strictly as the service does: an unknown field is an error.
 * @throws ProtocolError with `unknown_parameter`, `missing_required_parameter` or `invalid_value`.
 */
export function parseClientEvent(message: unknown): ClientEvent {
  const parsed = clientEventSchema.safeParse(message)
  if (parsed.success) return parsed.data
  throw rejection(parsed.error.issues[0]!, message)
}

/** What is wrong with a message, in the service's words. */
export function rejection(issue: z.core.$ZodIssue, message: unknown): ProtocolError {
  if (issue.code === 'unrecognized_keys') {
    const param = [...issue.path, issue.keys[0]].join('.')
    return new ProtocolError({ code: 'unknown_parameter', message: `Unknown parameter: '${param}'.`, param })
  }
  const param = issue.path.join('.')
  if (valueAt(message, issue.path) === undefined) {
    const text = `Missing required parameter: '${param}'.`
    return new ProtocolError({ code: 'missing_required_parameter', message: text, param })
  }
  return new ProtocolError({ code: 'invalid_value', message: `Invalid value for '${param}': ${issue.message}.`, param })
}

function valueAt(message: unknown, path: readonly PropertyKey[]): unknown {
  let value: unknown = message
  for (const key of path) value = typeof value === 'object' && value ? Reflect.get(value, key) : undefined
  return value
}
