import { expect, it } from 'vitest'
import { checkConference, checkLeg } from '../../scripts/rehearsal/leg-expectations.ts'
import { response } from '../simulator/twilio/agent-server.ts'
import { createClient } from '../simulator/twilio/official-client.ts'
import { CALLER, eventOf, OFFICE, startRig } from '../simulator/twilio/rig.ts'

const OFFICER = '+16175550111'
const BUSY_OFFICER = '+16175550112'

it('judges a transfer by what the carrier knows of its legs', async () => {
  await using rig = await startRig({
    people: {
      [OFFICER]: { outcome: 'answers', afterMs: 100, presses: '1', talkMs: 2000 },
      [BUSY_OFFICER]: { outcome: 'busy', afterMs: 100 },
    },
  })
  const room = (attributes = '') => `<Dial><Conference ${attributes}>transfer</Conference></Dial>`
  rig.server.answers['/voice'] = response(room())
  rig.server.answers['/joins'] = response(room('endConferenceOnExit="true"'))
  const call = rig.call()
  await eventOf(call, 'conference.joined')
  const twiml = response(
    '<Gather numDigits="1" action="https://agent.example.com/joins"><Say>Maria asks about a loan</Say></Gather>',
  )
  const { calls } = createClient(rig.emulator.baseUrl)
  for (const to of [BUSY_OFFICER, OFFICER]) await calls.create({ from: OFFICE, to, twiml })
  await Promise.all([...rig.emulator.calls.values()].map(({ settled }) => settled))

  const legs = [...rig.emulator.calls.values()].filter((leg) => leg !== call)
  const lines = { call, legs, conferences: rig.emulator.conferences }
  const isLeg = (wanted: Omit<Parameters<typeof checkLeg>[0], 'to'>, to = OFFICER) =>
    checkLeg({ to, ...wanted }, lines).every(({ ok }) => ok)
  expect(isLeg({ outcome: 'completed', told: 'asks about a loan', pressed: '1', bridgedMs: 1500 })).toBe(true)
  expect(isLeg({ bridgedMs: 60_000 })).toBe(false)
  expect(isLeg({ told: 'a house' })).toBe(false)
  expect(isLeg({ pressed: '2' })).toBe(false)
  expect(isLeg({ outcome: 'busy' })).toBe(false)
  expect(isLeg({ outcome: 'busy', times: 1 }, BUSY_OFFICER)).toBe(true)
  expect(isLeg({ bridgedMs: 1 }, BUSY_OFFICER)).toBe(false)
  expect(isLeg({ times: 0 }, CALLER)).toBe(true)

  const isConference = (wanted: Parameters<typeof checkConference>[0]) =>
    checkConference(wanted, lines).every(({ ok }) => ok)
  expect(isConference({ bridged: true, minTalkedMs: 1500 })).toBe(true)
  expect(isConference({ bridged: true, minTalkedMs: 60_000 })).toBe(false)
  expect(isConference({ bridged: false })).toBe(false)
})

it('counts the talk of a dialled leg as well', async () => {
  await using rig = await startRig({ people: { [OFFICER]: { outcome: 'answers', afterMs: 100, talkMs: 2000 } } })
  rig.server.answers['/voice'] = response(`<Dial>${OFFICER}</Dial>`)
  const call = rig.call()
  await call.settled
  const legs = [...rig.emulator.calls.values()].filter((leg) => leg !== call)
  const lines = { call, legs, conferences: rig.emulator.conferences }
  expect(checkLeg({ to: OFFICER, bridgedMs: 1500 }, lines)).toMatchObject([{ ok: true }])
  expect(checkConference({ bridged: false }, lines)).toMatchObject([{ ok: true }])
})
