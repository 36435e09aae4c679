import { z } from 'zod'
import { parseJson } from '../../lib/json.ts'
import { elevenLabsFailures, noSignedUrl } from './failures.ts'

export interface SignedUrlOptions {
  readonly apiKey: string
  readonly baseUrl: string
  readonly agentId: string
}

/** A fragment has no meaning in the address of a socket, and sockets refuse it. */
const answerSchema = z.object({
  signed_url: z.url({ protocol: /^wss?$/ }).refine((url) => !url.includes('#')),
})

/** The answer is one address, or an error of a few hundred bytes. */
const MOST_BYTES = 64 * 1024

/**
 * Asks for the address of one conversation, which carries its permission: the key itself never goes over the socket.
 * @throws EngineError, or the signal's reason.
 */
export async function fetchSignedUrl(
  { apiKey, baseUrl, agentId }: SignedUrlOptions,
  signal: AbortSignal,
): Promise<URL> {
  const url = new URL(`${baseUrl.replace(/\/+$/, '')}/v1/convai/conversation/get-signed-url`)
  url.searchParams.set('agent_id', agentId)
  const { status, headers, body } = await get(url, apiKey, signal)
  if (status !== 200) throw elevenLabsFailures.handshake(status, headers, body)
  const { data } = answerSchema.safeParse(parseJson(body))
  if (!data) throw noSignedUrl()
  return new URL(data.signed_url)
}

async function get(url: URL, apiKey: string, signal: AbortSignal) {
  try {
    const response = await fetch(url, { headers: { 'xi-api-key': apiKey }, signal, redirect: 'error' })
    const { status, headers } = response
    return { status, headers: Object.fromEntries(headers), body: await readStart(response) }
  } catch (cause) {
    signal.throwIfAborted()
    throw elevenLabsFailures.socket(cause instanceof Error ? cause : new Error(String(cause)))
  }
}

async function readStart({ body }: Response): Promise<string> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of body ?? []) {
    parts.push(part)
    bytes += part.length
    if (bytes >= MOST_BYTES) break
  }
  return Buffer.concat(parts).toString('utf8', 0, MOST_BYTES)
}
