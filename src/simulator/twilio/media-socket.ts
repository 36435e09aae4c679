import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import twilio from 'twilio'
import { WebSocket } from 'ws'
import type { Carrier } from './carrier.ts'

export type MediaSocketOutcome =
  | { readonly ok: true; readonly socket: MediaSocket }
  /** The carrier's code for why the server could not be reached, e.g. 31902 refused, 31920 not answered with 101. */
  | { readonly ok: false; readonly code: number; readonly problem: string }

/** The media WebSocket and the connection below it, which a fault may break. */
export interface MediaSocket {
  readonly webSocket: WebSocket
  /** Breaks the connection without a closing handshake, in the middle of a message if asked. */
  reset(options: { midMessage: boolean }): void
}

const HANDSHAKE_LIMIT_MS = 5000

/**
 * Opens the socket that a `<Stream url>` names, signed over that address exactly as it stands. Gives up when the
 * signal aborts. Never rejects.
 */
export function openMediaSocket(carrier: Carrier, url: string, signal: AbortSignal): Promise<MediaSocketOutcome> {
  if (!/^wss?:\/\//.test(url)) return refuse(31922, `${url} is not a wss:// address`)
  if (url.includes('?')) return refuse(31920, `${url} has a query string, which <Stream> does not carry`)
  const { promise, resolve } = Promise.withResolvers<MediaSocketOutcome>()
  let tcp: Socket | undefined
  const webSocket = new WebSocket(carrier.reach(url), {
    perMessageDeflate: false,
    headers: {
      'X-Twilio-Signature': twilio.getExpectedTwilioSignature(carrier.authToken, url, {}),
      Host: new URL(url).host,
      'User-Agent': 'TwilioMediaStreams/1.0',
    },
    createConnection: () => {
      tcp = connect(new URL(carrier.reach(url)))
      return tcp
    },
  })
  const fail = (code: number, problem: string) => {
    limit[Symbol.dispose]()
    resolve({ ok: false, code, problem })
    webSocket.terminate()
  }
  const onAbort = () => fail(31921, 'the call moved on')
  signal.addEventListener('abort', onAbort, { once: true })
  const onEmulatorClosed = () => webSocket.terminate()
  carrier.signal.addEventListener('abort', onEmulatorClosed, { once: true })
  webSocket.once('close', () => carrier.signal.removeEventListener('abort', onEmulatorClosed))
  const limit = carrier.clock.after(HANDSHAKE_LIMIT_MS, () => fail(31901, `${url} did not answer in 5 s`))
  webSocket.on('unexpected-response', (_, response) => fail(31920, `${url} answered ${response.statusCode}, not 101`))
  webSocket.on('error', (error) => fail(31902, `${url} could not be connected: ${error.message}`))
  webSocket.once('open', () => {
    limit[Symbol.dispose]()
    signal.removeEventListener('abort', onAbort)
    resolve({ ok: true, socket: { webSocket, reset: ({ midMessage }) => tcp && reset(carrier, tcp, midMessage) } })
  })
  return promise
}

function connect({ protocol, hostname: host, port }: URL): Socket {
  if (protocol === 'wss:') return connectTls({ host, port: Number(port || 443), servername: host })
  return connectTcp({ host, port: Number(port || 80) })
}

function refuse(code: number, problem: string): Promise<MediaSocketOutcome> {
  return Promise.resolve({ ok: false, code, problem })
}

function reset(carrier: Carrier, tcp: Socket, midMessage: boolean): void {
  if (!midMessage) return void tcp.resetAndDestroy()
  tcp.write(HALF_A_MESSAGE)
  // A reset overtakes bytes that the peer has not read yet; give it the moment to read half a message.
  carrier.clock.after(20, () => tcp.resetAndDestroy())
}

/** A masked text frame that promises 126 bytes and brings 60. */
const HALF_A_MESSAGE = Buffer.concat([
  Buffer.from([0x81, 0x80 | 126, 0, 126, 0, 0, 0, 0]),
  Buffer.alloc(60, '{"event":"media"'),
])
