import type { FastifyRequest } from 'fastify'

/** What Twilio signed the request with; undefined when it did not. */
export function signatureOf(request: FastifyRequest): string | undefined {
  const signature = request.headers['x-twilio-signature']
  return typeof signature === 'string' ? signature : undefined
}
