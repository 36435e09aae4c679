import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Clock } from '../../lib/clock.ts'
import type { Connection, Strike } from './emulated-service.ts'
import { type Fault, Faults } from './faults.ts'
import { FragileSocket } from './fragile-socket.ts'
import { type Refusal, refuse } from './refuse.ts'

/** A client that was let in. */
export interface Opened {
  /** To send by. */
  readonly fragile: FragileSocket
  /** To listen to. */
  readonly socket: WebSocket
  readonly request: IncomingMessage
  readonly url: URL
}

export interface SocketServiceOptions<Details extends object> {
  readonly clock: Clock
  readonly faults?: readonly Fault[] | undefined
  /** The service's own reasons to turn a handshake away; undefined lets it in. */
  readonly refusal: (request: IncomingMessage, url: URL) => Refusal | undefined
  /** How the service words a refusal that a fault or a strike asks for. */
  readonly worded: (refusal: Refusal) => Refusal
  /** What the connection log keeps of a handshake besides its time and status. */
  readonly describe: (request: IncomingMessage, url: URL) => Details
  readonly onOpened: (opened: Opened) => void
  /** Plain HTTP; without it every request gets a 404. */
  readonly onRequest?: (request: IncomingMessage, response: ServerResponse) => void
  readonly largestMessageBytes?: number
}

const LARGEST_MESSAGE_BYTES = 1024 * 1024

/** The wire of an emulated service: a free loopback port, its sockets, the log of who came, and misbehaviour. */
export class SocketService<Details extends object> implements AsyncDisposable {
  readonly connections: (Connection & Details)[] = []
  readonly #options: SocketServiceOptions<Details>
  readonly #http: Server
  readonly #sockets: WebSocketServer
  readonly #live = new Set<FragileSocket>()
  #limited = false

  constructor(options: SocketServiceOptions<Details>) {
    const { largestMessageBytes = LARGEST_MESSAGE_BYTES } = options
    this.#options = options
    this.#sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: largestMessageBytes })
    this.#http = createServer(options.onRequest ?? ((_, response) => response.writeHead(404).end()))
    this.#http.on('upgrade', (request, stream, head) => this.#onUpgrade(request, stream, head))
  }

  /** `http://127.0.0.1:<port>`. */
  get origin(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`
  }

  async listen(): Promise<void> {
    this.#http.listen(0, '127.0.0.1')
    await once(this.#http, 'listening')
  }

  strike(how: Strike): void {
    if (how === 'limit' || how === 'recover') this.#limited = how === 'limit'
    else
      for (const socket of this.#live) {
        if (how === 'garbage') socket.garbage()
        else socket.break(how)
      }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate()
    this.#http.closeAllConnections()
    this.#http.close()
    await once(this.#http, 'close')
  }

  #onUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    // A client that goes away while it is refused is no news.
    stream.on('error', () => {})
    const { clock, describe, onOpened } = this.#options
    const url = new URL(request.url ?? '/', 'http://localhost')
    const faults = new Faults(this.#options.faults ?? [], this.connections.length + 1)
    const refusal = this.#refusal(request, url, faults)
    const status = refusal?.status ?? 101
    this.connections.push({ ...describe(request, url), atMs: clock.monotonicMs(), status })
    if (refusal) refuse(stream, refusal)
    else
      this.#sockets.handleUpgrade(request, stream, head, (socket) => {
        const fragile = new FragileSocket({ socket, stream, clock, faults })
        this.#live.add(fragile)
        socket.on('close', () => {
          this.#live.delete(fragile)
          fragile[Symbol.dispose]()
        })
        onOpened({ fragile, socket, request, url })
      })
  }

  #refusal(request: IncomingMessage, url: URL, faults: Faults): Refusal | undefined {
    const { refusal, worded } = this.#options
    const asked = this.#limited ? { status: 429 } : faults.find('refuse connection')
    return refusal(request, url) ?? (asked && worded(asked))
  }
}
