import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { HearthlineError, messageOf } from '../lib/errors.ts'

/**
 * Answers what went wrong with a code, words and the id of the request: never a stack, and nothing of our inside
 * (RELIABILITY S23). What is our fault goes to the log under the same id.
 */
export function answerErrors(server: FastifyInstance): void {
  server.setNotFoundHandler((request, reply) => sendError(request, reply, 404, 'not_found', 'There is nothing here.'))
  server.setErrorHandler<FastifyError | HearthlineError>((error, request, reply) => {
    const status = statusOf(error)
    if (status < 500) return sendError(request, reply, status, codeOf(error), error.message)
    const { url: route } = request.routeOptions
    request.log.error({ route, code: codeOf(error), error: messageOf(error), stack: error.stack }, 'request failed')
    return sendError(
      request,
      reply,
      status,
      'internal_error',
      'Something went wrong here. Report it with the request id.',
    )
  })
}

function sendError(request: FastifyRequest, reply: FastifyReply, status: number, code: string, message: string) {
  return reply.code(status).send({ error: { code, message, requestId: request.id } })
}

function statusOf(error: FastifyError | HearthlineError): number {
  if (error instanceof HearthlineError) return error.code === 'bad_request' ? 400 : 500
  return error.statusCode ?? 500
}

function codeOf(error: FastifyError | HearthlineError): string {
  return error.code ?? 'internal_error'
}
