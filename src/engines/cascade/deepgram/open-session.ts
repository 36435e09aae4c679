import type { Clock } from '../../../lib/clock.ts'
import type { Log } from '../../../lib/log.ts'
import type { EngineError } from '../../engine.ts'
import type { PassedOver } from '../../wire/message-parser.ts'
import { awaitOpening } from '../../wire/opening.ts'
import { ProviderSocket, type WireMessage } from '../../wire/provider-socket.ts'
import { socketUrl } from '../../wire/socket-url.ts'
import type { Listener, ListenerEvent, ListenerSession } from '../listener.ts'
import { type ControlMessages, DeepgramSession, type Turns } from './deepgram-session.ts'
import { deepgramFailures } from './failures.ts'

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
  readonly createTurns: (emit: (event: ListenerEvent) => void) => Turns<Message>
}

/** Connects, and resolves when Deepgram can hear. */
export async function openSession<Message extends WireMessage>(
  { apiKey, baseUrl, clock, log }: DeepgramOptions,
  { signal, onEvent }: Parameters<Listener['open']>[0],
  { path, query, parse, greeting, control, createTurns }: Opening<Message>,
): Promise<ListenerSession> {
  signal.throwIfAborted()
  const opening = Promise.withResolvers<ListenerSession>()
  const begin = () => {
    // Changes hands before the next message is read: one may follow in the same packet.
    const session = new DeepgramSession<Message>({ connection, createTurns, control, clock, log, onEvent })
    connection.listener = session
    opening.resolve(session)
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
      lost: (error: EngineError) => opening.reject(error),
      expectsEvents: true,
    },
  })
  return await awaitOpening(opening, connection, signal)
}

function addressOf(baseUrl: string, path: string, query: Query): URL {
  const url = socketUrl(baseUrl, path)
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue
    for (const one of Array.isArray(value) ? value : [value]) url.searchParams.append(name, String(one))
  }
  return url
}
