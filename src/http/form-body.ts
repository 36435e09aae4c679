import { parse as parseFields } from 'node:querystring'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { HearthlineError } from '../lib/errors.ts'
import type { FormParams } from '../telephony/signature.ts'

/**
 * Reads `application/x-www-form-urlencoded` bodies, and nothing else, in this scope. Blank values and repeated names
 * are kept: both are part of the carrier's signature (RELIABILITY S4).
 */
export function acceptForms(scope: FastifyInstance, bodyLimitBytes: number): void {
  scope.removeAllContentTypeParsers()
  const options = { parseAs: 'string', bodyLimit: bodyLimitBytes } as const
  scope.addContentTypeParser('application/x-www-form-urlencoded', options, (_request, body, done) => {
    done(null, parseFields(String(body)))
  })
}

/** The form of a request; empty when it had no body. */
export function formOf(request: FastifyRequest): FormParams {
  return (request.body ?? {}) as FormParams
}

/** Whether we placed the call a request is about. */
export function isPlaced(request: FastifyRequest): boolean {
  return formOf(request).Direction === 'outbound-api'
}

/**
 * The checked parameters of a request; others are ignored, as the carrier adds some without notice.
 * @throws HearthlineError `bad_request`, which names each parameter and what was expected.
 */
export function parseForm<Schema extends z.ZodType>(schema: Schema, request: FastifyRequest): z.output<Schema> {
  return parse(schema, formOf(request))
}

/** The same for what stands behind an address of ours. */
export function parseQuery<Schema extends z.ZodType>(schema: Schema, request: FastifyRequest): z.output<Schema> {
  return parse(schema, request.query)
}

function parse<Schema extends z.ZodType>(schema: Schema, given: unknown): z.output<Schema> {
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  throw new HearthlineError('bad_request', problems.join('; '))
}

/** Twilio's id of a call. */
export const callSid = z
  .string({ error: 'expected a call SID' })
  .regex(/^CA\w{1,62}$/, { error: 'expected a call SID' })

/** Where a call is, by the carrier's word for it, known to us or not. */
export const callStatusForm = z.object({ CallSid: callSid, CallStatus: z.string().min(1).max(32) })

/** Which telephone of an officer an address is about: `?leg=`. */
export const legQuery = z.object({ leg: z.string().regex(/^leg_\w{1,64}$/, { error: 'expected the id of a leg' }) })

/** Twilio's id of a text: SM, MM with pictures. */
export const messageSid = z
  .string({ error: 'expected a message SID' })
  .regex(/^(SM|MM)\w{1,62}$/, { error: 'expected a message SID' })

/** What the carrier says of a call that comes in. `From` may be `anonymous` or a SIP address: its form is not checked. */
export const incomingCallForm = z.object({
  CallSid: callSid,
  From: z.string().max(256),
  To: z.string().max(256),
  /** Sent when the call carries a signature of its caller id, and then usually. */
  StirVerstat: z.string().max(64).optional(),
})
