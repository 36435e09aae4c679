import {
  request as askHttp,
  type ClientRequest,
  Agent as HttpAgent,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http'
import { request as askHttps, Agent as HttpsAgent } from 'node:https'
import { Readable } from 'node:stream'

/** Two turns of a talk seldom lie further apart; providers keep a connection for longer. */
const KEPT_IDLE_MS = 55_000

const OPTIONS = { keepAlive: true, timeout: KEPT_IDLE_MS }
const AGENTS = { 'http:': new HttpAgent(OPTIONS), 'https:': new HttpsAgent(OPTIONS) }

/**
 * `fetch` for the clients of thinkers, over connections that outlast the pause between two turns. Node's own closes
 * one that was idle for 4 s, so that most answers began with a handshake; a request by it also costs some ms more at
 * its worst (docs/bench.md). Takes what those clients give: an address, text as body, headers and a signal.
 */
export async function fetchOverKeptConnection(
  address: string | URL | Request,
  init: RequestInit = {},
): Promise<Response> {
  const url = new URL(address instanceof Request ? address.url : address)
  const answer = await ask(url, init)
  const { statusCode = 0, statusMessage = '' } = answer
  const body = BODILESS.has(statusCode) ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array>)
  limitBody(answer)
  return new Response(body, { status: statusCode, statusText: statusMessage, headers: headersOf(answer) })
}

/** The longest answer is some MB of events; a body without an end must not fill the memory until somebody gives up. */
const MOST_BYTES = 16 * 1024 * 1024

function limitBody(answer: IncomingMessage): void {
  let bytes = 0
  answer.on('data', (part: Buffer) => {
    bytes += part.length
    if (bytes > MOST_BYTES) answer.destroy(new Error('The answer is longer than any answer can be'))
  })
}

const BODILESS: ReadonlySet<number> = new Set([204, 205, 304])

function ask(url: URL, { method = 'GET', headers, body, signal }: RequestInit): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const isHttps = url.protocol === 'https:'
  const options: RequestOptions = {
    method,
    agent: AGENTS[isHttps ? 'https:' : 'http:'],
    headers: Object.fromEntries(new Headers(headers)),
    ...(signal ? { signal } : {}),
  }
  const begin = (onLost: (request: ClientRequest, error: NodeJS.ErrnoException) => void) => {
    const request = isHttps ? askHttps(url, options, resolve) : askHttp(url, options, resolve)
    request.on('error', (error) => onLost(request, error))
    request.end(typeof body === 'string' ? body : undefined)
  }
  begin((request, error) => {
    // The other side closed a kept connection at the very moment: nobody has read the request.
    if (request.reusedSocket && error.code === 'ECONNRESET') begin((_request, again) => reject(again))
    else reject(error)
  })
  return promise
}

function headersOf({ headers }: IncomingMessage): Headers {
  const given = new Headers()
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) given.set(name, String(value))
  return given
}
