import OpenAI from 'openai'
import { z } from 'zod'
import type { Log } from '../../../lib/log.ts'
import { fatalError, openAiFailures } from '../../openai/failures.ts'
import type { Thinker } from '../thinker.ts'
import { ChatReader, describeChat } from './chat-api.ts'
import { fetchOverKeptConnection } from './kept-connections.ts'
import { readAnswer } from './read-answer.ts'
import { describeResponse, ResponsesReader } from './responses-api.ts'
import { ANSWER_LIMIT_MS, type ThinkerSettings } from './settings.ts'
import { thinkerFailures } from './thinker-failures.ts'

export interface OpenAiThinkerOptions {
  readonly apiKey: string
  /** Up to and including the version, such as `https://api.openai.com/v1`; any server of the same wire. */
  readonly baseUrl: string
  readonly model: string
  /** `chat` for servers that know Chat Completions only. */
  readonly api: 'responses' | 'chat'
  readonly settings: ThinkerSettings
  readonly log: Log
}

/** OpenAI's models in text, by Responses or by Chat Completions. */
export function createOpenAiThinker({ apiKey, baseUrl, model, api, settings, log }: OpenAiThinkerOptions): Thinker {
  const client = new OpenAI({
    fetch: fetchOverKeptConnection,
    apiKey,
    baseURL: baseUrl,
    maxRetries: 0,
    timeout: ANSWER_LIMIT_MS,
    // It would print what it cannot read, and take what is not set here from the environment.
    logLevel: 'off',
    organization: null,
    project: null,
  })
  const failures = thinkerFailures({
    id: 'openai',
    name: 'OpenAI',
    errors: OpenAI,
    failures: openAiFailures,
    inAnswer: (error) => fatalError(wireFailure.parse(error)),
    log,
  })
  const ending = { describeFailure: failures.of, describeBreak: failures.unfinished }
  const shared = { model, provider: 'openai' }
  if (api === 'chat') {
    return {
      ...shared,
      name: 'openai chat',
      think: (prompt, { signal }) =>
        readAnswer({
          ...ending,
          signal,
          reader: new ChatReader(model),
          request: (hangUp) =>
            client.chat.completions.create(describeChat(model, settings, prompt), { signal: hangUp }),
        }),
    }
  }
  return {
    ...shared,
    name: 'openai responses',
    think: (prompt, { signal }) =>
      readAnswer({
        ...ending,
        signal,
        reader: new ResponsesReader(model, failures),
        request: (hangUp) => client.responses.create(describeResponse(model, settings, prompt), { signal: hangUp }),
      }),
  }
}

const text = z.string().nullish().catch(undefined)
/** Of an error told in mid-answer, whatever it looks like. */
const wireFailure = z.object({ code: text, type: text, message: text }).catch({ code: null, type: null, message: null })
