import Anthropic from '@anthropic-ai/sdk'
import { z } from 'zod'
import type { Log } from '../../../lib/log.ts'
import { EngineError, type EngineFailure } from '../../engine.ts'
import { ADVICE, providerFailures } from '../../wire/provider-failures.ts'
import type { Thinker } from '../thinker.ts'
import { fetchOverKeptConnection } from './kept-connections.ts'
import { describeMessages } from './messages-prompt.ts'
import { MessagesReader } from './messages-reader.ts'
import { readAnswer } from './read-answer.ts'
import { ANSWER_LIMIT_MS, type ThinkerSettings } from './settings.ts'
import { thinkerFailures } from './thinker-failures.ts'

export interface AnthropicThinkerOptions {
  readonly apiKey: string
  /** Without the version, such as `https://api.anthropic.com`. */
  readonly baseUrl: string
  readonly model: string
  readonly settings: ThinkerSettings
  readonly log: Log
}

/** Anthropic's models, by Messages. */
export function createAnthropicThinker({ apiKey, baseUrl, model, settings, log }: AnthropicThinkerOptions): Thinker {
  const client = new Anthropic({
    fetch: fetchOverKeptConnection,
    apiKey,
    baseURL: baseUrl,
    maxRetries: 0,
    timeout: ANSWER_LIMIT_MS,
    // It would print what it cannot read, and take what is not set here from the environment.
    logLevel: 'off',
    authToken: null,
  })
  const { of: describeFailure, unfinished: describeBreak } = thinkerFailures({
    id: PROVIDER,
    name: 'Anthropic',
    errors: Anthropic,
    failures: anthropicFailures,
    inAnswer: errorInAnswer,
    log,
  })
  return {
    name: 'anthropic',
    model,
    provider: PROVIDER,
    think: (prompt, { signal }) =>
      readAnswer({
        signal,
        describeFailure,
        describeBreak,
        reader: new MessagesReader(model),
        request: (hangUp) => client.messages.create(describeMessages(model, settings, prompt), { signal: hangUp }),
      }),
  }
}

const PROVIDER = 'anthropic'

/** Types of its errors (contract llm-streaming, section 4); they come with a status, or alone in mid-answer. */
const CODES: ReadonlyMap<string, EngineFailure> = new Map([
  ['authentication_error', 'refused'],
  ['billing_error', 'refused'],
  ['permission_error', 'refused'],
  ['not_found_error', 'refused'],
  ['invalid_request_error', 'refused'],
  ['rate_limit_error', 'limited'],
  ['timeout_error', 'dropped'],
  ['api_error', 'dropped'],
  ['overloaded_error', 'dropped'],
])

const anthropicFailures = providerFailures({
  id: PROVIDER,
  name: 'Anthropic',
  codes: CODES,
  // It has no sockets.
  closeFailure: () => 'dropped',
})

const errorBody = z.object({ error: z.object({ type: z.string() }) })

function errorInAnswer(body: unknown): EngineError | undefined {
  const code = errorBody.safeParse(body).data?.error.type ?? ''
  const failure = CODES.get(code)
  if (!failure) return undefined
  const message = `Anthropic broke off its answer (${code}): ${ADVICE[failure]}.`
  return new EngineError(failure, code, message, { provider: PROVIDER })
}
