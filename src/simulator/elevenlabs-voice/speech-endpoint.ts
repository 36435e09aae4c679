import type { IncomingMessage, ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import { z } from 'zod'
import { BYTES_PER_MS } from '../../audio/encoded-audio.ts'
import { type Clock, sleep } from '../../lib/clock.ts'
import type { Speech } from '../speech/speech.ts'
import type { VoiceTiming } from './spoken-stream.ts'

const requestSchema = z.strictObject({
  text: z.string().min(1),
  model_id: z.string().optional(),
  language_code: z.string().nullish(),
  voice_settings: z.looseObject({}).nullish(),
  seed: z.int().nullish(),
  previous_text: z.string().nullish(),
  next_text: z.string().nullish(),
  apply_text_normalization: z.enum(['auto', 'on', 'off']).optional(),
})

export interface SpeechEndpoint {
  readonly clock: Clock
  readonly speech: Speech
  readonly timing: VoiceTiming
  readonly onComplaint: (complaint: string) => void
}

/** Answers `POST /v1/text-to-speech/{voice}` and `.../stream` with bare mu-law, as it is made (contract 2). */
export async function answerSpeech(
  request: IncomingMessage,
  response: ServerResponse,
  { clock, speech, timing, onComplaint }: SpeechEndpoint,
): Promise<void> {
  const parsed = requestSchema.safeParse(await json(request).catch(() => undefined))
  if (!parsed.success) {
    onComplaint(z.prettifyError(parsed.error))
    const detail = parsed.error.issues.map(({ path, message }) => ({
      loc: ['body', ...path],
      msg: message,
      type: 'value_error',
    }))
    response.writeHead(422, { 'content-type': 'application/json' }).end(JSON.stringify({ detail }))
    return
  }
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  const { text } = parsed.data
  const [audio] = await Promise.all([speech.speak(text, 'agent'), sleep(clock, timing.firstAudioMs, gone.signal)])
  response.writeHead(200, { 'content-type': 'audio/basic', 'character-cost': String(text.length) })
  const chunkBytes = timing.chunkMs * BYTES_PER_MS
  for (let at = 0; at < audio.length; at += chunkBytes) {
    response.write(audio.subarray(at, at + chunkBytes))
    await sleep(clock, timing.chunkMs / timing.speedUp, gone.signal)
  }
  response.end()
}
