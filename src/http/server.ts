import websocket from '@fastify/websocket'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import type { Config } from '../config/schema.ts'
import { createId } from '../lib/ids.ts'
import type { Log } from '../lib/log.ts'
import { createSignatureCheck } from '../telephony/signature.ts'
import type { CarrierTerms } from './carrier-terms.ts'
import { answerClientErrors } from './client-errors.ts'
import { answerErrors } from './errors.ts'
import { type MediaServices, registerMediaSocket } from './media-socket.ts'
import { type HealthServices, registerHealth } from './routes/health.ts'
import { type OfficerCalendarServices, officerCalendarRoute } from './routes/officer-calendar.ts'
import type { WebhookServices } from './webhook-services.ts'
import { registerWebhooks } from './webhooks.ts'

/** What the switchboard must offer to be reached by telephone. */
export type HttpSwitchboard = WebhookServices['switchboard'] &
  MediaServices['switchboard'] &
  HealthServices['switchboard']

export interface ServerOptions
  extends Pick<
      WebhookServices,
      'rescue' | 'officerLegs' | 'transferNews' | 'messageLeft' | 'outbound' | 'texts' | 'metrics' | 'clock'
    >,
    Pick<MediaServices, 'carrier'>,
    Pick<HealthServices, 'isDatabaseReady'>,
    OfficerCalendarServices {
  readonly config: Pick<Config, 'http' | 'twilio'>
  readonly switchboard: HttpSwitchboard
  readonly terms: CarrierTerms
  readonly log: Log
  /** How long a client may take to send its headers, and its whole request, in ms. */
  readonly timeouts?: { readonly headersMs: number; readonly requestMs: number }
}

/** A slow sender gets 408 and lets go of its connection (RELIABILITY 2.3, S31). */
const TIMEOUTS = { headersMs: 10_000, requestMs: 15_000 }
const TIMEOUT_CHECK_MS = 1_000

/** For the API. The carrier's webhooks have a lower limit of their own. */
const BODY_LIMIT_BYTES = 1024 * 1024

const SOCKET_OPTIONS = {
  /** A media message is under 1 KB; more than this closes the socket with 1009 (F28). */
  maxPayload: 64 * 1024,
  perMessageDeflate: false,
  /** Ms until a peer that does not answer our close is dropped. Missing in the types of ws. */
  closeTimeout: 5_000,
}

/**
 * The HTTP side: carrier webhooks, media socket, calendars of officers, health. It does not listen yet. `close()` takes
 * no new connections and waits for the open ones: it never hangs up a live call, so end the calls first.
 */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { config, log, timeouts = TIMEOUTS } = options
  const server = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => createId('req'),
    // Trusting a proxy would also trust its X-Forwarded-Host (RELIABILITY 2.3).
    trustProxy: false,
    bodyLimit: BODY_LIMIT_BYTES,
    clientErrorHandler: answerClientErrors(log),
    requestTimeout: timeouts.requestMs,
    http: { headersTimeout: timeouts.headersMs, connectionsCheckingInterval: TIMEOUT_CHECK_MS },
  })
  protectPages(server, config.http.publicUrl)
  answerErrors(server)
  await acceptSockets(server)

  registerHealth(server, options)
  officerCalendarRoute(server, options)
  await registerWebhooks(server, {
    ...options,
    signatures: signatureCheck(config.twilio, config.http.publicUrl),
    instanceSignatures: signatureCheck(config.twilio, config.http.instanceUrl),
    carrierBaseUrl: config.twilio.baseUrl,
  })
  registerMediaSocket(server, { ...options, signatures: signatureCheck(config.twilio, config.http.instanceUrl) })
  return server
}

function signatureCheck({ signingTokens, validateSignatures }: Config['twilio'], publicUrl: string) {
  return validateSignatures ? createSignatureCheck({ authTokens: signingTokens, publicUrl }) : undefined
}

async function acceptSockets(server: FastifyInstance): Promise<void> {
  await server.register(websocket, {
    options: SOCKET_OPTIONS,
    // The plugin's own would close every socket, and with it every live call (RELIABILITY 2.3).
    preClose: (done) => done(),
    // ws closes a broken socket itself, with the right code; the plugin's own handler would cut that short.
    errorHandler: (error, _socket, request) => request.log.warn({ error: error.message }, 'socket failed'),
  })
}

/** Headers for whatever a browser may open here (RELIABILITY S23). */
function protectPages(server: FastifyInstance, publicUrl: string): void {
  const headers: Record<string, string> = {
    'content-security-policy': "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  }
  if (publicUrl.startsWith('https:')) headers['strict-transport-security'] = 'max-age=31536000'
  server.addHook('onRequest', async (request, reply) => {
    reply.headers({ ...headers, 'x-request-id': request.id })
  })
}
