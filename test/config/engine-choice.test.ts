import { describe, expect, it } from 'vitest'
import { agentFileSchema } from '../../src/config/agent-schema.ts'
import { companyFileSchema } from '../../src/config/company-schema.ts'
import { chooseEngines } from '../../src/config/engine-choice.ts'
import type { EngineName } from '../../src/config/engine-schemas.ts'
import { Problems } from '../../src/config/problems.ts'

const ALL_KEYS = [
  'OPENAI_API_KEY',
  'ELEVENLABS_API_KEY',
  'ELEVENLABS_AGENT_ID',
  'ELEVENLABS_VOICE_ID',
  'DEEPGRAM_API_KEY',
  'ANTHROPIC_API_KEY',
]

function choose(main: EngineName, keys: readonly string[], engines: object = {}, cascade: object = {}) {
  const problems = new Problems()
  const always = 'closed'
  const hours = {
    ...{ monday: always, tuesday: always, wednesday: always, thursday: always, friday: always },
    ...{ saturday: always, sunday: always },
  }
  const company = companyFileSchema.parse({
    company: { name: 'Test Loans', nmlsId: '1', languages: ['en-US'], timeZone: 'America/New_York', hours },
    engines,
  })
  const agent = agentFileSchema.parse({
    agent: { name: 'Clara', language: 'en-US', instructions: 'Be kind.', tools: [] },
    openai: {},
    cascade,
  })
  const chosen = chooseEngines({ main, isSet: (name) => keys.includes(name), company, agent, problems })
  return { chosen, problems: problems.any ? problems.toError().message : '' }
}

describe('the engines of calls', () => {
  it('rescues with every other engine whose keys are set, experimental ones left out', () => {
    expect(choose('openai', ALL_KEYS).chosen.rescue).toEqual(['openai', 'elevenlabs', 'cascade'])
    expect(choose('openai', ['OPENAI_API_KEY']).chosen.rescue).toEqual(['openai'])
  })

  it('takes the order that is written down', () => {
    expect(choose('openai', ALL_KEYS, { rescue: ['cascade'] }).chosen.rescue).toEqual(['cascade'])
  })

  it.each<[string, EngineName, readonly string[], string]>([
    ['ENGINE', 'elevenlabs', ['ELEVENLABS_API_KEY'], 'ELEVENLABS_AGENT_ID: expected an id, since elevenlabs'],
    ['ENGINE', 'cascade', ['DEEPGRAM_API_KEY', 'ELEVENLABS_API_KEY', 'ELEVENLABS_VOICE_ID'], 'OPENAI_API_KEY: '],
    ['ENGINE', 'openai-live', [], 'OPENAI_API_KEY: expected an API key, since openai-live'],
  ])('asks for what the engine of %s=%s needs', (_variable, engine, keys, problem) => {
    expect(choose(engine, keys).problems).toContain(problem)
  })

  it('asks for what engines of numbers, experiments and rescues need, each variable once', () => {
    const arms = [
      { engine: 'openai', share: 1 },
      { engine: 'cascade', share: 1 },
    ]
    const engines = {
      numbers: { '+16175550199': 'elevenlabs' },
      experiment: { name: 'voices', arms },
      rescue: ['cascade'],
    }
    const { problems } = choose('openai', ['OPENAI_API_KEY'], engines)
    for (const name of ['ELEVENLABS_API_KEY', 'ELEVENLABS_AGENT_ID', 'ELEVENLABS_VOICE_ID', 'DEEPGRAM_API_KEY'])
      expect(problems.split(`${name}: `)).toHaveLength(2)
  })

  it('needs only the key of the first thinker', () => {
    const keys = ['DEEPGRAM_API_KEY', 'ELEVENLABS_API_KEY', 'ELEVENLABS_VOICE_ID', 'ANTHROPIC_API_KEY']
    const thinkers = [{ provider: 'anthropic', model: 'claude-haiku-5-5' }]
    expect(choose('cascade', keys, {}, { thinkers }).problems).toBe('')
  })
})
