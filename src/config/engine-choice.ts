import type { AgentFile } from './agent-schema.ts'
import type { CompanyFile } from './company-schema.ts'
import { cascadeSchema, ENGINE_NAMES, type EngineName, enginesSchema } from './engine-schemas.ts'
import type { EnvironmentSettings } from './environment-schema.ts'
import type { Problems } from './problems.ts'
import type { Config } from './schema.ts'

type Variable = keyof EnvironmentSettings

export interface EngineChoiceOptions {
  /** ENGINE; undefined when it names none, which is told elsewhere. */
  readonly main: EngineName | undefined
  readonly isSet: (variable: Variable) => boolean
  /** Undefined when a file is wrong somewhere: then its defaults stand, so that all problems are told at once. */
  readonly company?: CompanyFile
  readonly agent?: AgentFile
  readonly problems: Problems
}

/**
 * Which engines take calls and which take over. One that is named must have all its keys, or it is a problem; one that
 * is not named takes over when its keys happen to be set.
 */
export function chooseEngines({ main, isSet, company, agent, problems }: EngineChoiceOptions): Config['engines'] {
  const { rescue, numbers, experiment, require } = company?.engines ?? enginesSchema.parse({})
  const cascade = agent?.cascade ?? cascadeSchema.parse({})
  const arms = experiment?.arms.map(({ engine }) => engine) ?? []
  const named = new Set([...(main ? [main] : []), ...Object.values(numbers), ...arms, ...(rescue ?? [])])
  const missingFor = (engine: EngineName) => variablesOf(engine, cascade).filter((name) => !isSet(name))
  const missing = new Map([...named].flatMap((engine) => missingFor(engine).map((name) => [name, engine] as const)))
  for (const [name, engine] of missing) {
    problems.add(name, {
      expected: `${describe(name)}, since ${engine} is to take calls`,
      found: 'nothing',
      toDo: `Set it in the environment or in .env (see .env.example)${alternativeTo(name, engine)}.`,
    })
  }
  const ready = ENGINE_NAMES.filter((engine) => engine !== 'openai-live' && missingFor(engine).length === 0)
  return { main: main ?? 'openai', rescue: rescue ?? ready, numbers, experiment, require }
}

function variablesOf(engine: EngineName, cascade: AgentFile['cascade']): Variable[] {
  switch (engine) {
    case 'openai':
    case 'openai-live':
      return ['OPENAI_API_KEY']
    case 'elevenlabs':
      return ['ELEVENLABS_API_KEY', 'ELEVENLABS_AGENT_ID']
    case 'cascade':
      return ['DEEPGRAM_API_KEY', 'ELEVENLABS_API_KEY', 'ELEVENLABS_VOICE_ID', keyOf(cascade.thinkers[0]?.provider)]
    default:
      return engine satisfies never
  }
}

/** The first of several thinkers decides whose key a cascade needs. */
function alternativeTo(name: Variable, engine: EngineName): string {
  const isThinkers = engine === 'cascade' && (name === 'OPENAI_API_KEY' || name === 'ANTHROPIC_API_KEY')
  return isThinkers ? ", or put another provider first in the agent's cascade.thinkers" : ''
}

function describe(name: Variable): string {
  return name.endsWith('_KEY') ? 'an API key' : 'an id'
}

/** Of several thinkers only the first must be there; the others help out where their key is set. */
function keyOf(provider: string | undefined): Variable {
  return provider === 'anthropic' ? 'ANTHROPIC_API_KEY' : 'OPENAI_API_KEY'
}
