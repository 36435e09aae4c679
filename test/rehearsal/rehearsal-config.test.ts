import { expect, it } from 'vitest'
import { rehearsalConfig } from '../../scripts/rehearsal/rehearsal-config.ts'
import { scenarioSchema } from '../../src/simulator/scenario.ts'

function officersWith(settings: object) {
  const scenario = scenarioSchema.parse({ title: 'A call', talk: ['hang up'], expect: [{ heard: 'hello' }], settings })
  const engineEnv = { ENGINE: 'openai', OPENAI_API_KEY: 'k' }
  const places = {
    configDir: 'config',
    folder: '/nowhere',
    twilioBaseUrl: 'http://127.0.0.1:1',
    thinkersUrl: undefined,
  }
  return rehearsalConfig({ scenario, ...places, engineEnv }).officers
}

it('a scenario has the officers it names, and nobody else', () => {
  expect(officersWith({})).toMatchObject({ officers: [], extensions: [] })
  const ann = { id: 'ann', name: 'Ann', phone: '+16175550150', licences: ['TX'], languages: ['es'] }
  expect(officersWith({ officers: [ann] }).officers).toEqual([{ ...ann, loanTypes: [], dailyCapacity: 8 }])
})
