import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { createSid } from '../seeded-random.ts'
import type { Carrier } from './carrier.ts'
import type { EmulatedCall } from './emulated-call.ts'
import type { Instructions } from './leg.ts'
import { type MachineDetection, readMachineDetection } from './machine-detection.ts'
import { describeCallResource, describePage, describeRecordingResource } from './rest-resources.ts'
import { ACCOUNT, refuse } from './rest-routes.ts'

/** What REST can reach of the calls. */
export interface CallBackend {
  readonly calls: ReadonlyMap<string, EmulatedCall>
  /** Begins an outbound call; `form` is the request's body. */
  createCall(form: URLSearchParams, order: CallOrder): EmulatedCall
}

/** What an outbound call is to do once it is answered. */
export interface CallOrder {
  readonly instructions: Instructions
  readonly detection: MachineDetection | undefined
}

interface CallRoute {
  Params: { callSid: string }
  Body: URLSearchParams | undefined
  Querystring: Readonly<Record<string, string>>
}

/** Calls, and the recordings that are started of them. */
export function addCallsApi(server: FastifyInstance, carrier: Carrier, backend: CallBackend): void {
  server.post<CallRoute>(`${ACCOUNT}/Calls.json`, (request, reply) => createCall(backend, request.body, reply))
  server.get<CallRoute>(`${ACCOUNT}/Calls.json`, (request) => listCalls(backend, request))
  server.get<CallRoute>(`${ACCOUNT}/Calls/:callSid.json`, (request, reply) =>
    withCall(backend, request, reply, (call) => reply.send(describeCallResource(call))),
  )
  server.post<CallRoute>(`${ACCOUNT}/Calls/:callSid.json`, (request, reply) =>
    withCall(backend, request, reply, (call) => updateCall(call, request.body, reply)),
  )
  server.post<CallRoute>(`${ACCOUNT}/Calls/:callSid/Recordings.json`, (request, reply) =>
    withCall(backend, request, reply, (call) => createRecording(carrier, call, request.body, reply)),
  )
}

function withCall(
  backend: CallBackend,
  request: FastifyRequest<CallRoute>,
  reply: FastifyReply,
  serve: (call: EmulatedCall) => FastifyReply,
): FastifyReply {
  const call = backend.calls.get(request.params.callSid)
  return call ? serve(call) : refuse(reply, 404, 20404, `The requested resource ${request.url} was not found`)
}

function createCall(backend: CallBackend, form = new URLSearchParams(), reply: FastifyReply): FastifyReply {
  const instructions = readInstructions(form)
  if (!form.get('To')) return refuse(reply, 400, 21201, 'No "To" number is specified')
  if (!form.get('From')) return refuse(reply, 400, 21213, 'No "From" number is specified')
  if (!instructions) return refuse(reply, 400, 21205, 'Url parameter is required.')
  const isAsync = form.get('AsyncAmd') === 'true'
  const detection = readMachineDetection(form, { isAsync, callback: 'AsyncAmdStatusCallback' })
  return reply.code(201).send(describeCallResource(backend.createCall(form, { instructions, detection })))
}

/** The latest first, all on one page. `StartTime` filters go by when a call was placed, to the second. */
function listCalls({ calls }: CallBackend, { query, url }: FastifyRequest<CallRoute>) {
  const fits = (call: EmulatedCall) =>
    isWanted(query.To, call.to) &&
    isWanted(query.From, call.from) &&
    isWanted(query.Status, call.status) &&
    isWanted(query.ParentCallSid, call.parentCallSid) &&
    isPlacedWithin(call.placedAt, query)
  const found = [...calls.values()].filter(fits).reverse()
  return describePage('calls', found.slice(0, Number(query.PageSize ?? 50)).map(describeCallResource), url)
}

function isWanted(wanted: string | undefined, found: string | undefined): boolean {
  return wanted === undefined || wanted === found
}

function isPlacedWithin(placedAt: number, query: Readonly<Record<string, string>>): boolean {
  const second = Math.floor(placedAt / 1000) * 1000
  const { 'StartTime>': after, 'StartTime<': before, StartTime: day } = query
  return (
    (after === undefined || second >= Date.parse(after)) &&
    (before === undefined || second <= Date.parse(before)) &&
    (day === undefined || new Date(second).toISOString().startsWith(day.slice(0, 'YYYY-MM-DD'.length)))
  )
}

function updateCall(call: EmulatedCall, form = new URLSearchParams(), reply: FastifyReply): FastifyReply {
  const refusal = () => refuse(reply, 400, 21220, 'Call is not in-progress. Cannot redirect.')
  const status = form.get('Status')
  const instructions = readInstructions(form)
  if (call.durationSeconds !== undefined) return refusal()
  // Calling off is for calls that nobody has answered.
  if (status === 'canceled' && call.status === 'in-progress') return refusal()
  if (status === 'completed' || status === 'canceled') call.hangUp('server')
  else if (instructions && !call.redirect(instructions)) return refusal()
  return reply.send(describeCallResource(call))
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
function readInstructions(form: URLSearchParams): Instructions | undefined {
  const twiml = form.get('Twiml')
  const url = form.get('Url')
  if (twiml !== null) return { type: 'document', twiml, baseUrl: url ?? 'https://api.twilio.com/' }
  if (url === null) return undefined
  return { type: 'address', address: url, method: form.get('Method') === 'GET' ? 'GET' : 'POST' }
}
