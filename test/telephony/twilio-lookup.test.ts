import { describe, expect, it } from 'vitest'
import { createTwilioLookup, type NumberLookup } from '../../src/telephony/twilio-lookup.ts'
import { ACCOUNT_SID, AUTH_TOKEN, type Rig, startRig } from '../simulator/twilio/rig.ts'

const DIALLER = '+14155550177'

function lookupAt(rig: Rig, authToken = AUTH_TOKEN): NumberLookup {
  return createTwilioLookup({ accountSid: ACCOUNT_SID, authToken, baseUrl: rig.emulator.baseUrl, timeoutMs: 1_000 })
}

describe('Twilio Lookup, by the official client', () => {
  it('tells the type of a line, and its reputation only where that is asked for', async () => {
    const numbers = { [DIALLER]: { lineType: 'nonFixedVoip', riskCategory: 'high', blocked: true } }
    await using rig = await startRig({ numbers })
    const lookup = lookupAt(rig)
    expect(await lookup.lookUp(DIALLER, { reputation: true })).toEqual({
      valid: true,
      lineType: 'nonFixedVoip',
      risk: 'high',
      blocked: true,
    })
    expect(await lookup.lookUp(DIALLER, { reputation: false })).toEqual({
      valid: true,
      lineType: 'nonFixedVoip',
      risk: undefined,
      blocked: false,
    })
  })

  it('tells that there is no such number', async () => {
    await using rig = await startRig({ numbers: { [DIALLER]: { valid: false } } })
    expect(await lookupAt(rig).lookUp(DIALLER, { reputation: false })).toMatchObject({ valid: false })
  })

  it('rejects when it is refused, without the token or the number in its words', async () => {
    await using rig = await startRig()
    const refused = lookupAt(rig, 'wrong-token').lookUp(DIALLER, { reputation: false })
    await expect(refused).rejects.toMatchObject({ code: 'lookup_failed', retryable: true })
    const message = await refused.catch((error: Error) => error.message)
    expect(message).not.toContain('wrong-token')
    expect(message).not.toContain(DIALLER)
  })

  it('rejects when no answer comes', async () => {
    await using rig = await startRig({ faults: { restDown: true } })
    await expect(lookupAt(rig).lookUp(DIALLER, { reputation: false })).rejects.toMatchObject({ code: 'lookup_failed' })
  })
})
