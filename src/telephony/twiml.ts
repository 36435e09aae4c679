import twilio from 'twilio'
import type { HandOver } from './line.ts'
import { callerJoinsTwiml, type OfficerLegTerms } from './transfer-twiml.ts'

/**
 * What Twilio is told to do, as TwiML. Every address is passed in; the carrier's library escapes what stands in it.
 */

/**
 * Gives Twilio 2 s to connect to the resume address and 5 s for its answer, without another try: whoever has a
 * fallback address gets there soon (RELIABILITY 2.1, F7). The fragment is not part of the signature.
 */
const RESUME_TIMEOUTS = '#ct=2000&rt=5000&rc=0&rp=4xx,5xx,ct,rt'

/** How long somebody who is asked for a key or a word may stay silent. */
const CHALLENGE_SECONDS = 5

/** The longest message that is recorded without us. */
const MESSAGE_SECONDS = 120

/** Sends the caller's audio to our socket, and the call to the resume address when that socket closes (3.1). */
export function streamTwiml(options: {
  /** `wss://`, without a query: Twilio drops it. */
  mediaUrl: string
  streamStatusUrl: string
  resumeUrl: string
  /** One-use token the socket must present (S6). */
  token: string
}): string {
  const response = new twilio.twiml.VoiceResponse()
  const stream = response.connect().stream({ url: options.mediaUrl, statusCallback: options.streamStatusUrl })
  stream.parameter({ name: 'token', value: options.token })
  response.redirect({ method: 'POST' }, options.resumeUrl + RESUME_TIMEOUTS)
  return response.toString()
}

/** Refuses the call with a busy tone: not answered, not billed. */
export function busyTwiml(): string {
  const response = new twilio.twiml.VoiceResponse()
  response.reject({ reason: 'busy' })
  return response.toString()
}

/** Refuses the call: not answered, not billed. */
export function rejectTwiml(): string {
  const response = new twilio.twiml.VoiceResponse()
  response.reject({ reason: 'rejected' })
  return response.toString()
}

/**
 * Asks for a key or a few words, in the carrier's voice. Twilio posts either to `challengeUrl`, and also that neither
 * came: silence is an answer.
 */
export function challengeTwiml(options: { text: string; language: string; challengeUrl: string }): string {
  const { text, challengeUrl } = options
  // As the library types it, a closed list of tags; ours come from the settings.
  const language = options.language as 'en-US'
  const response = new twilio.twiml.VoiceResponse()
  const gather = response.gather({
    input: ['dtmf', 'speech'],
    numDigits: 1,
    // No key ends the gathering without being one.
    finishOnKey: '',
    timeout: CHALLENGE_SECONDS,
    speechTimeout: 'auto',
    language,
    action: challengeUrl,
    method: 'POST',
    actionOnEmptyResult: true,
  })
  gather.say({ language }, text)
  return response.toString()
}

/** Rings a person. Twilio asks `afterUrl` what comes next, whether they answered or not. */
export function personTwiml(options: {
  /** From configuration only (S8). */
  number: string
  callerId?: string | undefined
  /** How long their telephone rings (F15). */
  ringSeconds: number
  /** When the carrier ends the talk; every dial has one (S9). */
  timeLimitSeconds: number
  afterUrl: string
}): string {
  const response = new twilio.twiml.VoiceResponse()
  const dial = response.dial({
    action: options.afterUrl,
    method: 'POST',
    timeout: options.ringSeconds,
    timeLimit: options.timeLimitSeconds,
    ...(options.callerId === undefined ? {} : { callerId: options.callerId }),
  })
  dial.number(options.number)
  return response.toString()
}

/**
 * Records a message without us. Twilio posts it to `recordingUrl` and does what that answers; the thanks and the
 * hang-up here are for a caller who said nothing.
 */
export function messageTwiml(options: { recordingUrl: string; prompt?: string }): string {
  const response = new twilio.twiml.VoiceResponse()
  response.say(options.prompt ?? 'Please leave a message after the tone. Somebody will call you back.')
  response.record({ action: options.recordingUrl, method: 'POST', playBeep: true, maxLength: MESSAGE_SECONDS })
  sayThanks(response)
  return response.toString()
}

export function redirectTwiml(url: string): string {
  const response = new twilio.twiml.VoiceResponse()
  response.redirect({ method: 'POST' }, url)
  return response.toString()
}

/** For a caller whose message was recorded. */
export function thanksTwiml(): string {
  const response = new twilio.twiml.VoiceResponse()
  sayThanks(response)
  return response.toString()
}

export function hangUpTwiml(): string {
  const response = new twilio.twiml.VoiceResponse()
  response.hangup()
  return response.toString()
}

/** The addresses and limits of a call that leaves our audio path. */
export interface HandOverTerms extends Pick<OfficerLegTerms, 'newsUrl' | 'aloneUrl'> {
  readonly afterPersonUrl: string
  readonly recordingUrl: string
  readonly resumeUrl: string
  readonly ringSeconds: number
  readonly timeLimitSeconds: number
  readonly callerId?: string | undefined
  /** TwiML for whom we called, where a caller is asked for a message: they wanted nothing of us (OC5). */
  readonly insteadOfMessage?: string | undefined
}

/** What the carrier is told when the line hands a call over. */
export function handOverTwiml(to: HandOver, terms: HandOverTerms): string {
  switch (to.to) {
    case 'person':
      return personTwiml({ ...terms, number: to.number, afterUrl: terms.afterPersonUrl })
    case 'conference':
      return callerJoinsTwiml({ ...terms, ...to })
    case 'message':
      return terms.insteadOfMessage ?? messageTwiml(terms)
    case 'resume':
      return redirectTwiml(terms.resumeUrl + RESUME_TIMEOUTS)
    default:
      return to satisfies never
  }
}

function sayThanks(response: InstanceType<typeof twilio.twiml.VoiceResponse>): void {
  response.say('Thank you. Goodbye.')
  response.hangup()
}
