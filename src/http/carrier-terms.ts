import type { RingAnswer } from '../call/ring-answer.ts'
import { callerJoinsTwiml, type OfficerLegTerms } from '../telephony/transfer-twiml.ts'
import {
  busyTwiml,
  challengeTwiml,
  type HandOverTerms,
  handOverTwiml,
  hangUpTwiml,
  rejectTwiml,
  streamTwiml,
} from '../telephony/twiml.ts'

/** Paths the carrier is given (DESIGN 7). Each is served by the file of its name in `routes/`. */
export const carrierPaths = {
  voice: '/twilio/voice',
  challenge: '/twilio/challenge',
  resume: '/twilio/resume',
  status: '/twilio/status',
  streamStatus: '/twilio/stream',
  transferDone: '/twilio/transfer/done',
  officerBrief: '/twilio/transfer/brief',
  officerKey: '/twilio/transfer/key',
  officerStatus: '/twilio/transfer/leg',
  officerNews: '/twilio/transfer/news',
  officerLost: '/twilio/transfer/lost',
  callerAlone: '/twilio/transfer/alone',
  recording: '/twilio/recording',
  outboundAnswer: '/twilio/outbound/answer',
  outboundAmd: '/twilio/outbound/amd',
  outboundStatus: '/twilio/outbound/status',
  sms: '/twilio/sms',
  smsStatus: '/twilio/sms/status',
  media: '/twilio/media',
} as const

/** The addresses and limits under which the carrier handles our calls. */
export interface CarrierTerms extends HandOverTerms, OfficerLegTerms {
  /** `wss://`, or `ws://` in a rehearsal on this machine. */
  readonly mediaUrl: string
  readonly streamStatusUrl: string
  /** Which time of asking a reply belongs to stands behind it as `?asked=1`. */
  readonly challengeUrl: string
}

/**
 * `publicUrl` and `instanceUrl` are origins: webhooks may reach any instance, the media stream must reach this one.
 * `ringSeconds` is how long the telephone of a person rings, `timeLimitSeconds` ends a talk with a person (RELIABILITY S9).
 */
export function createCarrierTerms(options: {
  readonly publicUrl: string
  readonly instanceUrl: string
  readonly ringSeconds: number
  readonly timeLimitSeconds: number
}): CarrierTerms {
  const { publicUrl, instanceUrl, ringSeconds, timeLimitSeconds } = options
  return {
    mediaUrl: instanceUrl.replace(/^http/, 'ws') + carrierPaths.media,
    streamStatusUrl: publicUrl + carrierPaths.streamStatus,
    challengeUrl: publicUrl + carrierPaths.challenge,
    resumeUrl: publicUrl + carrierPaths.resume,
    afterPersonUrl: publicUrl + carrierPaths.transferDone,
    recordingUrl: publicUrl + carrierPaths.recording,
    // The process that rings an officer is the one that holds the call.
    briefUrl: instanceUrl + carrierPaths.officerBrief,
    keyUrl: instanceUrl + carrierPaths.officerKey,
    legStatusUrl: instanceUrl + carrierPaths.officerStatus,
    newsUrl: instanceUrl + carrierPaths.officerNews,
    lostUrl: publicUrl + carrierPaths.officerLost,
    // The caller must be served though that process is gone.
    aloneUrl: publicUrl + carrierPaths.callerAlone,
    ringSeconds,
    timeLimitSeconds,
  }
}

/** Where the carrier asks and tells about a call we place; the call is named in each. */
export function outboundAddresses(publicUrl: string) {
  return (outboundId: string) => {
    const of = (path: string) => `${publicUrl}${path}?call=${encodeURIComponent(outboundId)}`
    return {
      answerUrl: of(carrierPaths.outboundAnswer),
      amdUrl: of(carrierPaths.outboundAmd),
      statusUrl: of(carrierPaths.outboundStatus),
    }
  }
}

/** The TwiML that carries out an answer. */
export function answerTwiml(answer: RingAnswer, terms: CarrierTerms): string {
  switch (answer.do) {
    case 'stream':
      return streamTwiml({ ...terms, token: answer.token })
    case 'reject as busy':
      return busyTwiml()
    case 'reject':
      return rejectTwiml()
    case 'challenge':
      return challengeTwiml({ ...answer, challengeUrl: `${terms.challengeUrl}?asked=${answer.asked}` })
    case 'connect a person':
      return handOverTwiml({ to: 'person', number: answer.number }, terms)
    case 'join a conference':
      return callerJoinsTwiml({ ...terms, ...answer })
    case 'take a message':
      return handOverTwiml({ to: 'message' }, terms)
    case 'hang up':
      return hangUpTwiml()
    default:
      return answer satisfies never
  }
}
