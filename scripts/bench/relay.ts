import { createServer } from 'node:http'
import { WebSocket, WebSocketServer } from 'ws'

/**
 * What the server is measured against: the least that can stand between a carrier and an engine with `ws`. Two sockets
 * a call; every message goes on as it came. No parsing, no recording, no ledger, no marks.
 *
 * Started with the engine's address as its argument. The last part of the media path is the key of the call.
 */
const [engineUrl = ''] = process.argv.slice(2)

const OPTIONS = { perMessageDeflate: false, maxPayload: 1024 * 1024 }

const server = createServer((_request, response) => response.end('alive'))

new WebSocketServer({ ...OPTIONS, server }).on('connection', (carrier, request) => {
  const key = request.url?.split('/').at(-1) ?? ''
  const engine = new WebSocket(engineUrl, { ...OPTIONS, headers: { 'OpenAI-Safety-Identifier': key } })
  const waiting: Buffer[] = []

  engine.on('open', () => {
    for (const message of waiting.splice(0)) engine.send(message, { binary: false })
  })
  carrier.on('message', (message: Buffer) => {
    if (engine.readyState === WebSocket.OPEN) engine.send(message, { binary: false })
    else waiting.push(message)
  })
  engine.on('message', (message: Buffer) => carrier.send(message, { binary: false }))
  carrier.on('close', () => engine.close())
  engine.on('close', () => carrier.close())
  carrier.on('error', () => engine.terminate())
  engine.on('error', () => carrier.terminate())
})

server.listen(Number(process.env.PORT), '127.0.0.1')
