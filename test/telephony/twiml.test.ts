import { describe, expect, it } from 'vitest'
import {
  busyTwiml,
  challengeTwiml,
  handOverTwiml,
  hangUpTwiml,
  messageTwiml,
  personTwiml,
  redirectTwiml,
  rejectTwiml,
  streamTwiml,
} from '../../src/telephony/twiml.ts'

const response = (inside: string) => `<?xml version="1.0" encoding="UTF-8"?><Response>${inside}</Response>`
const RESUME = 'https://h/twilio/resume#ct=2000&amp;rt=5000&amp;rc=0&amp;rp=4xx,5xx,ct,rt'

describe('TwiML', () => {
  it('streams with a token, and leads back to us when the socket closes', () => {
    const twiml = streamTwiml({
      mediaUrl: 'wss://h/twilio/media',
      streamStatusUrl: 'https://h/twilio/stream',
      resumeUrl: 'https://h/twilio/resume',
      token: 'one-time',
    })
    expect(twiml).toBe(
      response(
        '<Connect><Stream url="wss://h/twilio/media" statusCallback="https://h/twilio/stream">' +
          '<Parameter name="token" value="one-time"/></Stream></Connect>' +
          `<Redirect method="POST">${RESUME}</Redirect>`,
      ),
    )
  })

  it('rejects as busy, redirects and hangs up', () => {
    expect(busyTwiml()).toBe(response('<Reject reason="busy"/>'))
    expect(redirectTwiml('https://h/a?b=1&c=2')).toBe(
      response('<Redirect method="POST">https://h/a?b=1&amp;c=2</Redirect>'),
    )
    expect(hangUpTwiml()).toBe(response('<Hangup/>'))
  })

  it('refuses a call without answering it', () => {
    expect(rejectTwiml()).toBe(response('<Reject reason="rejected"/>'))
  })

  it('asks for a key or a word, escapes what is asked, and tells also that nothing came', () => {
    const twiml = challengeTwiml({ text: 'A & B?', language: 'es-US', challengeUrl: 'https://h/challenge?asked=1' })
    expect(twiml).toBe(
      response(
        '<Gather input="dtmf speech" numDigits="1" finishOnKey="" timeout="5" speechTimeout="auto" language="es-US" ' +
          'action="https://h/challenge?asked=1" method="POST" actionOnEmptyResult="true">' +
          '<Say language="es-US">A &amp; B?</Say></Gather>',
      ),
    )
  })

  it('dials a person for as long as configured, with an end to the talk and an address for what comes after', () => {
    const person = { number: '+15550100', ringSeconds: 25, timeLimitSeconds: 3600, afterUrl: 'https://h/after' }
    expect(personTwiml(person)).toBe(
      response(
        '<Dial action="https://h/after" method="POST" timeout="25" timeLimit="3600"><Number>+15550100</Number></Dial>',
      ),
    )
    expect(personTwiml({ ...person, callerId: '+15550199' })).toContain('callerId="+15550199"')
  })

  it('records a message of two minutes at most, and escapes what is said', () => {
    expect(messageTwiml({ recordingUrl: 'https://h/rec', prompt: 'Tom & <Ann>' })).toBe(
      response(
        '<Say>Tom &amp; &lt;Ann&gt;</Say>' +
          '<Record action="https://h/rec" method="POST" playBeep="true" maxLength="120"/><Say>Thank you. Goodbye.</Say><Hangup/>',
      ),
    )
  })

  it('hands a call over to where it should go', () => {
    const terms = {
      afterPersonUrl: 'https://h/after',
      recordingUrl: 'https://h/rec',
      resumeUrl: 'https://h/twilio/resume',
      aloneUrl: 'https://h/alone',
      newsUrl: 'https://h/news',
      ringSeconds: 25,
      timeLimitSeconds: 60,
    }
    expect(handOverTwiml({ to: 'person', number: '+15550100' }, terms)).toContain('<Number>+15550100</Number>')
    expect(handOverTwiml({ to: 'message' }, terms)).toContain('<Record action="https://h/rec"')
    const ours = { ...terms, insteadOfMessage: hangUpTwiml() }
    expect(handOverTwiml({ to: 'message' }, ours)).toBe(response('<Hangup/>'))
    expect(handOverTwiml({ to: 'person', number: '+15550100' }, ours)).toContain('<Number>+15550100</Number>')
    const conference = { to: 'conference', name: 'together', legId: 'leg_1', announced: 'Dana Lee' } as const
    expect(handOverTwiml(conference, terms)).toMatch(
      /<Say>Dana Lee<\/Say><Dial [^>]*><Conference [^>]*endConferenceOnExit="true"[^>]*statusCallback="https:\/\/h\/news\?leg=leg_1"[^>]*waitUrl="https:\/\/h\/alone\?leg=leg_1&amp;asked=0"/,
    )
    expect(handOverTwiml({ to: 'resume' }, terms)).toBe(response(`<Redirect method="POST">${RESUME}</Redirect>`))
  })
})
