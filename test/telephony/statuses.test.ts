import { describe, expect, it } from 'vitest'
import { type CarrierStatus, isTerminal, parseCarrierStatus } from '../../src/telephony/statuses.ts'

const LIVE: CarrierStatus[] = ['queued', 'initiated', 'ringing', 'in-progress']
const TERMINAL: CarrierStatus[] = ['completed', 'busy', 'failed', 'no-answer', 'canceled']

describe('carrier statuses', () => {
  it('tell a call that is over from one that goes on', () => {
    expect(TERMINAL.filter((status) => !isTerminal(status))).toEqual([])
    expect(LIVE.filter(isTerminal)).toEqual([])
  })

  it('are read from what Twilio sends, and nothing else', () => {
    for (const status of [...LIVE, ...TERMINAL]) expect(parseCarrierStatus(status)).toBe(status)
    for (const other of ['answered', 'constructor', '', 7, undefined]) expect(parseCarrierStatus(other)).toBeUndefined()
  })
})
