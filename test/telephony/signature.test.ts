import { createHash } from 'node:crypto'
import twilio from 'twilio'
import { describe, expect, it } from 'vitest'
import { createSignatureCheck } from '../../src/telephony/signature.ts'

const { getExpectedTwilioSignature } = await import('twilio/lib/webhooks/webhooks.js')

const params = {
  CallSid: 'CA1234567890ABCDE',
  Caller: '+14158675309',
  Digits: '1234',
  From: '+14158675309',
  To: '+18005551212',
}
const path = '/myapp.php?foo=1&bar=2'
const signature = 'RSOYDt4T1cUTdK1PDd93/VVr8B8='
const at = (publicUrl: string, ...authTokens: string[]) => createSignatureCheck({ authTokens, publicUrl })
const company = at('https://mycompany.com', '12345')

describe('[S1] signed form posts', () => {
  it('accepts the published vector', () => {
    expect(company.form(path, params, signature)).toBe(true)
  })

  it('refuses another scheme, host, path, token or parameter, and an empty or absent signature', () => {
    const { Digits: _, ...fewer } = params
    expect(at('http://mycompany.com', '12345').form(path, params, signature)).toBe(false)
    expect(at('https://evil.com', '12345').form(path, params, signature)).toBe(false)
    expect(at('https://mycompany.com', '54321').form(path, params, signature)).toBe(false)
    expect(at('https://mycompany.com', '').form(path, params, signature)).toBe(false)
    expect(company.form('/myapp.php?foo=1', params, signature)).toBe(false)
    expect(company.form('.evil.com/x', params, signature)).toBe(false)
    expect(company.form(path, fewer, signature)).toBe(false)
    expect(company.form(path, { ...params, Extra: '' }, signature)).toBe(false)
    expect(company.form(path, { ...params, Digits: '1235' }, signature)).toBe(false)
    expect(company.form(path, params, '')).toBe(false)
    expect(company.form(path, params, undefined)).toBe(false)
    expect(company.form(path, params, 'é'.repeat(28))).toBe(false)
  })

  it('[S3] accepts the port of the scheme, present or absent', () => {
    expect(at('https://mycompany.com:443/', '12345').form(path, params, signature)).toBe(true)
  })

  it('[S4] keeps blank and repeated values in what is signed', () => {
    const url = 'https://mycompany.com/twilio/voice'
    const repeated = { ToCity: '', MediaUrl: ['b', 'a', 'b'] }
    const given = getExpectedTwilioSignature('12345', url, repeated)
    expect(company.form('/twilio/voice', repeated, given)).toBe(true)
    expect(company.form('/twilio/voice', { MediaUrl: ['b', 'a', 'b'] }, given)).toBe(false)
    expect(company.form('/twilio/voice', { ...repeated, MediaUrl: 'a' }, given)).toBe(false)
  })

  it('[S5] accepts both tokens during a rotation, and the old one no longer after it', () => {
    expect(at('https://mycompany.com', 'new', '12345').form(path, params, signature)).toBe(true)
    expect(at('https://mycompany.com', 'new').form(path, params, signature)).toBe(false)
    expect(at('https://mycompany.com').form(path, params, signature)).toBe(false)
  })
})

describe('[S4] signed JSON posts', () => {
  const body = '{"a":"ä"}'
  const target = `/twilio/json?bodySHA256=${createHash('sha256').update(body).digest('hex')}`
  const given = getExpectedTwilioSignature('12345', `https://mycompany.com${target}`, {})

  it('accepts the raw body that was hashed, and no other byte', () => {
    expect(company.json(target, body, given)).toBe(true)
    expect(company.json(target, Buffer.from(body), given)).toBe(true)
    expect(company.json(target, `${body} `, given)).toBe(false)
    expect(company.json(target, '', given)).toBe(false)
  })

  it('refuses a body without its hash in the signed address', () => {
    const bare = getExpectedTwilioSignature('12345', 'https://mycompany.com/twilio/json', {})
    expect(twilio.validateRequest('12345', bare, 'https://mycompany.com/twilio/json', {})).toBe(true)
    expect(company.json('/twilio/json', body, bare)).toBe(false)
  })
})

describe('[S2] signed WebSocket upgrades', () => {
  const agent = at('https://agent.example.com', '12345')

  it('accepts the wss address with and without its trailing slash', () => {
    for (const form of ['/media', '/media/']) {
      expect(agent.upgrade(form, 'TCuyLsF3K3bRblNbw7eu4s9Zuks=')).toBe(true)
      expect(agent.upgrade(form, 'QImpqJNH43NFY/duEqmLe+Jw2qE=')).toBe(true)
    }
  })

  it('refuses a signature over the https address, another path, and none', () => {
    const overHttps = getExpectedTwilioSignature('12345', 'https://agent.example.com/media', {})
    expect(agent.upgrade('/media', overHttps)).toBe(false)
    expect(agent.upgrade('/other', 'TCuyLsF3K3bRblNbw7eu4s9Zuks=')).toBe(false)
    expect(agent.upgrade('/media', undefined)).toBe(false)
    expect(agent.upgrade('/media', '')).toBe(false)
  })
})
