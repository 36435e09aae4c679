import { expect, it } from 'vitest'
import { checkText } from '../../scripts/rehearsal/text-expectations.ts'
import { createClient } from '../simulator/twilio/official-client.ts'
import { CALLER, OFFICE, startRig } from '../simulator/twilio/rig.ts'

it('judges the texts the carrier was given, by number and words', async () => {
  await using rig = await startRig()
  const { messages } = createClient(rig.emulator.baseUrl)
  await messages.create({ from: OFFICE, to: CALLER, body: 'You have an appointment on Tuesday.' })
  const { texts } = rig.emulator.messages
  const isText = (wanted: Parameters<typeof checkText>[0]) => checkText(wanted, { texts }).ok
  expect(isText({ to: CALLER, words: '/tuesday/i', times: 1 })).toBe(true)
  expect(isText({ to: CALLER, words: 'Wednesday' })).toBe(false)
  expect(isText({ to: CALLER, words: 'appointment', times: 2 })).toBe(false)
  expect(isText({ to: OFFICE, words: 'appointment' })).toBe(false)
})
