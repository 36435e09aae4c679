import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { createInbox, type Inbox } from '../../../fakes/inbox.ts'

/** A service of language models that does only what the test says, over real HTTP on loopback. */
export class ScriptedModelServer implements AsyncDisposable {
  /** TCP connections so far. */
  connections = 0
  readonly #http: Server
  readonly #requests: Inbox<ScriptedAnswer> = createInbox('a request')

  private constructor(http: Server) {
    this.#http = http
    http.on('connection', (socket) => {
      this.connections += 1
      socket.setNoDelay(true)
    })
    http.on('request', async (request, response) => {
      this.#requests.put(new ScriptedAnswer(request, response, await json(request)))
    })
  }

  static async start(): Promise<ScriptedModelServer> {
    const http = createServer()
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
    return new ScriptedModelServer(http)
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`
  }

  nextRequest(): Promise<ScriptedAnswer> {
    return this.#requests.take()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#http.closeAllConnections()
    await new Promise((resolve) => this.#http.close(resolve))
  }
}

export type Frame = { readonly event?: string; readonly data: object | string }

/** One request, and what the test answers to it. */
export class ScriptedAnswer {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  // biome-ignore lint/suspicious/noExplicitAny: a request's body, looked at by tests only
  readonly body: any
  /** The client hung up, or the answer was sent to its end. */
  readonly closed: Promise<unknown>
  readonly #response: ServerResponse

  constructor(request: IncomingMessage, response: ServerResponse, body: unknown) {
    this.path = request.url ?? ''
    this.headers = request.headers
    this.body = body
    this.#response = response
    this.closed = new Promise((resolve) => response.once('close', resolve))
    // What is written while the client hangs up.
    response.on('error', () => undefined)
  }

  refuse(status: number, body: object = {}, headers: Record<string, string> = {}): void {
    this.#response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
  }

  send(...frames: readonly Frame[]): void {
    this.#start()
    this.#response.write(frames.map(asText).join(''))
  }

  /** The same, byte by byte: through the middle of letters, escapes and frames. */
  async sendInBytes(...frames: readonly Frame[]): Promise<void> {
    this.#start()
    for (const byte of Buffer.from(frames.map(asText).join(''))) {
      await new Promise((resolve) => this.#response.write(Buffer.of(byte), resolve))
    }
  }

  end(): void {
    this.#start()
    this.#response.end()
  }

  /** In the middle of whatever was said. */
  drop(): void {
    this.#response.destroy()
  }

  #start(): void {
    if (!this.#response.headersSent) this.#response.writeHead(200, { 'content-type': 'text/event-stream' })
  }
}

function asText({ event, data }: Frame): string {
  const head = event === undefined ? '' : `event: ${event}\n`
  return `${head}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`
}
