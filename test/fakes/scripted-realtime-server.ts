import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isDeepStrictEqual } from 'node:util'
import { type WebSocket, WebSocketServer } from 'ws'
import { createInbox, type Inbox } from './inbox.ts'

export type WireMessage = Record<string, unknown> & { type: string }

export interface Refusal {
  readonly status: number
  readonly headers?: Record<string, string>
  readonly body?: unknown
}

/**
 * A realtime provider that does only what the test says, over a real socket on loopback. Strict: whatever a client
 * sends must be expected, in order; at the end nothing may be left over, neither of the client's nor of the script's.
 */
export class ScriptedRealtimeServer implements AsyncDisposable {
  /** Handshakes seen, refused ones included. */
  attempts = 0
  readonly #http: Server
  readonly #sockets = new WebSocketServer({ noServer: true, autoPong: false })
  readonly #connections: Inbox<ScriptedConnection> = createInbox('a connection')
  readonly #accepted: ScriptedConnection[] = []
  readonly #refusals: Refusal[] = []

  /** Takes every connection at once, in place of `nextConnection`. */
  onConnection: ((connection: ScriptedConnection) => void) | undefined

  /** Answers plain requests with JSON, for providers that are asked for an address first. */
  onRequest: ((url: string, headers: IncomingHttpHeaders) => unknown) | undefined

  private constructor(http: Server) {
    this.#http = http
    http.on('request', (request, response) => {
      this.attempts += 1
      const refusal = this.#refusals.shift() ?? (this.onRequest ? undefined : { status: 404 })
      const { status, headers, body } = refusal ?? {
        status: 200,
        headers: {},
        body: this.onRequest?.(request.url ?? '', request.headers),
      }
      response.writeHead(status, headers).end(JSON.stringify(body ?? {}))
    })
    http.on('upgrade', (request, socket, head) => {
      this.attempts += 1
      const refusal = this.#refusals.shift()
      if (refusal) return void socket.end(httpAnswer(refusal))
      this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
        const connection = new ScriptedConnection(webSocket, request.url ?? '', request.headers)
        this.#accepted.push(connection)
        if (this.onConnection) this.onConnection(connection)
        else this.#connections.put(connection)
      })
    })
  }

  static async start(): Promise<ScriptedRealtimeServer> {
    const http = createServer()
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
    return new ScriptedRealtimeServer(http)
  }

  /** To be given to an engine as its base URL. */
  get url(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}/v1`
  }

  /** Answers the next handshake with plain HTTP. */
  refuseNext(refusal: Refusal): void {
    this.#refusals.push(refusal)
  }

  nextConnection(): Promise<ScriptedConnection> {
    return this.#connections.take()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const leftOver = [
      ...this.#accepted.flatMap((connection) => connection.leftOver),
      ...this.#connections.left.map(() => 'a connection nobody took'),
      ...this.#refusals.map(({ status }) => `a refusal (${status}) nobody met`),
    ]
    for (const connection of this.#accepted) connection.drop()
    this.#http.closeAllConnections()
    await new Promise((resolve) => this.#http.close(resolve))
    if (leftOver.length > 0) throw new Error(`Left over in the script: ${leftOver.join('; ')}`)
  }
}

export class ScriptedConnection {
  readonly url: string
  readonly headers: IncomingHttpHeaders
  /** The code with which the client, or we, closed. */
  readonly closed: Promise<number>
  /** What the client may send at any time without being asked about it. */
  passesOver: ((message: WireMessage) => boolean) | undefined
  readonly #socket: WebSocket
  readonly #inbox: Inbox<WireMessage> = createInbox('a client event')
  #answersPings = true

  constructor(socket: WebSocket, url: string, headers: IncomingHttpHeaders) {
    this.#socket = socket
    this.url = url
    this.headers = headers
    this.closed = new Promise((resolve) => socket.once('close', resolve))
    socket.on('message', (data: Buffer, isBinary) => {
      const message: WireMessage = isBinary ? { type: 'binary', data } : JSON.parse(data.toString())
      if (!this.passesOver?.(message)) this.#inbox.put(message)
    })
    socket.on('ping', (data) => this.#answersPings && socket.pong(data))
    socket.on('error', () => undefined)
  }

  get leftOver(): string[] {
    return this.#inbox.left.map((message) => `unexpected ${JSON.stringify(message).slice(0, 200)}`)
  }

  /**
   * Takes the next client event, which must be of this type (`binary`: its `data`; undefined: without one) and have
   * these fields, in depth.
   */
  async expect(type: string | undefined, fields: Record<string, unknown> = {}): Promise<WireMessage> {
    const message = await this.#inbox.take()
    const actual = Object.fromEntries(Object.keys(fields).map((key) => [key, message[key]]))
    if (message.type !== type || !isDeepStrictEqual(actual, fields)) {
      throw new Error(`Expected ${type} ${JSON.stringify(fields)}, got ${JSON.stringify(message)}`)
    }
    return message
  }

  send(...events: readonly WireMessage[]): void {
    for (const event of events) this.sendRaw(JSON.stringify(event))
  }

  sendRaw(text: string): void {
    this.#socket.send(text)
  }

  /** Resolves when the client has read all we sent, we what it sent because of it, and it our answers to its pings. */
  async settled(): Promise<void> {
    await this.#roundTrip()
    await this.#roundTrip()
  }

  /** Settles, and fails when the client said anything that was not expected. */
  async expectNothing(): Promise<void> {
    await this.settled()
    if (this.leftOver.length > 0) throw new Error(this.leftOver.join('; '))
  }

  /** From now on the socket is open and dead. */
  fallSilent(): void {
    this.#answersPings = false
  }

  /** Reads no more, so that the client's data piles up on its side. */
  stopReading(): void {
    this.#socket.pause()
  }

  close(code?: number, reason = ''): void {
    this.#socket.close(code, reason)
  }

  /** Without a closing handshake: the other side sees 1006. */
  drop(): void {
    this.#socket.terminate()
  }

  async #roundTrip(): Promise<void> {
    const ponged = new Promise((resolve) => this.#socket.once('pong', resolve))
    this.#socket.ping()
    await ponged
  }
}

function httpAnswer({ status, headers = {}, body = {} }: Refusal): string {
  const text = JSON.stringify(body)
  const lines = [`HTTP/1.1 ${status} Refused`, 'Connection: close', `Content-Length: ${Buffer.byteLength(text)}`]
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`)
  return [...lines, '', text].join('\r\n')
}
