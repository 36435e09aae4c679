import type { SessionConfig, SessionResource, SessionUpdateConfig } from 'openai/resources/live/live'
import { z } from 'zod'
import { ProtocolError } from '../openai/protocol.ts'
import { textTokens } from '../openai/usage.ts'

const MOST_INSTRUCTION_TOKENS = 16_384
const MOST_INPUT_TOKENS = 8_192
const MOST_INPUT_MESSAGES = 128

/** A-law is documented too; no emulated line speaks it. */
const formatSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('audio/pcm'), rate: z.union([z.literal(16_000), z.literal(24_000)]) }),
  // Unlike in a Realtime session the rate is required (contract 7).
  z.strictObject({ type: z.literal('audio/pcmu'), rate: z.literal(8_000) }),
])

const functionSchema = z.strictObject({
  type: z.literal('function'),
  name: z.string(),
  description: z.string().nullable().exactOptional(),
  parameters: z.record(z.string(), z.unknown()).nullable().exactOptional(),
  strict: z.boolean().nullable().exactOptional(),
})

const toolChoiceSchema = z.union([
  z.enum(['auto', 'none', 'required']),
  z.strictObject({ type: z.literal('function'), name: z.string() }),
])

const responsesFields = {
  instructions: z.string().nullable().exactOptional(),
  tools: z.array(functionSchema).exactOptional(),
  tool_choice: toolChoiceSchema.exactOptional(),
  parallel_tool_calls: z.boolean().nullable().exactOptional(),
  max_output_tokens: z.int().min(16).nullable().exactOptional(),
  reasoning: z
    .strictObject({ effort: z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh']).nullable().exactOptional() })
    .nullable()
    .exactOptional(),
  text: z
    .strictObject({ verbosity: z.enum(['low', 'medium', 'high']).nullable().exactOptional() })
    .nullable()
    .exactOptional(),
  service_tier: z.enum(['auto', 'default', 'flex', 'priority']).nullable().exactOptional(),
}

const acknowledgement = { acknowledgement_delay_ms: z.int().min(0).exactOptional() }

/** Decisions are documented too, and not emulated. */
const delegationSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('client'), ...acknowledgement }),
  z.strictObject({
    type: z.literal('responses'),
    ...acknowledgement,
    responses: z.strictObject({ model: z.string(), ...responsesFields }),
  }),
])

const itemBase = { type: z.literal('message').exactOptional(), id: z.string().nullable().exactOptional() }
const inputText = z.strictObject({ type: z.literal('input_text').exactOptional(), text: z.string() })
const outputText = z.strictObject({ type: z.enum(['text', 'output_text']), text: z.string() })

const initialItemSchema = z.discriminatedUnion('role', [
  z.strictObject({ ...itemBase, role: z.literal('developer'), content: z.array(inputText).length(1) }),
  z.strictObject({ ...itemBase, role: z.literal('user'), content: z.array(inputText).length(1) }),
  z.strictObject({ ...itemBase, role: z.literal('assistant'), content: z.array(outputText).length(1) }),
])

/** What `session.start` may carry. Strict: an unknown key is refused (contract 3). */
export const sessionSchema = z.strictObject({
  model: z.string(),
  instructions: z.string().nullable().exactOptional(),
  audio: z
    .strictObject({
      format: formatSchema.exactOptional(),
      output: z
        .strictObject({ voice: z.union([z.string(), z.strictObject({ id: z.string() })]).exactOptional() })
        .exactOptional(),
    })
    .exactOptional(),
  input: z.array(initialItemSchema).max(MOST_INPUT_MESSAGES).exactOptional(),
  delegation: delegationSchema.nullable().exactOptional(),
  store: z.boolean().exactOptional(),
}) satisfies z.ZodType<SessionConfig>

/** What `session.update` may carry: nothing but how work is delegated. */
export const updateSchema = z.strictObject({
  delegation: z
    .discriminatedUnion('type', [
      z.strictObject({ type: z.literal('client'), ...acknowledgement }),
      z.strictObject({
        type: z.literal('responses'),
        ...acknowledgement,
        responses: z.strictObject({ model: z.string().exactOptional(), ...responsesFields }).exactOptional(),
      }),
    ])
    .nullable()
    .exactOptional(),
}) satisfies z.ZodType<SessionUpdateConfig>

export type Delegation = z.infer<typeof delegationSchema>
export type LiveFormat = z.infer<typeof formatSchema>

/** A session's configuration with the service's defaults filled in. */
export type LiveConfig = Omit<z.infer<typeof sessionSchema>, 'delegation' | 'audio'> & {
  readonly delegation: Delegation
  readonly audio: { readonly format: LiveFormat; readonly output: { readonly voice: string | { id: string } } }
}

/**
 * The configuration a session starts with.
 * @throws ProtocolError when a text is longer than allowed.
 */
export function configOf(session: z.infer<typeof sessionSchema>): LiveConfig {
  const { audio = {}, delegation, input = [], instructions } = session
  const inputTokens = input.reduce((sum, { content }) => sum + textTokens(content[0]?.text ?? ''), 0)
  if (textTokens(instructions ?? '') > MOST_INSTRUCTION_TOKENS) throw tooLong('session.instructions')
  if (inputTokens > MOST_INPUT_TOKENS) throw tooLong('session.input')
  return {
    ...session,
    audio: {
      format: audio.format ?? { type: 'audio/pcm', rate: 24_000 },
      output: { voice: audio.output?.voice ?? 'marin' },
    },
    delegation: delegation ?? { type: 'client' },
  }
}

/**
 * The configuration after a `session.update`.
 * @throws ProtocolError `immutable_field_update` for another type of delegation, or none (contract 10).
 */
export function updatedConfig(config: LiveConfig, update: z.infer<typeof updateSchema>): LiveConfig {
  const { delegation: changed } = update
  const { delegation } = config
  if (changed === undefined) return config
  if (changed?.type !== delegation.type) {
    const message = 'The delegation type of a session cannot be changed.'
    throw new ProtocolError({ code: 'immutable_field_update', message, param: 'session.delegation.type' })
  }
  if (delegation.type !== 'responses' || changed.type !== 'responses')
    return { ...config, delegation: { ...delegation, ...changed } as Delegation }
  const responses = { ...delegation.responses, ...changed.responses }
  return { ...config, delegation: { ...delegation, ...changed, responses } }
}

/** The session as the wire shows it. */
export function wireSession(config: LiveConfig, id: string, expiresAt: number): SessionResource {
  return { store: false, ...config, id, expires_at: Math.floor(expiresAt / 1000), status: 'active' }
}

function tooLong(param: string): ProtocolError {
  return new ProtocolError({ code: 'invalid_value', message: `Invalid value for '${param}': too long.`, param })
}
