import { describe, expect, it } from 'vitest'
import { loadConfig } from '../src/config/load.ts'
import type { Config } from '../src/config/schema.ts'
import { buildEngines } from '../src/engine-house.ts'
import { createLog } from '../src/lib/log.ts'
import { FakeClock } from './fakes/fake-clock.ts'

const env = {
  PUBLIC_URL: 'https://phone.example.com',
  TWILIO_ACCOUNT_SID: 'AC1',
  TWILIO_AUTH_TOKEN: 'token',
  OPENAI_API_KEY: 'key',
  ELEVENLABS_API_KEY: 'key',
  ELEVENLABS_AGENT_ID: 'agent',
  ELEVENLABS_VOICE_ID: 'voice',
  DEEPGRAM_API_KEY: 'key',
}

function build(engines: Partial<Config['engines']>) {
  const config = loadConfig({ env, configDir: 'config' })
  const changed = { ...config, engines: { ...config.engines, ...engines } }
  return buildEngines(changed, { clock: new FakeClock(), log: createLog({ level: 'silent' }) })
}

const NUMBER = '+16175550199'

function engineOf(house: ReturnType<typeof build>, from: string | undefined, to = '+16175550100') {
  return house.order({ from, to, callId: 'call_1' })[0]
}

function experiment(name: string) {
  const arms = [
    { engine: 'openai', share: 75 },
    { engine: 'cascade', share: 25 },
  ] as const
  return { name, arms: [...arms] }
}

const CALLERS = Array.from({ length: 400 }, (_, at) => `+1415555${String(at).padStart(4, '0')}`)

describe('which engine serves which call', () => {
  it('is decided by the number, then by the experiment, then by ENGINE', () => {
    const house = build({ numbers: { [NUMBER]: 'elevenlabs' }, rescue: ['cascade', 'openai'] })
    expect(house.order({ from: '+14155550001', to: NUMBER, callId: 'call_1' })).toEqual([
      'elevenlabs',
      'cascade',
      'openai',
    ])
    expect(engineOf(house, '+14155550001')).toBe('openai')
    const twice = build({ rescue: ['cascade', 'openai', 'cascade'] })
    expect(twice.order({ from: undefined, to: NUMBER, callId: 'call_1' })).toEqual(['openai', 'cascade'])
    const alone = [{ engine: 'cascade', share: 1 } as const]
    expect(engineOf(build({ experiment: { name: 'voices', arms: alone } }), '+14155550001')).toBe('cascade')
  })

  it('shares out the callers as the experiment says, each always to the same arm', () => {
    const house = build({ experiment: experiment('voices') })
    const first = CALLERS.map((caller) => engineOf(house, caller))
    const share = first.filter((engine) => engine === 'cascade').length / CALLERS.length
    expect(share).toBeCloseTo(0.25, 1)
    expect(CALLERS.map((caller) => engineOf(house, caller))).toEqual(first)
  })

  it('deals the callers out anew under another name', () => {
    const [before, after] = ['voices', 'voices again'].map((name) => {
      const house = build({ experiment: experiment(name) })
      return CALLERS.map((caller) => engineOf(house, caller))
    })
    expect(after).not.toEqual(before)
  })
})

describe('what engines must be able to do', () => {
  it('refuses one that is to take calls and cannot', () => {
    expect(() => build({ main: 'elevenlabs', require: ['held speech'] })).toThrow(
      expect.objectContaining({ code: 'engine_unfit', message: expect.stringContaining('held speech') }),
    )
  })

  it('lets one that cannot take over no calls', () => {
    const house = build({ require: ['exact history'], rescue: ['elevenlabs', 'cascade'] })
    expect(engineNames(house)).toEqual(['openai', 'cascade'])
    expect(house.order({ from: undefined, to: NUMBER, callId: 'call_1' })).toEqual(['openai', 'cascade'])
  })
})

function engineNames({ engines }: ReturnType<typeof build>): string[] {
  return Object.keys(engines)
}
