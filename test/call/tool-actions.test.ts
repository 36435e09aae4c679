import { expect, it } from 'vitest'
import { createConnectExtension } from '../../src/tools/connect-extension.ts'
import { createConnectOfficer } from '../../src/tools/connect-officer.ts'
import { CallHouse, type HouseOptions, PHRASE_MS } from '../fakes/call-house.ts'
import { settle } from '../fakes/fake-clock.ts'
import { DANA, FakeOfficers } from '../fakes/fake-officers.ts'

const SERVICING = { id: 'servicing', name: 'Loan servicing', about: 'payments' }
const tools = [
  createConnectOfficer({ find: async () => ({ active: true }) }),
  createConnectExtension([SERVICING]),
] as HouseOptions['tools']

async function asked(options: HouseOptions, name: string, args: object) {
  const house = new CallHouse({ ...options, ...(tools && { tools }) })
  const line = await house.greeted()
  house.engine.session.take()
  house.engine.session.asksFor({ requestId: 'r1', name, args })
  await settle()
  return { house, line, requests: house.engine.session.take() }
}

it('[TL7] rings the officer a tool asks for, and has the model say nothing of it', async () => {
  const officers = new FakeOfficers([DANA])
  const args = { reason: 'a complaint', officer_id: 'dana-lee' }
  const { house, requests } = await asked({ officerLines: officers }, 'connect_officer', args)
  await using _house = house
  expect(officers.needs).toMatchObject([{ officerId: 'dana-lee' }])
  expect(officers.kept).toEqual(['began: a complaint', 'rang dana-lee'])
  expect(house.phrases.at(-1)).toBe('reaching')
  expect(requests.filter((request) => 'answer' in request)).toEqual([])
})

it('[TL7] sends a caller to the telephone of an extension, and to no number a model made up', async () => {
  const extensions = new Map([['servicing', '+16175550160']])
  const { house, line } = await asked({ extensions }, 'connect_extension', { extension_id: 'servicing' })
  await using _house = house
  await house.pass(PHRASE_MS * 4)
  expect(house.phrases.at(-1)).toBe('connecting')
  expect(line.told).toEqual([{ to: 'person', number: '+16175550160' }])
  house.engine.session.take()
})
