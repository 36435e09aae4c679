import type { IncomingMessage, ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import { z } from 'zod'
import type { Speech } from '../speech/speech.ts'
import { pcm16 } from './audio-format.ts'

const SAMPLE_RATE = 24_000

const requestSchema = z.object({
  model: z.string(),
  input: z.string().min(1).max(4_096),
  voice: z.string(),
  response_format: z.enum(['wav', 'pcm']),
})

/** Answers `POST /v1/audio/speech`: 24 kHz, 16 bits, mono, as `wav` or as bare `pcm`. Other formats get a 400. */
export async function answerSpeech(request: IncomingMessage, response: ServerResponse, speech: Speech): Promise<void> {
  const parsed = requestSchema.safeParse(await json(request).catch(() => undefined))
  if (!parsed.success) {
    response.writeHead(400, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ error: { type: 'invalid_request_error', message: z.prettifyError(parsed.error) } }))
    return
  }
  const { input, response_format } = parsed.data
  const samples = pcm16(await speech.speak(input, 'agent'), SAMPLE_RATE)
  response.writeHead(200, { 'content-type': response_format === 'wav' ? 'audio/wav' : 'audio/pcm' })
  response.end(response_format === 'wav' ? Buffer.concat([wavHeader(samples.length), samples]) : samples)
}

function wavHeader(dataBytes: number): Buffer {
  const header = Buffer.alloc(44)
  header.write('RIFF', 0, 'latin1')
  header.writeUInt32LE(36 + dataBytes, 4)
  header.write('WAVEfmt ', 8, 'latin1')
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(SAMPLE_RATE, 24)
  header.writeUInt32LE(SAMPLE_RATE * 2, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36, 'latin1')
  header.writeUInt32LE(dataBytes, 40)
  return header
}
