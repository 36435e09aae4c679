import { beforeEach, describe, expect, it } from 'vitest'
import { PrivateTalk } from '../../../src/pipeline/privacy/private-talk.ts'

let talk: PrivateTalk

function hear(text: string): string {
  const hidden = talk.hideAgent(text)
  talk.hearAgent(text)
  return hidden
}

beforeEach(() => {
  talk = new PrivateTalk(['+1 800 555 0199'])
})

describe('PrivateTalk', () => {
  it('hides a number given in pieces over nods of the agent', () => {
    hear('What card would you like to use?')
    expect(talk.hideCaller('five five five five')).toBe('[card]')
    expect(hear('Mm-hm.')).toBe('Mm-hm.')
    expect(talk.hideCaller('three four one two, just a moment')).toBe('[card], just a moment')
    expect(hear('Take your time, I have five five five five so far, the rest whenever you are ready.')).toBe(
      'Take your time, I have [card] so far, the rest whenever you are ready.',
    )
    expect(talk.hideCaller('then 1212')).toBe('then [card]')
  })

  it('hides what the agent repeats, also cut in mid-number', () => {
    hear('What is your loan number?')
    talk.hideCaller('double four seven oh one nine two')
    expect(hear('So that is four four seven oh, one')).toBe('So that is [account]')
    expect(hear('I found 4470192, with a balance of $310,000.')).toBe('I found [account], with a balance of $310,000.')
  })

  it('hides a date of birth and an address that are read back', () => {
    hear('What is your date of birth?')
    talk.hideCaller('five nine seventy one')
    expect(hear('May 9th, 1971. And your email?')).toBe('[date of birth]. And your email?')
    expect(talk.hideCaller('kim dot lee at post dot example dot com')).toBe('[email]')
    expect(hear('kim dot lee at po')).toBe('[email]')
  })

  it("keeps the agent's own words readable", () => {
    const words =
      'Call (800) 555-0199 from 9 to 5, Monday to Friday. NMLS 1234567. Your visit is May 5th at 3:15, confirmation 48213377; bring form 1098 for the FHA 203k loan.'
    expect(hear(words)).toBe(words)
  })

  it('forgets the question once another one is asked', () => {
    hear('What is your loan number?')
    talk.hideCaller('I do not have it')
    hear('Then how much would you like to borrow?')
    expect(talk.hideCaller('350000')).toBe('350000')
  })
})

describe('hideJson', () => {
  it('hides texts and numbers, by their keys where these say it', () => {
    const args = {
      ssn: 219099999,
      dateOfBirth: '1971-05-09',
      note: 'cell 619 555 0144',
      amount: 350000,
      slotId: '20250301',
    }
    expect(JSON.parse(talk.hideJson(JSON.stringify(args)))).toEqual({
      ssn: '[SSN]',
      dateOfBirth: '[date of birth]',
      note: 'cell [phone ..0144]',
      amount: 350000,
      slotId: '20250301',
    })
  })

  it('spares the kinds that are the point of it', () => {
    expect(talk.hideJson('{"callback":"+16195550144","text":"ssn 219-09-9999"}', ['PHONE'])).toBe(
      '{"callback":"+16195550144","text":"ssn [SSN]"}',
    )
  })

  it('keeps times, ids and structure as they are', () => {
    const reply =
      '{"at":1727793000000,"from":"2025-10-01T14:30:00.000Z","ids":["3f2b9a12-0001-4001-8001-123456789012"],"ok":true,"next":null}'
    expect(talk.hideJson(reply)).toBe(reply)
  })

  it('hides in what is no JSON too', () => {
    expect(talk.hideJson('ssn 219-09-9999, cut o')).toBe('ssn [SSN], cut o')
  })
})

// One id in seventeen had figures enough for an account: whoever took a call up knew none of what its tools had given.
it('leaves ids of ours whole, which a call that is taken up goes by', () => {
  const json = JSON.stringify({ appointment_id: 'appointment_fe77d788bc2343e0a6fa69f82cc5dca2' })
  expect(new PrivateTalk([]).hideJson(json)).toBe(json)
})
