import { untilAborted } from '../../../lib/until-aborted.ts'
import type { Participant, ParticipantSettings, Sound } from '../conference/participant.ts'
import type { CallbackTarget } from '../leg.ts'
import type { TwimlElement } from '../twiml.ts'
import { followAction, resolveAddress, secondsToMs, toMethod, type VerbContext, type VerbOutcome } from './verb.ts'

const MOST_PARTICIPANTS = 250
const DEFAULT_TIME_LIMIT_MS = 4 * 3_600_000

/**
 * Puts the leg into a conference until it leaves, is removed, or the conference ends. Then follows the action of the
 * `<Dial>`, or goes on; a leg the conference does not take goes on at once.
 */
export async function dialConference(
  dial: TwimlElement,
  noun: TwimlElement,
  context: VerbContext,
): Promise<VerbOutcome> {
  const { leg } = context
  const conference = leg.carrier.conferences.byName(noun.text, leg.carrier)
  const entry = conference.join(leg, readParticipantSettings(noun.attributes, context))
  if (!entry.ok) {
    leg.emit({ type: 'warning', code: entry.code, message: `<Conference> ${noun.text}: ${entry.message}` })
    return followAction(dial, context, { DialCallStatus: 'failed' })
  }
  const { participant } = entry
  leg.emit({ type: 'conference.joined', conferenceSid: conference.sid })
  try {
    await stay(dial, participant, context, () => conference.leave(participant, 'participant_hung_up'))
  } finally {
    // The call was given other instructions, or is over.
    conference.leave(participant, leg.status === 'in-progress' ? 'participant_updated_via_api' : 'participant_hung_up')
    leg.emit({ type: 'conference.left', conferenceSid: conference.sid })
  }
  return followAction(dial, context, { DialCallStatus: 'answered' })
}

async function stay(
  { attributes: { timeLimit, hangupOnStar } }: TwimlElement,
  participant: Participant,
  { leg, signal }: VerbContext,
  leave: () => void,
): Promise<void> {
  using _voice = leg.audio.carryVoice(participant)
  using _limit = leg.carrier.clock.after(secondsToMs(timeLimit, DEFAULT_TIME_LIMIT_MS), leave)
  using _star = leg.audio.onDigit((digit) => {
    if (digit === '*' && hangupOnStar === 'true') leave()
  })
  await untilAborted(participant.left, signal)
}

/** Of the attributes of a `<Conference>`, with the carrier's defaults. Its beep has no sound here. */
export function readParticipantSettings(
  attributes: TwimlElement['attributes'],
  context: Pick<VerbContext, 'baseUrl'>,
): ParticipantSettings {
  return {
    label: attributes.participantLabel,
    muted: attributes.muted === 'true',
    startConferenceOnEnter: attributes.startConferenceOnEnter !== 'false',
    endConferenceOnExit: attributes.endConferenceOnExit === 'true',
    wait: readWait(attributes, context),
    maxParticipants: Number(attributes.maxParticipants ?? MOST_PARTICIPANTS),
    coach: attributes.coach,
    statusCallback: readStatusCallback(attributes, context),
  }
}

function readWait(
  { waitUrl, waitMethod }: TwimlElement['attributes'],
  context: Pick<VerbContext, 'baseUrl'>,
): Sound | undefined {
  if (!waitUrl) return undefined
  return { address: resolveAddress(context, waitUrl), method: toMethod(waitMethod) }
}

/** Without `statusCallbackEvent` nothing is told. */
function readStatusCallback(
  { statusCallback, statusCallbackMethod, statusCallbackEvent = '' }: TwimlElement['attributes'],
  context: Pick<VerbContext, 'baseUrl'>,
): CallbackTarget | undefined {
  if (statusCallback === undefined) return undefined
  const address = resolveAddress(context, statusCallback)
  return { address, method: toMethod(statusCallbackMethod), events: statusCallbackEvent.split(' ') }
}
