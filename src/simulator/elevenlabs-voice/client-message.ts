import { z } from 'zod'

const voiceSettings = z.strictObject({
  stability: z.number().min(0).max(1).optional(),
  similarity_boost: z.number().min(0).max(1).optional(),
  style: z.number().min(0).max(1).optional(),
  use_speaker_boost: z.boolean().optional(),
  speed: z.number().min(0.7).max(1.2).optional(),
})

const generationConfig = z.strictObject({ chunk_length_schedule: z.array(z.number().min(50).max(500)).optional() })

/** What may stand in any message; the first of a stream carries the settings. */
const settings = {
  voice_settings: voiceSettings.nullish(),
  generation_config: generationConfig.nullish(),
  pronunciation_dictionary_locators: z.array(z.looseObject({})).nullish(),
  // The schema names the first, the documentation's example the second.
  'xi-api-key': z.string().optional(),
  xi_api_key: z.string().optional(),
  authorization: z.string().optional(),
}

/** A message on `stream-input` (contract 3). */
export const streamMessageSchema = z.strictObject({
  ...settings,
  text: z.string(),
  flush: z.boolean().optional(),
  try_trigger_generation: z.boolean().optional(),
})

/** A message on `multi-stream-input`: text for a context, or a word on what to do with it. */
export const contextMessageSchema = z.strictObject({
  ...settings,
  text: z.string().nullish(),
  context_id: z.string().nullish(),
  flush: z.boolean().optional(),
  close_context: z.boolean().optional(),
  close_socket: z.boolean().optional(),
})

export type StreamMessage = z.infer<typeof streamMessageSchema>
export type ContextMessage = z.infer<typeof contextMessageSchema>
export type Settings = Pick<StreamMessage, keyof typeof settings>

export function keyIn(message: Settings): string | undefined {
  return message['xi-api-key'] ?? message.xi_api_key
}
