import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { expect, it } from 'vitest'
import { fetchOverKeptConnection } from '../../../../src/engines/cascade/thinkers/kept-connections.ts'

it('asks the next time over the connection of the last, with body, headers and status as they are', async () => {
  const asked: string[] = []
  await using server = await startServer((body, socket) => {
    asked.push(`${body} on ${socket}`)
  })
  for (const body of ['one', 'two']) {
    const answer = await fetchOverKeptConnection(server.url, { method: 'POST', body, headers: { 'X-Key': 'k' } })
    expect([answer.status, answer.headers.get('x-key'), await answer.text()]).toEqual([201, 'k', 'done'])
  }
  expect(asked).toEqual(['one on 1', 'two on 1'])
})

it('asks again when the provider closed the kept connection as it was asked, and only then', async () => {
  let closes = false
  await using server = await startServer((_body, socket) => closes && socket === 1)
  const ask = () => fetchOverKeptConnection(server.url, { method: 'POST', body: 'x' })
  await (await ask()).text()
  closes = true
  expect((await ask()).status).toBe(201)
  await using rude = await startServer(() => true)
  await expect(fetchOverKeptConnection(rude.url, { method: 'POST', body: 'x' })).rejects.toThrow(/hang up|ECONNRESET/)
})

it('gives up when nobody waits any more', async () => {
  await using server = await startServer(() => false)
  await expect(fetchOverKeptConnection(server.url, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i)
})

it('reads no more than any answer can be', async () => {
  await using server = await startServer(() => false, Buffer.alloc(17 * 1024 * 1024))
  const answer = await fetchOverKeptConnection(server.url, { method: 'POST', body: 'x' })
  const readBytes = answer.arrayBuffer().then(({ byteLength }) => byteLength)
  await expect(readBytes).rejects.toThrow('longer than any answer')
})

/** `onAsked`: with the number of the connection; true to close it without an answer. */
async function startServer(onAsked: (body: string, socket: number) => unknown, says: string | Buffer = 'done') {
  const sockets: Socket[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    if (onAsked(body, sockets.indexOf(request.socket) + 1)) request.socket.destroy()
    else response.writeHead(201, { 'X-Key': request.headers['x-key'] ?? '' }).end(says)
  })
  server.on('connection', (socket) => sockets.push(socket))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
