import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { acceptLean, type LeanSocket } from '../lean-socket.ts'
import { TagScanner } from '../tag.ts'
import type { CascadeCall } from './cascade-call.ts'

/** Deepgram, OpenAI and ElevenLabs behind one port. Each finds out whose call it serves by what it is given. */
export interface FakeProviders extends AsyncDisposable {
  /** `http://127.0.0.1:<port>/v1` */
  readonly baseUrl: string
  /** Connections over which answers were asked for so far. */
  readonly thinkerConnections: number
}

export interface FakeProvidersOptions {
  readonly callOf: (call: number) => CascadeCall | undefined
  /** By the key that the thinker is given with each request. */
  readonly callOfKey: (key: string) => CascadeCall | undefined
  /** A listener has heard of its call. */
  readonly onListener: (call: number, socket: LeanSocket) => void
}

export async function startFakeProviders(options: FakeProvidersOptions): Promise<FakeProviders> {
  const sockets = new Set<Socket>()
  const thinkers = new WeakSet<Socket>()
  let thinkerConnections = 0
  // Also what the server believes to be Twilio's REST interface; nothing that a round needs is there.
  const server = createServer((request, response) => {
    if (!request.url?.endsWith('/responses')) return response.writeHead(404).end('{}')
    if (!thinkers.has(request.socket)) thinkerConnections++
    thinkers.add(request.socket)
    return think(request, response, options)
  })
  // A provider does not say how long it keeps a connection.
  server.keepAliveTimeout = 0
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  server.on('upgrade', (asked: IncomingMessage, socket: Socket, head: Buffer) => {
    const accepted = acceptLean(asked, socket, head)
    if (asked.url?.includes('/listen')) listen(accepted, options)
    else speak(accepted, options)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    get thinkerConnections() {
      return thinkerConnections
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The caller's frames say which call they are of. */
function listen(socket: LeanSocket, { callOf, onListener }: FakeProvidersOptions): void {
  let call: CascadeCall | undefined
  const scanner = new TagScanner()
  socket.onBinary = (samples) => {
    if (!call) {
      scanner.scan(samples, (tag) => {
        call = callOf(tag.call)
        call?.listenOn(socket)
        onListener(tag.call, socket)
      })
    }
    call?.hear(samples)
  }
  socket.sendText(Buffer.from('{"type":"Connected","request_id":"bench","sequence_id":0}'))
}

function think(request: IncomingMessage, response: ServerResponse, { callOfKey }: FakeProvidersOptions): void {
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => parts.push(part))
  request.on('end', () => {
    const [, key = ''] = /"safety_identifier":"([^"]+)"/.exec(Buffer.concat(parts).toString('latin1')) ?? []
    callOfKey(key)?.think(response)
  })
}

/** The words to be spoken name the call. */
function speak(socket: LeanSocket, { callOf }: FakeProvidersOptions): void {
  let call: CascadeCall | undefined
  socket.onText = (message) => {
    const { text = '', context_id: contextId, close_context: ends = false } = JSON.parse(message.toString())
    const named = /caller (\d+)/.exec(text)?.[1]
    if (named !== undefined) call ??= callOf(Number(named))
    call?.speak(socket, { contextId, text: text.trim() === '' ? '' : text, ends })
  }
}
