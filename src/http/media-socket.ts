import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { PlacedCall } from '../call/outbound/placed-call.ts'
import type { Clock } from '../lib/clock.ts'
import { messageOf } from '../lib/errors.ts'
import type { Log } from '../lib/log.ts'
import { createCallControl } from '../telephony/call-control.ts'
import type { LineListener, PhoneLine } from '../telephony/line.ts'
import type { SignatureCheck } from '../telephony/signature.ts'
import { awaitStart, type StreamStart } from '../telephony/stream-start.ts'
import { nobodyFreeTwiml } from '../telephony/transfer-twiml.ts'
import type { Carrier } from '../telephony/twilio-carrier.ts'
import { TwilioLine, type TwilioLineOptions } from '../telephony/twilio-line.ts'
import { signatureOf } from './carrier-signature.ts'
import { type CarrierTerms, carrierPaths } from './carrier-terms.ts'

/** What the media socket asks of the calls. */
export interface MediaSwitchboard {
  /** The call the one-use token stands for, if it is this carrier call; undefined: refuse. */
  claim(token: string, carrierCallId: string): ClaimedCall | undefined
}

export interface ClaimedCall {
  /** `outbound` stands in a call that we placed. */
  readonly call: { readonly outbound?: PlacedCall | undefined }
  connect(openLine: (onEvent: LineListener) => PhoneLine): void
}

export interface MediaServices {
  readonly switchboard: MediaSwitchboard
  /** Undefined: upgrades are believed. Only ever in a rehearsal (RELIABILITY S5). */
  readonly signatures: Pick<SignatureCheck, 'upgrade'> | undefined
  readonly carrier: Carrier
  readonly terms: CarrierTerms
  readonly clock: Clock
  readonly log: Log
}

/** A socket that has not said which call it carries by then is closed (RELIABILITY S6). */
const START_TIMEOUT_MS = 5_000
const POLICY_VIOLATION = 1008
const INTERNAL_ERROR = 1011

/**
 * The WebSocket of a call's audio: signed before the upgrade (S2), and nothing is contacted for it until its token is
 * found good (S6).
 */
export function registerMediaSocket(server: FastifyInstance, services: MediaServices): void {
  const { signatures, clock, log } = services
  const believeOnlyCarrier = async (request: FastifyRequest, reply: FastifyReply) => {
    const isGenuine = signatures?.upgrade(request.raw.url ?? '', signatureOf(request)) ?? true
    if (!isGenuine) return reply.code(403).send()
  }
  server.get(carrierPaths.media, { websocket: true, preValidation: believeOnlyCarrier }, (socket, { raw }) => {
    awaitStart(socket, {
      clock,
      timeoutMs: START_TIMEOUT_MS,
      onStart: (start) => connect({ socket, transport: raw.socket }, start, services),
      onRefused: (reason) => log.warn({ reason }, 'media socket refused'),
    })
  })
}

/** Runs within the handler of the `start` message, or the first frames would be lost. */
function connect(
  wire: Pick<TwilioLineOptions, 'socket' | 'transport'>,
  start: StreamStart,
  services: MediaServices,
): void {
  const { switchboard, carrier, terms, clock, log } = services
  const { callSid } = start
  const session = switchboard.claim(start.customParameters.token ?? '', callSid)
  if (!session) {
    log.warn({ callSid }, 'media socket refused: no such token for this call')
    wire.socket.close(POLICY_VIOLATION)
    return
  }
  const insteadOfMessage = session.call.outbound && nobodyFreeTwiml()
  const control = createCallControl({ carrier, callSid, terms: { ...terms, insteadOfMessage } })
  try {
    session.connect((onEvent) => new TwilioLine({ ...wire, start, carrier: control, clock, log, onEvent }))
  } catch (error) {
    // Out of a socket's handler it would reach the process. Closed, the carrier asks to resume the call.
    log.error({ callSid, error: messageOf(error) }, 'call could not take its media socket')
    wire.socket.close(INTERNAL_ERROR)
  }
}
