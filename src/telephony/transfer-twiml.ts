import twilio from 'twilio'

/** What Twilio is told to do with the two legs of a transfer, as TwiML. */

/** Where the carrier asks and tells of a leg; its id stands behind each as `?leg=`. */
export interface OfficerLegTerms {
  readonly briefUrl: string
  readonly keyUrl: string
  readonly legStatusUrl: string
  readonly newsUrl: string
  /** Asked again and again while a caller is where they were to meet an officer, and nobody is there. */
  readonly aloneUrl: string
  /** Asked when the process that rang is gone. */
  readonly lostUrl: string
  /** When the carrier ends the talk (RELIABILITY S9). */
  readonly timeLimitSeconds: number
}

/** How long an officer may think behind the brief (RELIABILITY F16). */
const DECIDE_SECONDS = 10

/** Between two times of asking: an officer who is just coming in has so long. */
const ALONE_SECONDS = 3

/** Whoever leaves ends it for both, and nobody hears a beep. Two start it: until then each hears what they wait by. */
const TOGETHER = { startConferenceOnEnter: true, endConferenceOnExit: true, beep: 'false' } as const

/** The address the carrier uses for one leg. */
export function ofLeg(url: string, legId: string): string {
  return `${url}?leg=${legId}`
}

/** The same for a caller who waits there; `asked`: how often before. */
export function whileAlone(url: string, legId: string, asked: number): string {
  return `${ofLeg(url, legId)}&asked=${asked}`
}

/**
 * Brings the caller to the officer who waits, and says first who that is. Twilio asks `afterUrl` when they have talked,
 * and `aloneUrl` while they are alone.
 */
export function callerJoinsTwiml(options: {
  readonly name: string
  readonly announced?: string | undefined
  readonly legId: string
  readonly newsUrl: string
  readonly aloneUrl: string
  readonly timeLimitSeconds: number
  readonly afterPersonUrl: string
}): string {
  const response = new twilio.twiml.VoiceResponse()
  if (options.announced) response.say(options.announced)
  const { name, legId, newsUrl, aloneUrl, timeLimitSeconds: timeLimit, afterPersonUrl: action } = options
  const dial = response.dial({ action, method: 'POST', timeLimit })
  const waitUrl = whileAlone(aloneUrl, legId, 0)
  dial.conference({ ...TOGETHER, ...newsTo(ofLeg(newsUrl, legId)), waitUrl, participantLabel: 'caller' }, name)
  return response.toString()
}

/** What a caller hears who is alone where they were to meet an officer, and where Twilio asks next. */
export function aloneTwiml(nextUrl: string): string {
  const response = new twilio.twiml.VoiceResponse()
  response.say('One moment, please.')
  response.pause({ length: ALONE_SECONDS })
  response.redirect({ method: 'POST' }, nextUrl)
  return response.toString()
}

/** Tells an officer who is on the line, and asks for a key: 1 takes the call. Twilio posts the key, or that none came. */
export function briefTwiml(options: { readonly words: string; readonly keyUrl: string }): string {
  const response = new twilio.twiml.VoiceResponse()
  const gather = response.gather({
    input: ['dtmf'],
    numDigits: 1,
    finishOnKey: '',
    timeout: DECIDE_SECONDS,
    action: options.keyUrl,
    method: 'POST',
    actionOnEmptyResult: true,
  })
  gather.say(`${options.words} Press 1 to take the call, or 2 to decline. The talk is not recorded.`)
  return response.toString()
}

/** The officer waits for the caller; `newsUrl` hears who comes and goes. */
export function officerJoinsTwiml(options: {
  readonly conference: string
  readonly newsUrl: string
  readonly timeLimitSeconds: number
}): string {
  const response = new twilio.twiml.VoiceResponse()
  const dial = response.dial({ timeLimit: options.timeLimitSeconds })
  const settings = { ...TOGETHER, ...newsTo(options.newsUrl), waitUrl: '', participantLabel: 'officer' }
  dial.conference(settings, options.conference)
  return response.toString()
}

/** Only what the first to join asks for is told: both ask for the same. */
function newsTo(newsUrl: string) {
  return {
    statusCallback: newsUrl,
    statusCallbackMethod: 'POST',
    statusCallbackEvent: ['start', 'end', 'join', 'leave'] as ('start' | 'end' | 'join' | 'leave')[],
  }
}

/** Lets go of somebody we called, after they were to be connected with a person who is not there. */
export function nobodyFreeTwiml(): string {
  return farewellTwiml("I'm sorry, nobody is free to talk to you right now. Goodbye.")
}

/** Says something to whoever is on a leg that is not needed any more, and ends it. */
export function farewellTwiml(words: string | undefined): string {
  const response = new twilio.twiml.VoiceResponse()
  if (words) response.say(words)
  response.hangup()
  return response.toString()
}
