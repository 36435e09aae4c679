import type { IncomingHttpHeaders } from 'node:http'
import { EngineError, type EngineFailure } from '../engine.ts'
import type { WireFailure } from './server-events.ts'

/**
 * Turns what OpenAI says when it will not or cannot go on into what to do next. Messages are our own: the provider's
 * quote parts of the API key, and may quote what a caller said.
 */

/** Codes that end a session; any other code leaves it alive. Repeating a refused attempt is useless or harmful. */
const FATAL_CODES: ReadonlyMap<string, EngineFailure> = new Map([
  ['insufficient_quota', 'refused'],
  ['invalid_api_key', 'refused'],
  ['account_deactivated', 'refused'],
  ['billing_hard_limit_reached', 'refused'],
  ['model_not_found', 'refused'],
  ['beta_api_shape_disabled', 'refused'],
  ['rate_limit_exceeded', 'limited'],
  ['session_expired', 'expired'],
])

/** An `error` event or a failed response that ends the session, or undefined when the session survives it. */
export function fatalError(failure: WireFailure): EngineError | undefined {
  const code = [failure.code, failure.type].find((name) => name && FATAL_CODES.has(name))
  const kind = FATAL_CODES.get(code ?? '')
  if (!code || !kind) return undefined
  const retryAfterMs = kind === 'limited' ? waitNamedIn(failure.message ?? '') : undefined
  return new EngineError(kind, code, `OpenAI ended the session with ${code}: ${ADVICE[kind]}.`, { retryAfterMs })
}

/** The code by which a failure is known; providers leave it out now and then. */
export function codeOf(failure: WireFailure | null | undefined): string {
  return failure?.code ?? failure?.type ?? 'unknown_error'
}

/** What may be recorded of a failure: the kind and the field it is about, not the provider's words. */
export function describeFailure(failure: WireFailure | null | undefined): string {
  return [failure?.type ?? 'error', ...(failure?.param ? [`about ${failure.param}`] : [])].join(' ')
}

/**
 * An `error` before the session was ready. When it is about what we sent, another attempt would send the same; anything
 * else is the provider's own trouble, which the next attempt may not meet.
 */
export function openingError(failure: WireFailure): EngineError {
  const about = describeFailure(failure)
  if (failure.type === 'invalid_request_error' || failure.param) {
    const message = `OpenAI did not take the session's settings (${about}): correct them.`
    return new EngineError('refused', codeOf(failure), message)
  }
  return new EngineError('dropped', codeOf(failure), `OpenAI could not open a session (${about}): ${ADVICE.dropped}.`)
}

/** The server answered the WebSocket handshake with plain HTTP. */
export function handshakeError(status: number, headers: IncomingHttpHeaders, body: string): EngineError {
  const code = [...FATAL_CODES.keys()].find((name) => body.includes(`"${name}"`))
  const kind = handshakeFailure(status, code)
  const message = `OpenAI answered the connection with HTTP ${status}${code ? ` (${code})` : ''}: ${ADVICE[kind]}.`
  const retryAfterMs = kind === 'limited' ? retryAfter(headers) : undefined
  return new EngineError(kind, code ?? `http_${status}`, message, { retryAfterMs })
}

/** The socket could not be opened, or broke. */
export function socketError(cause: Error): EngineError {
  return new EngineError('dropped', 'socket_error', `The connection to OpenAI failed: ${ADVICE.dropped}.`, { cause })
}

/** The socket was closed by the other side. `ageMs` is the time since it was opened. */
export function closeError(closeCode: number, reason: string, ageMs: number): EngineError {
  const named = [...FATAL_CODES.keys()].find((name) => reason.includes(name))
  const kind = FATAL_CODES.get(named ?? '') ?? closeFailure(closeCode, reason, ageMs)
  return new EngineError(
    kind,
    named ?? `closed_${closeCode}`,
    `OpenAI closed the socket (${closeCode}): ${ADVICE[kind]}.`,
  )
}

export function stalledError(code: string): EngineError {
  return new EngineError('stalled', code, `OpenAI is connected but silent (${code}): ${ADVICE.stalled}.`)
}

/** More broken messages, or errors, than a live provider sends (RELIABILITY F28). */
export function floodError(code: 'malformed_flood' | 'error_flood'): EngineError {
  return new EngineError('dropped', code, `OpenAI sent more than can be right (${code}): ${ADVICE.dropped}.`)
}

const ADVICE = {
  dropped: 'connect again',
  stalled: 'connect again',
  expired: 'open a new session with the talk so far',
  limited: 'wait, or use another engine',
  refused: 'check the API key, the quota, the model and the settings; the same attempt will fail again',
} as const satisfies Record<EngineFailure, string>

const REFUSING_STATUSES: ReadonlySet<number> = new Set([401, 403, 404])

function handshakeFailure(status: number, code: string | undefined): EngineFailure {
  // Before the status: an exhausted quota also comes as 429, and waiting would not help.
  const known = FATAL_CODES.get(code ?? '')
  if (known) return known
  if (REFUSING_STATUSES.has(status)) return 'refused'
  return status === 429 ? 'limited' : 'dropped'
}

/** Policy violation, and OpenAI's own code for requests it no longer serves. */
const REFUSING_CLOSE_CODES: ReadonlySet<number> = new Set([1008, 4000])

/** A session ends at 60 minutes with 1001; a little sooner, as its clock began before ours. */
const EXPIRY_AGE_MS = 59 * 60_000

function closeFailure(closeCode: number, reason: string, ageMs: number): EngineFailure {
  if (closeCode === 1001 && (reason.includes('maximum duration') || ageMs >= EXPIRY_AGE_MS)) return 'expired'
  return REFUSING_CLOSE_CODES.has(closeCode) ? 'refused' : 'dropped'
}

/** `retry-after-ms` is OpenAI's; `retry-after` in seconds is everybody's. A date there is treated as not said. */
function retryAfter(headers: IncomingHttpHeaders): number | undefined {
  const ms = Number(headers['retry-after-ms'] ?? Number.NaN)
  const seconds = Number(headers['retry-after'] ?? Number.NaN)
  return Number.isFinite(ms) ? ms : Number.isFinite(seconds) ? seconds * 1000 : undefined
}

/** "Please try again in 1.5s": on a live socket the wait is said in words only. */
function waitNamedIn(message: string): number | undefined {
  const [, amount, unit] = /try again in ([\d.]+)(ms|s)\b/.exec(message) ?? []
  return amount === undefined ? undefined : Math.ceil(Number(amount) * (unit === 's' ? 1000 : 1))
}
