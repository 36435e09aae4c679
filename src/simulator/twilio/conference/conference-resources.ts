import type { Carrier } from '../carrier.ts'
import { toRfc2822 } from '../voice-params.ts'
import type { Conference, Invitation } from './conference.ts'
import type { Participant } from './participant.ts'

/** A conference as REST shows it. */
export function describeConferenceResource(conference: Conference, { accountSid, clock }: Carrier) {
  const uri = `/2010-04-01/Accounts/${accountSid}/Conferences/${conference.sid}`
  const { end } = conference
  return {
    sid: conference.sid,
    account_sid: accountSid,
    api_version: '2010-04-01',
    friendly_name: conference.name,
    region: 'us1',
    status: conference.status,
    reason_conference_ended: end?.reason ?? null,
    call_sid_ending_conference: end?.by?.callSid ?? null,
    date_created: toRfc2822(conference.createdAt),
    date_updated: toRfc2822(clock.now()),
    subresource_uris: { participants: `${uri}/Participants.json`, recordings: `${uri}/Recordings.json` },
    uri: `${uri}.json`,
  }
}

/** As REST shows it; who is invited has yet to answer. */
type ParticipantStatus = 'queued' | 'connecting' | 'ringing' | 'connected'

export function describeParticipantResource(conference: Conference, member: Participant | Invitation) {
  const { leg, settings } = member
  const { accountSid, clock } = leg.carrier
  const now = 'joinedMs' in member ? member : undefined
  const coach = now ? now.coach : settings.coach
  const date = toRfc2822(clock.now())
  return {
    account_sid: accountSid,
    call_sid: leg.callSid,
    label: settings.label ?? null,
    conference_sid: conference.sid,
    muted: now?.muted ?? settings.muted,
    hold: now?.hold ?? false,
    coaching: coach !== undefined,
    call_sid_to_coach: coach ?? null,
    start_conference_on_enter: settings.startConferenceOnEnter,
    end_conference_on_exit: now?.endConferenceOnExit ?? settings.endConferenceOnExit,
    status: now ? 'connected' : statusOf(leg.status),
    queue_time: null,
    date_created: date,
    date_updated: date,
    uri: `/2010-04-01/Accounts/${accountSid}/Conferences/${conference.sid}/Participants/${leg.callSid}.json`,
  }
}

function statusOf(status: Invitation['leg']['status']): ParticipantStatus {
  if (status === 'queued' || status === 'ringing') return status
  return status === 'initiated' ? 'connecting' : 'connected'
}
