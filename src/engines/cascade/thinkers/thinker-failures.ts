import type { Log } from '../../../lib/log.ts'
import { EngineError } from '../../engine.ts'
import { ADVICE, type ProviderFailures } from '../../wire/provider-failures.ts'

type ErrorClass<Instance = Error> = abstract new (...args: never[]) => Instance

/** The error classes both vendors' clients have; the clients' messages are never used, as they quote the provider. */
export interface ClientErrors {
  readonly APIError: ErrorClass<
    Error & { readonly status?: unknown; readonly headers?: unknown; readonly error?: unknown }
  >
  readonly APIConnectionError: ErrorClass
  readonly APIConnectionTimeoutError: ErrorClass
}

export interface ThinkerTerms {
  /** As a breaker knows it. */
  readonly id: string
  /** As people write it. */
  readonly name: string
  readonly errors: ClientErrors
  readonly failures: ProviderFailures
  /** An error told in mid-answer, as the provider's JSON; undefined when its code decides nothing. */
  readonly inAnswer: (error: unknown) => EngineError | undefined
  readonly log: Log
}

/** What a thinker throws, of what its client threw. */
export interface ThinkerFailures {
  of(thrown: unknown): EngineError
  /** An error told in mid-answer, as the provider's JSON. */
  inAnswer(error: unknown): EngineError
  /** The stream ended without a word on how. */
  unfinished(): EngineError
}

export function thinkerFailures({ id, name, errors, failures, inAnswer, log }: ThinkerTerms): ThinkerFailures {
  const broken = (code: string) =>
    new EngineError('dropped', code, `${name} broke off its answer (${code}): ${ADVICE.dropped}.`, { provider: id })
  const told = (error: unknown) => inAnswer(error) ?? broken('answer_failed')
  return {
    of(thrown) {
      if (thrown instanceof EngineError) return thrown
      if (thrown instanceof errors.APIConnectionTimeoutError) return failures.stalled('no_answer')
      // An answer that is no JSON is quoted in the error: without it.
      if (thrown instanceof SyntaxError) return broken('malformed_event')
      if (thrown instanceof errors.APIConnectionError || !(thrown instanceof errors.APIError))
        return failures.socket(thrown instanceof Error ? thrown : new Error('not an error'))
      log.debug({ provider: id, pii: { message: thrown.message } }, 'provider refused an answer')
      if (typeof thrown.status !== 'number') return told(thrown.error)
      const headers = thrown.headers instanceof Headers ? Object.fromEntries(thrown.headers) : {}
      return failures.handshake(thrown.status, headers, JSON.stringify(thrown.error ?? null))
    },
    inAnswer: told,
    unfinished: () => broken('answer_unfinished'),
  }
}
