import { describe, expect, it } from 'vitest'
import { openAiFailures, openingError } from '../../../src/engines/openai/failures.ts'

const MINUTE_MS = 60_000

describe('a socket closed by the provider', () => {
  it.each([
    ['at sixty minutes without a word', 1001, '', 60 * MINUTE_MS, 'expired'],
    ['by expiry, said in words', 1001, 'Your session hit the maximum duration of 60 minutes.', MINUTE_MS, 'expired'],
    ['early, as the server goes away', 1001, '', 30 * MINUTE_MS, 'dropped'],
    ['late, by a crash', 1006, '', 60 * MINUTE_MS, 'dropped'],
    ['over a key', 3000, 'invalid_request_error.invalid_api_key', 0, 'refused'],
    ['over the beta', 4000, 'beta_api_shape_disabled', 0, 'refused'],
    ['over a rate', 1011, 'rate_limit_exceeded', 0, 'limited'],
  ])('%s', (_how, code, reason, ageMs, failure) => {
    expect(openAiFailures.closed(code, reason, ageMs).failure).toBe(failure)
  })
})

describe('an error while a session opens', () => {
  // One passing `server_error` was taken for a wrong key, and every caller was turned away for a minute.
  it.each([
    ['about our settings', { type: 'invalid_request_error', code: 'invalid_value' }, 'refused'],
    ['about a field', { type: 'error', param: 'session.audio' }, 'refused'],
    ['of the server', { type: 'server_error', code: 'internal_error' }, 'dropped'],
    ['without a word', {}, 'dropped'],
  ])('%s', (_about, wire, failure) => {
    expect(openingError(wire).failure).toBe(failure)
  })
})
