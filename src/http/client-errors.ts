import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { ConnectionError } from 'fastify'
import type { Log } from '../lib/log.ts'

/** What a request that could not be read is answered with, by the error's code. */
const ANSWERS: Readonly<Record<string, { readonly status: number; readonly message: string }>> = {
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, message: 'Client Timeout' },
  HPE_HEADER_OVERFLOW: { status: 431, message: 'Exceeded maximum allowed HTTP header size' },
}
const BAD_REQUEST = { status: 400, message: 'Client Error' }

/**
 * Answers requests that are no HTTP as Fastify itself would. Fastify logs the whole error, and with it the raw bytes
 * of the request, which may hold a caller's number or a signature; here only the code is logged.
 */
export function answerClientErrors(log: Log): (error: ConnectionError, socket: Socket) => void {
  return (error, socket) => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return
    log.debug({ code: error.code }, 'unreadable request')
    if (socket.writable) socket.write(answerTo(error.code))
    socket.destroy(error)
  }
}

function answerTo(code: string): string {
  const { status, message } = ANSWERS[code] ?? BAD_REQUEST
  const reason = STATUS_CODES[status]
  const body = JSON.stringify({ error: reason, message, statusCode: status })
  const head = [`HTTP/1.1 ${status} ${reason}`, `Content-Length: ${body.length}`, 'Content-Type: application/json']
  return `${head.join('\r\n')}\r\n\r\n${body}`
}
