import { ENGINE_NAMES, type EngineName } from '../../src/config/engine-schemas.ts'
import { scenarioSchema } from '../../src/simulator/scenario.ts'
import { createRandom, type Random } from '../../src/simulator/seeded-random.ts'
import type { Strike } from '../../src/simulator/service/emulated-service.ts'
import type { ScenarioFile } from './load-scenarios.ts'

/** A call whose engine fails at some moment. */
export interface ChaosCall {
  readonly engine: EngineName
  readonly how: Strike
  /** When it fails, in ms after the first words of the talk could be said. */
  readonly afterMs: number
  readonly file: ScenarioFile
}

/** The experimental engine takes over no calls, and promises less. */
const ENGINES = ENGINE_NAMES.filter((name) => name !== 'openai-live')

const FAILURES = ['drop', 'drop mid-message', 'stall', 'half-open', 'garbage', 'limit'] as const

/** What callers talk about: questions, an interruption, a message that must be noted once. */
const TALKS: readonly (readonly unknown[])[] = [
  [{ say: 'What are your opening hours?' }, 'hear out', { say: 'Where is your office?' }, 'hear out'],
  [
    { say: 'What are your opening hours?' },
    { hear: { forMs: 1500 } },
    { say: 'Sorry, where is your office?' },
    'hear out',
  ],
  [
    { say: 'Can you take a message, please?' },
    'hear out',
    { say: 'My name is Maria Santos.' },
    'hear out',
    { say: 'Please call me back about my application.' },
    'hear out',
    { say: 'Yes, please.' },
    'hear out',
  ],
]

const GOODBYE = { say: "No, that's all. Goodbye." }

/** A talk of the longest kind lasts about this long. */
const LONGEST_TALK_MS = 30_000

/** So many calls, each with an engine, a failure and a moment of its own. The same seed gives the same calls. */
export function planChaos(calls: number, seed: number): ChaosCall[] {
  const random = createRandom(seed)
  return Array.from({ length: calls }, (_, index) => planCall(index + 1, random))
}

function planCall(number: number, random: Random): ChaosCall {
  const engine = oneOf(ENGINES, random)
  const how = oneOf(FAILURES, random)
  const talk = oneOf(TALKS, random)
  const afterMs = Math.round(random() * LONGEST_TALK_MS)
  const scenario = scenarioSchema.parse({
    title: `${engine}: ${how} after ${afterMs} ms`,
    // A number of its own, so that nothing of one call is taken for another's.
    caller: { from: `+1415555${String(number).padStart(4, '0')}` },
    settings: { rescue: ENGINES.filter((name) => name !== engine), office: 'open', officePhone: '+16175550123' },
    people: { '+16175550123': { outcome: 'answers', talkMs: 3000 } },
    talk: [{ strike: { how, afterMs } }, 'hear out', ...talk, GOODBYE],
    expect: [{ record: {} }],
  })
  return { engine, how, afterMs, file: { name: `chaos-${number}`, scenario, file: 'scenarios/chaos.yaml' } }
}

function oneOf<Item>(items: readonly Item[], random: Random): Item {
  return items[Math.floor(random() * items.length)] as Item
}
