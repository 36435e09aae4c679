import { timingSafeEqual } from 'node:crypto'
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify'
import { sleep } from '../../lib/clock.ts'
import { addCallsApi, type CallBackend } from './calls-api.ts'
import type { Carrier } from './carrier.ts'
import { addConferencesApi } from './conference/conferences-api.ts'
import { addParticipantsApi } from './conference/participants-api.ts'
import { spend } from './faults.ts'
import { addLookupApi } from './lookup-api.ts'
import { refuse } from './rest-routes.ts'

const FORM = 'application/x-www-form-urlencoded'

/** The part of the carrier's REST interface (v2010) that a voice agent needs, behind Basic auth and the faults. */
export function createRestApi(carrier: Carrier, backend: CallBackend): FastifyInstance {
  const server = fastify({ forceCloseConnections: true })
  server.addContentTypeParser<string>(FORM, { parseAs: 'string' }, async (_: FastifyRequest, body: string) => {
    return new URLSearchParams(body)
  })
  server.addHook('onRequest', (request, reply) => misbehave(carrier, request, reply))
  server.addHook('onRequest', async (request, reply) => {
    if (!isAuthorised(carrier, request)) await refuse(reply, 401, 20003, 'Authenticate')
  })
  server.addHook('onSend', async (request) => {
    if (spend(carrier.faults, 'restLoseAnswers')) request.raw.socket.destroy()
  })
  server.setNotFoundHandler((request, reply) =>
    refuse(reply, 404, 20404, `${request.url} is not emulated or not there`),
  )

  addCallsApi(server, carrier, backend)
  addConferencesApi(server, carrier)
  addParticipantsApi(server, carrier, backend)
  addLookupApi(server, carrier.numbers)
  return server
}

async function misbehave(carrier: Carrier, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { faults, clock, signal } = carrier
  if (faults.restDown) return void request.raw.socket.destroy()
  if (faults.restDelayMs) await sleep(clock, faults.restDelayMs, signal)
  if (spend(faults, 'restStatus429')) await refuse(reply, 429, 20429, 'Too Many Requests')
}

function isAuthorised({ accountSid, authToken }: Carrier, request: FastifyRequest): boolean {
  const given = Buffer.from(request.headers.authorization ?? '')
  const expected = Buffer.from(`Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
