import type { Clock } from '../../../lib/clock.ts'
import type { Log } from '../../../lib/log.ts'
import type { EngineError } from '../../engine.ts'
import { ProviderSocket, type WireMessage } from '../../wire/provider-socket.ts'
import type { Listener, ListenerEvent, ListenerSession } from '../listener.ts'
import { type ControlMessages, type Conversation, DeepgramSession } from './deepgram-session.ts'
import { deepgramFailures } from './failures.ts'
import type { PassedOver } from './messages.ts'

/** What both listeners are made with. */
export interface DeepgramOptions {
  readonly apiKey: string
  /** Without the version, such as `https://api.deepgram.com`; http(s) becomes ws(s). */
  readonly baseUrl: string
  readonly clock: Clock
  readonly log: Log
}

/** Undefined values are left out; several of one name repeat it. */
export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>

export interface Opening<Message extends WireMessage> {
  readonly path: 'v1/listen' | 'v2/listen'
  readonly query: Query
  readonly parse: (data: Buffer) => Message | PassedOver
  /** The first message of a session that can hear; undefined where an open socket can. */
  readonly greeting: Message['type'] | undefined
  readonly control: ControlMessages
  readonly createTurns: (emit: (event: ListenerEvent) => void) => Conversation<Message>
}

/** Connects, and resolves when Deepgram can hear. */
export async function openSession<Message extends WireMessage>(
  { apiKey, baseUrl, clock, log }: DeepgramOptions,
  { signal, onEvent }: Parameters<Listener['open']>[0],
  { path, query, parse, greeting, control, createTurns }: Opening<Message>,
): Promise<ListenerSession> {
  signal.throwIfAborted()
  const { promise, resolve, reject } = Promise.withResolvers<ListenerSession>()
  const begin = () => {
    // Changes hands before the next message is read: one may follow in the same packet.
    const session = new DeepgramSession<Message>({ connection, createTurns, control, clock, log, onEvent })
    connection.listener = session
    resolve(session)
  }
  const connection = new ProviderSocket<Message | PassedOver>({
    url: addressOf(baseUrl, path, query),
    headers: { Authorization: `Token ${apiKey}` },
    clock,
    parse,
    failures: deepgramFailures,
    listener: {
      opened: () => greeting === undefined && begin(),
      received: (message) => message.type === greeting && begin(),
      lost: (error: EngineError) => reject(error),
      expectsEvents: true,
    },
  })

  const onAbort = () => reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await promise
  } catch (error) {
    await connection[Symbol.asyncDispose]()
    throw error
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

function addressOf(baseUrl: string, path: string, query: Query): URL {
  const url = new URL(`${baseUrl.replace(/\/+$/, '')}/${path}`)
  url.protocol = url.protocol.replace('http', 'ws')
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue
    for (const one of Array.isArray(value) ? value : [value]) url.searchParams.append(name, String(one))
  }
  return url
}
