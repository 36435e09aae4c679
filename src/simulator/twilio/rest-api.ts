import { timingSafeEqual } from 'node:crypto'
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify'
import { sleep } from '../../lib/clock.ts'
import { createSid } from '../seeded-random.ts'
import type { Carrier } from './carrier.ts'
import type { EmulatedCall } from './emulated-call.ts'
import { spend } from './faults.ts'
import type { Instructions } from './leg.ts'
import { addLookupApi } from './lookup-api.ts'
import { describeCallResource, describeError, describeRecordingResource } from './rest-resources.ts'

/** What REST can reach. */
export interface RestBackend {
  readonly calls: ReadonlyMap<string, EmulatedCall>
  /** Begins an outbound call; `form` is the request's body. */
  createCall(form: URLSearchParams): EmulatedCall
}

type CallRoute = { Params: { callSid: string }; Body: URLSearchParams | undefined }

const FORM = 'application/x-www-form-urlencoded'
const ACCOUNT = '/2010-04-01/Accounts/:accountSid'

/** The part of the carrier's REST interface (v2010) that a voice agent needs, behind Basic auth and the faults. */
export function createRestApi(carrier: Carrier, backend: RestBackend): FastifyInstance {
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

  server.post<CallRoute>(`${ACCOUNT}/Calls.json`, (request, reply) => createCall(carrier, backend, request.body, reply))
  server.get<CallRoute>(`${ACCOUNT}/Calls/:callSid.json`, (request, reply) =>
    withCall(backend, request, reply, (call) => reply.send(describeCallResource(call, carrier.clock.now()))),
  )
  server.post<CallRoute>(`${ACCOUNT}/Calls/:callSid.json`, (request, reply) =>
    withCall(backend, request, reply, (call) => updateCall(carrier, call, request.body, reply)),
  )
  server.post<CallRoute>(`${ACCOUNT}/Calls/:callSid/Recordings.json`, (request, reply) =>
    withCall(backend, request, reply, (call) => createRecording(carrier, call, request.body, reply)),
  )
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

function refuse(reply: FastifyReply, status: number, code: number, message: string): FastifyReply {
  return reply.code(status).send(describeError(status, code, message))
}

function withCall(
  backend: RestBackend,
  request: FastifyRequest<CallRoute>,
  reply: FastifyReply,
  serve: (call: EmulatedCall) => FastifyReply,
): FastifyReply {
  const call = backend.calls.get(request.params.callSid)
  return call ? serve(call) : refuse(reply, 404, 20404, `The requested resource ${request.url} was not found`)
}

function createCall(
  carrier: Carrier,
  backend: RestBackend,
  form = new URLSearchParams(),
  reply: FastifyReply,
): FastifyReply {
  if (!form.get('To')) return refuse(reply, 400, 21201, 'No "To" number is specified')
  if (!form.get('From')) return refuse(reply, 400, 21213, 'No "From" number is specified')
  if (!readInstructions(form)) return refuse(reply, 400, 21205, 'Url parameter is required.')
  return reply.code(201).send(describeCallResource(backend.createCall(form), carrier.clock.now()))
}

function updateCall(
  carrier: Carrier,
  call: EmulatedCall,
  form = new URLSearchParams(),
  reply: FastifyReply,
): FastifyReply {
  const refusal = () => refuse(reply, 400, 21220, 'Call is not in-progress. Cannot redirect.')
  const status = form.get('Status')
  const instructions = readInstructions(form)
  if (call.durationSeconds !== undefined) return refusal()
  if (status === 'completed' || status === 'canceled') call.hangUp('server')
  else if (instructions && !call.redirect(instructions)) return refusal()
  return reply.send(describeCallResource(call, carrier.clock.now()))
}

function createRecording(
  carrier: Carrier,
  call: EmulatedCall,
  form = new URLSearchParams(),
  reply: FastifyReply,
): FastifyReply {
  if (call.status !== 'in-progress')
    return refuse(reply, 400, 21220, 'Requested resource is not eligible for recording')
  const channels = form.get('RecordingChannels') === 'dual' ? 2 : 1
  const recordingSid = createSid('RE', carrier.random)
  return reply.code(201).send(describeRecordingResource(call, recordingSid, carrier.clock.now(), channels))
}

/** What a create or update says should be followed: `Twiml` or `Url` with `Method`. */
export function readInstructions(form: URLSearchParams): Instructions | undefined {
  const twiml = form.get('Twiml')
  const url = form.get('Url')
  if (twiml !== null) return { type: 'document', twiml, baseUrl: url ?? 'https://api.twilio.com/' }
  if (url === null) return undefined
  return { type: 'address', address: url, method: form.get('Method') === 'GET' ? 'GET' : 'POST' }
}
