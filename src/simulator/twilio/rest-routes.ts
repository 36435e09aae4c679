import type { FastifyReply } from 'fastify'
import { describeError } from './rest-resources.ts'

/** Where the resources of version 2010 live. */
export const ACCOUNT = '/2010-04-01/Accounts/:accountSid'

/** Answers with the carrier's error body. */
export function refuse(reply: FastifyReply, status: number, code: number, message: string): FastifyReply {
  return reply.code(status).send(describeError(status, code, message))
}
