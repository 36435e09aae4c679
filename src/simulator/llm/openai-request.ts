import { z } from 'zod'
import { plainestIssue } from './plainest-issue.ts'
import { RequestRefused } from './prompt.ts'

/** Parameters both OpenAI wires know and mean the same by. */
export const sharedParameters = {
  model: z.string().min(1),
  // Only streams are emulated; whoever forgets `stream` would wait for the whole answer.
  stream: z.literal(true),
  parallel_tool_calls: z.boolean().nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
  prompt_cache_key: z.string().max(64).nullish(),
  prompt_cache_options: z
    .strictObject({ mode: z.enum(['implicit', 'explicit']).optional(), ttl: z.enum(['30m', '12h']).optional() })
    .optional(),
  prompt_cache_retention: z.enum(['in_memory', '24h']).nullish(),
  safety_identifier: z.string().max(64).nullish(),
  service_tier: z.enum(['auto', 'default', 'flex', 'scale', 'priority', 'fast']).nullish(),
  store: z.boolean().nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  user: z.string().optional(),
}

export const toolName = z.string().regex(/^[\w-]{1,64}$/)

export const reasoningEffort = z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh'])

/** A function the model may ask for, without the envelope in which the two wires differ. */
export const functionParameters = {
  name: toolName,
  description: z.string().nullish(),
  parameters: z.record(z.string(), z.unknown()).nullish(),
  strict: z.boolean().nullish(),
}

/** @throws RequestRefused in the service's words for the first thing that is wrong. */
export function parseRequest<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const issue = plainestIssue(parsed.error.issues)
  const path = issue?.path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('') ?? ''
  const where = path.replace(/^\./, '')
  if (issue?.code === 'unrecognized_keys')
    throw new RequestRefused(`Unknown parameter: '${[where, issue.keys[0]].filter(Boolean).join('.')}'.`)
  throw new RequestRefused(`Invalid value for '${where}': ${issue?.message}.`)
}

/** @throws RequestRefused for a tool that asks for strict arguments and whose schema leaves anything open. */
export function checkStrictTools(
  tools: readonly { name: string; parameters?: unknown; strict?: boolean | null | undefined }[],
): void {
  for (const { name, parameters, strict } of tools) {
    const problem = strict ? openSchema(parameters) : undefined
    if (problem) throw new RequestRefused(`Invalid schema for function '${name}': ${problem}`)
  }
}

/** Why a JSON Schema is not strict; undefined when it is. */
function openSchema(schema: unknown): string | undefined {
  if (typeof schema !== 'object' || schema === null) return undefined
  const { type, properties = {}, required, additionalProperties } = schema as Record<string, unknown>
  if (type === 'object') {
    if (additionalProperties !== false) return "'additionalProperties' is required to be supplied and to be false."
    const keys = Object.keys(properties as object)
    if (!Array.isArray(required) || keys.some((key) => !required.includes(key)))
      return "'required' is required to be supplied and to be an array including every key in properties."
  }
  for (const part of Object.values(schema)) {
    const problem = openSchema(part)
    if (problem) return problem
  }
  return undefined
}

/** `{"error":{"message","type","param","code"}}` (contract 2). */
export function openAiErrorBody(status: number, message: string): object {
  const codes: Readonly<Record<number, string>> = {
    401: 'invalid_api_key',
    403: 'unsupported_country_region_territory',
    429: 'rate_limit_exceeded',
  }
  const type = status >= 500 ? 'server_error' : status === 429 ? 'requests' : 'invalid_request_error'
  return { error: { message, type, param: null, code: codes[status] ?? null } }
}

/** Quota and rate limits are refused at the door; other failures come in the stream. */
export function openAiStatusOf(failureCode: string): number | undefined {
  return failureCode === 'rate_limit_exceeded' || failureCode === 'insufficient_quota' ? 429 : undefined
}
