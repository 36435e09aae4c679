import { EngineError, type EngineFailure } from '../engine.ts'
import { ADVICE, providerFailures } from '../wire/provider-failures.ts'
import type { WireFailure } from './server-events.ts'

/**
 * Turns what OpenAI says when it will not or cannot go on into what to do next. Messages are our own: the provider's
 * quote parts of the API key, and may quote what a caller said.
 */

const PROVIDER = 'openai'

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
  return new EngineError(kind, code, `OpenAI ended the session with ${code}: ${ADVICE[kind]}.`, {
    retryAfterMs,
    provider: PROVIDER,
  })
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
    return new EngineError('refused', codeOf(failure), message, { provider: PROVIDER })
  }
  const message = `OpenAI could not open a session (${about}): ${ADVICE.dropped}.`
  return new EngineError('dropped', codeOf(failure), message, { provider: PROVIDER })
}

/** Policy violation, and OpenAI's own code for requests it no longer serves. */
const REFUSING_CLOSE_CODES: ReadonlySet<number> = new Set([1008, 4000])

/** A session ends at 60 minutes with 1001; a little sooner, as its clock began before ours. */
const EXPIRY_AGE_MS = 59 * 60_000

/** What the socket says when it will not open or does not stay open. */
export const openAiFailures = providerFailures({
  id: PROVIDER,
  name: 'OpenAI',
  codes: FATAL_CODES,
  closeFailure: (closeCode, reason, ageMs) => {
    if (closeCode === 1001 && (reason.includes('maximum duration') || ageMs >= EXPIRY_AGE_MS)) return 'expired'
    return REFUSING_CLOSE_CODES.has(closeCode) ? 'refused' : 'dropped'
  },
})

/** "Please try again in 1.5s": on a live socket the wait is said in words only. */
function waitNamedIn(message: string): number | undefined {
  const [, amount, unit] = /try again in ([\d.]+)(ms|s)\b/.exec(message) ?? []
  return amount === undefined ? undefined : Math.ceil(Number(amount) * (unit === 's' ? 1000 : 1))
}
