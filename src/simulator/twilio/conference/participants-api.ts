import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { CallBackend } from '../calls-api.ts'
import type { Carrier } from '../carrier.ts'
import { readMachineDetection } from '../machine-detection.ts'
import { describePage } from '../rest-resources.ts'
import { ACCOUNT, refuse } from '../rest-routes.ts'
import type { Conference, Invitation } from './conference.ts'
import { describeParticipantResource } from './conference-resources.ts'
import { type ConferenceRoute, withConference } from './conference-routes.ts'
import type { Participant } from './participant.ts'
import { readParticipantChanges, readParticipantOrder, readSound } from './participant-form.ts'

interface ParticipantRoute extends ConferenceRoute {
  Params: { conferenceSid: string; callSid: string }
}

const LIST = `${ACCOUNT}/Conferences/:conferenceSid/Participants.json`
const RESOURCE = `${ACCOUNT}/Conferences/:conferenceSid/Participants/:callSid.json`

/**
 * Those who are in a conference or on their way into it; who has left is not found any more. Only where one is created
 * may the conference's name stand for its sid.
 */
export function addParticipantsApi(server: FastifyInstance, carrier: Carrier, backend: CallBackend): void {
  server.post<ConferenceRoute>(LIST, (request, reply) => createParticipant(carrier, backend, request, reply))
  server.get<ConferenceRoute>(LIST, (request, reply) =>
    withConference(carrier, request, reply, (conference) => reply.send(listParticipants(conference, request))),
  )
  server.get<ParticipantRoute>(RESOURCE, (request, reply) =>
    withMember(carrier, request, reply, (conference, member) =>
      reply.send(describeParticipantResource(conference, member)),
    ),
  )
  server.post<ParticipantRoute>(RESOURCE, (request, reply) =>
    withMember(carrier, request, reply, (conference, member) => {
      if (!isJoined(member)) return refuse(reply, 404, 20404, 'The participant has not joined yet')
      return updateParticipant(conference, member, request.body ?? new URLSearchParams(), reply)
    }),
  )
  server.delete<ParticipantRoute>(RESOURCE, (request, reply) =>
    withMember(carrier, request, reply, (conference, member) => {
      if (isJoined(member)) conference.leave(member, 'participant_updated_via_api', 'kicked')
      else member.leg.hangUp('server')
      return reply.code(204).send()
    }),
  )
}

function createParticipant(
  carrier: Carrier,
  backend: CallBackend,
  { params: { conferenceSid: sidOrName }, body: form = new URLSearchParams() }: FastifyRequest<ConferenceRoute>,
  reply: FastifyReply,
): FastifyReply {
  if (!form.get('To')) return refuse(reply, 400, 21201, 'No "To" number is specified')
  if (!form.get('From')) return refuse(reply, 400, 21213, 'No "From" number is specified')
  const isSid = /^CF[0-9a-f]{32}$/i.test(sidOrName)
  const conference = isSid ? carrier.conferences.bySid(sidOrName) : carrier.conferences.byName(sidOrName, carrier)
  if (!conference || conference.status === 'completed')
    return refuse(reply, 404, 20404, `There is no conference ${sidOrName} that goes on`)
  const label = form.get('Label')
  if (label !== null && conference.isTaken(label))
    return refuse(reply, 400, 16025, `A participant labelled ${label} is in the conference`)
  const { instructions, settings } = readParticipantOrder(form, conference.name)
  const detection = readMachineDetection(form, { isAsync: true, callback: 'AmdStatusCallback' })
  const leg = backend.createCall(form, { instructions, detection })
  conference.invite(leg, settings)
  return reply.code(201).send(describeParticipantResource(conference, { leg, settings }))
}

function listParticipants(conference: Conference, { query, url }: FastifyRequest<ConferenceRoute>) {
  const resources = membersOf(conference).map((member) => describeParticipantResource(conference, member))
  const fits = (wanted: string | undefined, found: boolean) => wanted === undefined || wanted === String(found)
  const found = resources.filter(
    ({ muted, hold, coaching }) => fits(query.Muted, muted) && fits(query.Hold, hold) && fits(query.Coaching, coaching),
  )
  return describePage('participants', found, url)
}

function updateParticipant(
  conference: Conference,
  participant: Participant,
  form: URLSearchParams,
  reply: FastifyReply,
): FastifyReply {
  conference.update(participant, readParticipantChanges(form))
  const announcement = readSound(form, 'Announce', 'POST')
  if (announcement) void conference.announce(announcement, participant)
  return reply.send(describeParticipantResource(conference, participant))
}

function withMember(
  carrier: Carrier,
  request: FastifyRequest<ParticipantRoute>,
  reply: FastifyReply,
  serve: (conference: Conference, member: Participant | Invitation) => FastifyReply,
): FastifyReply {
  return withConference(carrier, request, reply, (conference) => {
    const { callSid: sidOrLabel } = request.params
    const member = membersOf(conference).find(
      ({ leg, settings }) => leg.callSid === sidOrLabel || settings.label === sidOrLabel,
    )
    return member
      ? serve(conference, member)
      : refuse(reply, 404, 20404, `The requested resource ${request.url} was not found`)
  })
}

function membersOf(conference: Conference): (Participant | Invitation)[] {
  return [...conference.present, ...conference.invitations]
}

function isJoined(member: Participant | Invitation): member is Participant {
  return 'joinedMs' in member
}
