import twilio from 'twilio'
import type { Instructions } from '../leg.ts'
import { parseTwiml } from '../twiml.ts'
import { readParticipantSettings } from '../verbs/dial-conference.ts'
import type { ParticipantChanges, ParticipantSettings, Sound } from './participant.ts'

/** A participant that is created by REST: what the new leg is to do once it is answered, and what that makes of it. */
export interface ParticipantOrder {
  readonly instructions: Instructions
  readonly settings: ParticipantSettings
}

const NO_DOCUMENT = 'https://api.twilio.com/'

/** Form keys to the attributes of `<Conference>`. */
const ATTRIBUTES = {
  Label: 'participantLabel',
  Muted: 'muted',
  StartConferenceOnEnter: 'startConferenceOnEnter',
  EndConferenceOnExit: 'endConferenceOnExit',
  WaitUrl: 'waitUrl',
  WaitMethod: 'waitMethod',
  MaxParticipants: 'maxParticipants',
  CallSidToCoach: 'coach',
  ConferenceStatusCallback: 'statusCallback',
  ConferenceStatusCallbackMethod: 'statusCallbackMethod',
} as const

/** The leg does what TwiML would have it do. Without events it tells of start and end, other than TwiML. */
export function readParticipantOrder(form: URLSearchParams, conferenceName: string): ParticipantOrder {
  const given = Object.entries(ATTRIBUTES).flatMap(([key, attribute]) => {
    const value = form.get(key)
    return value === null ? [] : [[attribute, value] as const]
  })
  const events = form.getAll('ConferenceStatusCallbackEvent')
  const statusCallbackEvent = events.length === 0 ? 'start end' : events.join(' ')
  const response = new twilio.twiml.VoiceResponse()
  response.dial().conference({ ...Object.fromEntries(given), statusCallbackEvent } as object, conferenceName)
  const document = response.toString()
  const noun = parseTwiml(document).verbs[0]?.children[0]
  return {
    instructions: { type: 'document', twiml: document, baseUrl: NO_DOCUMENT },
    settings: readParticipantSettings(noun?.attributes ?? {}, { baseUrl: NO_DOCUMENT }),
  }
}

/** What an update asks for; what it does not name stays. */
export function readParticipantChanges(form: URLSearchParams): ParticipantChanges {
  const flag = (key: string) => (form.has(key) ? form.get(key) === 'true' : undefined)
  const muted = flag('Muted')
  const hold = flag('Hold')
  const endConferenceOnExit = flag('EndConferenceOnExit')
  const coaching = flag('Coaching')
  return {
    ...(muted !== undefined && { muted }),
    ...(hold !== undefined && { hold, holdSound: readSound(form, 'Hold', 'GET') }),
    ...(endConferenceOnExit !== undefined && { endConferenceOnExit }),
    ...(coaching !== undefined && { coach: coaching ? (form.get('CallSidToCoach') ?? undefined) : undefined }),
  }
}

/** `HoldUrl` and `HoldMethod`, `AnnounceUrl` and `AnnounceMethod`. */
export function readSound(
  form: URLSearchParams,
  name: 'Hold' | 'Announce',
  unlessGiven: 'GET' | 'POST',
): Sound | undefined {
  const address = form.get(`${name}Url`)
  if (!address) return undefined
  return { address, method: (form.get(`${name}Method`) ?? unlessGiven).toUpperCase() === 'GET' ? 'GET' : 'POST' }
}
