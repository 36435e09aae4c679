import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { Clock } from '../../lib/clock.ts'
import type { Patience } from './connection-override.ts'

export interface HttpRequest {
  readonly method: 'GET' | 'POST'
  /** Where it really goes. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export type HttpOutcome =
  | { readonly type: 'answered'; readonly status: number; readonly location: string | undefined; readonly body: string }
  /** `ct`: no connection; `rt`: a connection, but no whole answer. */
  | { readonly type: 'failed'; readonly failure: 'ct' | 'rt'; readonly detail: string }

/** One request and its answer, with the carrier's two timeouts measured on the given clock. Never rejects. */
export function exchangeHttp(
  request: HttpRequest,
  patience: Pick<Patience, 'connectMs' | 'readMs'>,
  clock: Clock,
  signal?: AbortSignal,
): Promise<HttpOutcome> {
  const { promise, resolve } = Promise.withResolvers<HttpOutcome>()
  const requestIt = request.url.startsWith('https:') ? requestHttps : requestHttp
  // No shared connections: each webhook has a connection of its own, and nothing is left open afterwards.
  const outgoing = requestIt(request.url, { method: request.method, headers: request.headers, agent: false })

  let failure: 'ct' | 'rt' = 'ct'
  let timer = clock.after(patience.connectMs, () => outgoing.destroy(new Error('connect timed out')))
  const finish = (outcome: HttpOutcome) => {
    timer[Symbol.dispose]()
    signal?.removeEventListener('abort', onAbort)
    resolve(outcome)
  }
  const onAbort = () => outgoing.destroy(new Error('the emulator was closed'))
  signal?.addEventListener('abort', onAbort, { once: true })

  outgoing.on('socket', (socket) =>
    socket.once('connect', () => {
      failure = 'rt'
      timer[Symbol.dispose]()
      timer = clock.after(patience.readMs, () => outgoing.destroy(new Error('the answer took too long')))
    }),
  )
  outgoing.on('error', (error) => finish({ type: 'failed', failure, detail: error.message }))
  outgoing.on('response', (response) => {
    const chunks: Buffer[] = []
    response.on('data', (chunk: Buffer) => chunks.push(chunk))
    response.on('error', (error) => finish({ type: 'failed', failure: 'rt', detail: error.message }))
    response.on('end', () => {
      const { statusCode: status = 0, headers } = response
      finish({ type: 'answered', status, location: headers.location, body: Buffer.concat(chunks).toString('utf8') })
    })
  })
  outgoing.end(request.body)
  return promise
}
