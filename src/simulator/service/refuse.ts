import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'

export interface Refusal {
  readonly status: number
  readonly retryAfterSeconds?: number | undefined
  /** Sent as JSON. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** Answers a handshake with anything but 101, and ends its connection. */
export function refuse(stream: Duplex, { status, retryAfterSeconds, body, headers = {} }: Refusal): void {
  const text = body === undefined ? '' : JSON.stringify(body)
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(text)}`,
    ...(retryAfterSeconds === undefined ? [] : [`Retry-After: ${retryAfterSeconds}`]),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ]
  stream.end(`${lines.join('\r\n')}\r\n\r\n${text}`)
}
