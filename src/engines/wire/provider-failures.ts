import type { IncomingHttpHeaders } from 'node:http'
import { EngineError, type EngineFailure } from '../engine.ts'

/** What is particular to one provider about going wrong. */
export interface ProviderTerms {
  /** As a breaker knows it: `openai`, `elevenlabs`, `deepgram`, `anthropic`. */
  readonly id: string
  /** As people write it. */
  readonly name: string
  /** Codes it names in bodies and close reasons, where they decide more than the status does. */
  readonly codes: ReadonlyMap<string, EngineFailure>
  /** What a close of its socket means when no known code is named. `ageMs`: since the socket was opened. */
  readonly closeFailure: (closeCode: number, reason: string, ageMs: number) => EngineFailure
}

/** Turns every way in which a connection fails into what to do next. Messages are our own: a provider's may quote a key. */
export interface ProviderFailures {
  /** Answered a handshake or a request with plain HTTP. */
  handshake(status: number, headers: IncomingHttpHeaders, body: string): EngineError
  /** The connection could not be opened, or broke. */
  socket(cause: Error): EngineError
  closed(closeCode: number, reason: string, ageMs: number): EngineError
  stalled(code: string): EngineError
  /** More broken messages, or errors, than a live provider sends (RELIABILITY F28). */
  flood(code: string): EngineError
}

export const ADVICE = {
  dropped: 'connect again',
  stalled: 'connect again',
  expired: 'open a new session with the talk so far',
  limited: 'wait, or use another engine',
  refused: 'check the API key, the quota, the model and the settings; the same attempt will fail again',
} as const satisfies Record<EngineFailure, string>

export function providerFailures({ id, name, codes, closeFailure }: ProviderTerms): ProviderFailures {
  const make = (failure: EngineFailure, code: string, what: string, options: object = {}) =>
    new EngineError(failure, code, `${what}: ${ADVICE[failure]}.`, { ...options, provider: id })
  const named = (text: string) => [...codes.keys()].find((code) => text.includes(code))
  return {
    handshake(status, headers, body) {
      // Before the status: an exhausted quota also comes as 429, and waiting would not help.
      const code = [...codes.keys()].find((one) => body.includes(`"${one}"`))
      const failure = codes.get(code ?? '') ?? failureOfStatus(status)
      const retryAfterMs = failure === 'limited' ? retryAfter(headers) : undefined
      const what = `${name} answered with HTTP ${status}${code ? ` (${code})` : ''}`
      return make(failure, code ?? `http_${status}`, what, { retryAfterMs })
    },
    socket: (cause) => make('dropped', 'socket_error', `The connection to ${name} failed`, { cause }),
    closed(closeCode, reason, ageMs) {
      const code = named(reason)
      const failure = codes.get(code ?? '') ?? closeFailure(closeCode, reason, ageMs)
      return make(failure, code ?? `closed_${closeCode}`, `${name} closed the socket (${closeCode})`)
    },
    stalled: (code) => make('stalled', code, `${name} is connected but silent (${code})`),
    flood: (code) => make('dropped', code, `${name} sent more than can be right (${code})`),
  }
}

const REFUSING_STATUSES: ReadonlySet<number> = new Set([400, 401, 402, 403, 404, 422])

/** What an HTTP status means where no code says more. */
function failureOfStatus(status: number): EngineFailure {
  if (REFUSING_STATUSES.has(status)) return 'refused'
  return status === 429 ? 'limited' : 'dropped'
}

/** Ms the provider asks us to wait. `retry-after-ms` is OpenAI's; `retry-after` in seconds is everybody's. */
function retryAfter(headers: Readonly<Record<string, string | string[] | undefined>>): number | undefined {
  const ms = Number(headers['retry-after-ms'] ?? Number.NaN)
  const seconds = Number(headers['retry-after'] ?? Number.NaN)
  return Number.isFinite(ms) ? ms : Number.isFinite(seconds) ? seconds * 1000 : undefined
}
