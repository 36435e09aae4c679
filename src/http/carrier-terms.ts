import type { RingAnswer } from '../call/ring-answer.ts'
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
  recording: '/twilio/recording',
  media: '/twilio/media',
} as const

/** The addresses and limits under which the carrier handles our calls. */
export interface CarrierTerms extends HandOverTerms {
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
    ringSeconds,
    timeLimitSeconds,
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
    case 'take a message':
      return handOverTwiml({ to: 'message' }, terms)
    case 'hang up':
      return hangUpTwiml()
    default:
      return answer satisfies never
  }
}
