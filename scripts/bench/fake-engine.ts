import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { acceptLean, type LeanSocket } from './lean-socket.ts'

/** Stands where OpenAI stands: accepts a socket per call and says whose it is. */
export interface FakeEngine extends AsyncDisposable {
  /** `http://127.0.0.1:<port>/v1` */
  readonly baseUrl: string
}

/** `onSession` gets the key the other side gave as its safety identifier, and the socket, before any message. */
export async function startFakeEngine(onSession: (key: string, socket: LeanSocket) => void): Promise<FakeEngine> {
  const sockets = new Set<Socket>()
  // Also what the server believes to be Twilio's REST interface; nothing that a round needs is there.
  const server = createServer((_request, response) => response.writeHead(404).end('{}'))
  server.on('upgrade', (asked: IncomingMessage, socket: Socket, head: Buffer) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    onSession(String(asked.headers['openai-safety-identifier']), acceptLean(asked, socket, head))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
