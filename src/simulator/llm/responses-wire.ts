import type { Clock } from '../../lib/clock.ts'
import { openAiErrorBody, openAiStatusOf } from './openai-request.ts'
import { parseResponsesRequest } from './responses-request.ts'
import { streamResponse } from './responses-stream.ts'
import { bearerIn, namedFrame, type Wire } from './wire.ts'

/** OpenAI's Responses API (contract 1). */
export function createResponsesWire(clock: Clock): Wire {
  return {
    name: 'responses',
    path: '/v1/responses',
    callIdPrefix: 'call',
    requestIdHeader: 'x-request-id',
    keyIn: bearerIn,
    parse(body) {
      const { request, prompt } = parseResponsesRequest(body)
      return { prompt, stream: (answer) => streamResponse(request, answer, clock) }
    },
    bill: (cache, { blocks }) => cache.billAutomatic(blocks),
    errorBody: openAiErrorBody,
    statusOf: openAiStatusOf,
    unheardOf: namedFrame({ type: 'response.mood.updated' }).text,
    halfAnEvent: 'event: response.output_text.delta\ndata: {"type":"response.output_te\n\n',
  }
}
