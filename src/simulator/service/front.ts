import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect, createServer, type Server, type Socket } from 'node:net'

export interface Front extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`. */
  readonly baseUrl: string
}

/** A service and the beginning of the paths it answers. */
export interface Route {
  readonly path: string
  readonly baseUrl: string
}

/**
 * One address for several emulated services: a provider has one base address for all it offers. Connections are passed
 * through as they are, misbehaviour included; each goes where its first request belongs.
 */
export async function startFront(routes: readonly Route[]): Promise<Front> {
  const open = new Set<Socket>()
  const server: Server = createServer((client) => {
    open.add(client)
    client.on('close', () => open.delete(client))
    client.on('error', () => client.destroy())
    client.once('data', (head) => passOn(client, head, routes))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      for (const client of open) client.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

function passOn(client: Socket, head: Buffer, routes: readonly Route[]): void {
  const [, path = ''] = /^\S+ (\S+)/.exec(head.toString('latin1')) ?? []
  const route = routes.find((one) => path.startsWith(one.path))
  if (!route) return void client.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  const { hostname, port } = new URL(route.baseUrl)
  const service = connect(Number(port), hostname)
  service.on('error', () => client.destroy())
  service.on('close', () => client.destroy())
  client.on('close', () => service.destroy())
  service.write(head)
  client.pipe(service).pipe(client)
}
