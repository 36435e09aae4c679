import { expect, it } from 'vitest'
import { HearthlineError } from '../../src/lib/errors.ts'
import { createOfficerRinger } from '../../src/telephony/officer-ringer.ts'

/** A carrier with one leg, which is where it is said to be. */
function ringerOf(leg: 'picked up' | 'ringing' | 'unreachable') {
  const asked: string[] = []
  const ringer = createOfficerRinger({
    ...{ accountSid: 'AC1', authToken: 'secret', from: '+16175550100' },
    terms: {
      ...{ briefUrl: 'https://x/b', keyUrl: 'https://x/k', newsUrl: 'https://x/n', aloneUrl: 'https://x/a' },
      ...{ legStatusUrl: 'https://x/s', lostUrl: 'https://x/l', timeLimitSeconds: 60 },
    },
    carrier: {
      async redirect(callSid, twiml) {
        asked.push(`redirect ${callSid} ${twiml.includes('Goodbye.') ? 'with words' : 'without'}`)
        if (leg === 'ringing') throw new HearthlineError('carrier.call-over', 'nobody is on it')
        if (leg === 'unreachable') throw new HearthlineError('carrier.unreachable', 'no answer')
      },
      async hangUp(callSid) {
        asked.push(`hang up ${callSid}`)
      },
    },
  })
  return { ringer, asked }
}

it('[TR5] tells an officer who has picked up why they are let go', async () => {
  const { ringer, asked } = ringerOf('picked up')
  await ringer.letGo('CA1', 'Goodbye.')
  expect(asked).toEqual(['redirect CA1 with words'])
})

it('[TR5] stops a telephone that rings still', async () => {
  const { ringer, asked } = ringerOf('ringing')
  await ringer.letGo('CA1', 'Goodbye.')
  expect(asked).toEqual(['redirect CA1 with words', 'hang up CA1'])
})

it('does not say that a leg was let go when the carrier could not be asked', async () => {
  const { ringer, asked } = ringerOf('unreachable')
  await expect(ringer.letGo('CA1', 'Goodbye.')).rejects.toMatchObject({ code: 'carrier.unreachable' })
  expect(asked).toHaveLength(1)
})
