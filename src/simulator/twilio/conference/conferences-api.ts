import type { FastifyInstance } from 'fastify'
import type { Carrier } from '../carrier.ts'
import { describePage } from '../rest-resources.ts'
import { ACCOUNT, refuse } from '../rest-routes.ts'
import { describeConferenceResource } from './conference-resources.ts'
import { type ConferenceRoute, withConference } from './conference-routes.ts'
import { readSound } from './participant-form.ts'

const RESOURCE = `${ACCOUNT}/Conferences/:conferenceSid`

/** Conferences, by their sids only. */
export function addConferencesApi(server: FastifyInstance, carrier: Carrier): void {
  server.get<ConferenceRoute>(`${ACCOUNT}/Conferences.json`, ({ query, url }, reply) => {
    const found = carrier.conferences.all.filter(
      ({ name, status }) =>
        (query.FriendlyName ?? name) === name && (query.Status === undefined || query.Status === status),
    )
    const resources = found.reverse().map((conference) => describeConferenceResource(conference, carrier))
    return reply.send(describePage('conferences', resources, url))
  })
  server.get<ConferenceRoute>(`${RESOURCE}.json`, (request, reply) =>
    withConference(carrier, request, reply, (conference) =>
      reply.send(describeConferenceResource(conference, carrier)),
    ),
  )
  server.post<ConferenceRoute>(`${RESOURCE}.json`, (request, reply) =>
    withConference(carrier, request, reply, (conference) => {
      const form = request.body ?? new URLSearchParams()
      const announcement = readSound(form, 'Announce', 'POST')
      if (conference.status === 'completed') return refuse(reply, 404, 20404, 'The conference is over')
      if (form.get('Status') === 'completed') conference.complete()
      if (announcement) void conference.announce(announcement)
      return reply.send(describeConferenceResource(conference, carrier))
    }),
  )
}
