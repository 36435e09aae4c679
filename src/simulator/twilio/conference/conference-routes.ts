import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Carrier } from '../carrier.ts'
import { refuse } from '../rest-routes.ts'
import type { Conference } from './conference.ts'

/** What the requests about one conference carry. */
export interface ConferenceRoute {
  Params: { conferenceSid: string }
  Body: URLSearchParams | undefined
  Querystring: Readonly<Record<string, string>>
}

/** Serves a request about a conference there is or was; others are answered 404. */
export function withConference(
  carrier: Carrier,
  request: FastifyRequest<{ Params: ConferenceRoute['Params'] }>,
  reply: FastifyReply,
  serve: (conference: Conference) => FastifyReply,
): FastifyReply {
  const conference = carrier.conferences.bySid(request.params.conferenceSid)
  return conference
    ? serve(conference)
    : refuse(reply, 404, 20404, `The requested resource ${request.url} was not found`)
}
