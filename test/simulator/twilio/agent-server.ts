import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'

export const PUBLIC_URL = 'https://agent.example.com'

/** A webhook as it arrived. */
export interface Hook {
  readonly path: string
  readonly method: string
  readonly headers: IncomingHttpHeaders
  readonly params: Record<string, string>
}

export interface MediaMessage {
  readonly event: string
  readonly sequenceNumber?: string
  readonly streamSid?: string
  readonly media?: {
    readonly chunk: string
    readonly timestamp: string
    readonly payload: string
    readonly track: string
  }
  readonly start?: Record<string, unknown>
  readonly mark?: { readonly name: string }
  readonly dtmf?: { readonly digit: string; readonly track: string }
  readonly stop?: Record<string, unknown>
}

/** One media socket, with everything the carrier said on it. */
export interface MediaConnection {
  readonly socket: WebSocket
  readonly headers: IncomingHttpHeaders
  readonly path: string
  readonly messages: MediaMessage[]
  readonly streamSid: string
  /** Cuts the TCP connection as a crashed process does. */
  destroy(): void
  send(message: object): void
  /** Resolves with the first message that fits, from those that came already on. */
  received(fits: (message: MediaMessage) => boolean): Promise<MediaMessage>
}

export type Answer = (hook: Hook, response: ServerResponse) => void

/** A voice agent's server with nothing inside: TwiML by path, media sockets kept for the test. */
export class AgentServer implements AsyncDisposable {
  readonly hooks: Hook[] = []
  readonly connections: MediaConnection[] = []
  /** By path; anything else is answered 404. */
  readonly answers: Record<string, Answer | string> = {}
  /** Called for each new media socket before its first message. */
  onConnection: (connection: MediaConnection) => void = () => {}
  readonly #http = createServer((request, response) => void this.#serve(request, response))
  readonly #webSockets = new WebSocketServer({ noServer: true })
  readonly #waiting = new Set<() => void>()
  port = 0

  static async start(): Promise<AgentServer> {
    const server = new AgentServer()
    server.#http.on('upgrade', (request, socket, head) => server.#upgrade(request, socket as Socket, head))
    await new Promise<void>((resolve) => server.#http.listen(0, '127.0.0.1', resolve))
    server.port = (server.#http.address() as AddressInfo).port
    return server
  }

  /** The public address to this server's real one, as an emulator needs it. */
  readonly reach = (publicUrl: string): string =>
    publicUrl.replace(/^(http|ws)s:\/\/agent\.example\.com/, `$1://127.0.0.1:${this.port}`)

  /** Resolves when the test's wish has come true; looks again whenever something arrived. */
  until<Value>(look: () => Value | undefined | false): Promise<Value> {
    const { promise, resolve } = Promise.withResolvers<Value>()
    const check = () => {
      const found = look()
      if (found === undefined || found === false) return
      this.#waiting.delete(check)
      resolve(found)
    }
    this.#waiting.add(check)
    check()
    return promise
  }

  connection(index = 0): Promise<MediaConnection> {
    return this.until(() => this.connections.find((one, at) => at === index && one.streamSid !== ''))
  }

  hook(path: string, index = 0): Promise<Hook> {
    return this.until(() => this.hooks.filter((hook) => hook.path === path)[index])
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { socket } of this.connections) socket.terminate()
    this.#http.closeAllConnections()
    await new Promise<void>((resolve) => this.#http.close(() => resolve()))
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const params = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()))
    const path = request.url ?? ''
    const hook = { path, method: request.method ?? '', headers: request.headers, params }
    this.hooks.push(hook)
    const answer = this.answers[path]
    if (typeof answer === 'function') answer(hook, response)
    else response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'text/xml' }).end(answer ?? '')
    this.#changed()
  }

  #upgrade(request: IncomingMessage, tcp: Socket, head: Buffer): void {
    this.#webSockets.handleUpgrade(request, tcp, head, (socket) => {
      const messages: MediaMessage[] = []
      const connection: MediaConnection = {
        ...{ socket, messages, headers: request.headers, path: request.url ?? '' },
        get streamSid() {
          return messages.find(({ event }) => event === 'start')?.streamSid ?? ''
        },
        destroy: () => tcp.resetAndDestroy(),
        send: (message) => socket.send(JSON.stringify(message)),
        received: (fits) => this.until(() => messages.find(fits)),
      }
      this.connections.push(connection)
      socket.on('message', (data: Buffer) => {
        messages.push(JSON.parse(data.toString()))
        this.#changed()
      })
      socket.on('close', () => this.#changed())
      socket.on('error', () => {})
      this.onConnection(connection)
    })
  }

  #changed(): void {
    for (const check of this.#waiting) check()
  }
}

export function response(...verbs: string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?><Response>${verbs.join('')}</Response>`
}

export const STREAM = `<Connect><Stream url="wss://agent.example.com/media"/></Connect>`
