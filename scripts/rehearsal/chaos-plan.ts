import { ENGINE_NAMES, type EngineName } from '../../src/config/engine-schemas.ts'
import { scenarioSchema } from '../../src/simulator/scenario.ts'
import { createRandom, type Random } from '../../src/simulator/seeded-random.ts'
import type { ScenarioFile } from './load-scenarios.ts'

/** A call whose engine fails at some moment. */
export interface ChaosCall {
  readonly engine: EngineName
  readonly how: Failure
  /** When it fails, in ms after the call was placed. */
  readonly afterMs: number
  readonly topic: Topic
  /** What the caller says, in order. */
  readonly lines: readonly string[]
  readonly file: ScenarioFile
}

/** The experimental engine takes over no calls, and promises less. */
const ENGINES = ENGINE_NAMES.filter((name) => name !== 'openai-live')

/**
 * `limit`: connections break, and for some seconds new ones are refused with 429. `outage`: the same at every engine
 * there is, for so long that somebody else has to take the call.
 */
const FAILURES = ['drop', 'drop mid-message', 'stall', 'half-open', 'garbage', 'limit', 'outage'] as const
type Failure = (typeof FAILURES)[number]

const LIMITED_MS = 5_000
const OUTAGE_MS = 40_000

/** What callers talk about: questions, an interruption, a message that must be noted once. */
const TALKS = {
  questions: [{ say: 'What are your opening hours?' }, 'hear out', { say: 'Where is your office?' }, 'hear out'],
  interruption: [
    { say: 'What are your opening hours?' },
    { hear: { forMs: 1500 } },
    { say: 'Sorry, where is your office?' },
    'hear out',
  ],
  message: [
    { say: 'Can you take a message, please?' },
    'hear out',
    { say: 'My name is Maria Santos.' },
    'hear out',
    { say: 'Please call me back about my application.' },
    'hear out',
    { say: 'Yes, please.' },
    'hear out',
  ],
} as const
type Topic = keyof typeof TALKS
type Step = (typeof TALKS)[Topic][number]

/** The last the caller says: whoever is asked another question then hangs up. */
export const GOODBYE = "No, that's all. Goodbye."

/** From the first ring to the end of our goodbye when nothing goes wrong, for a caller who waits 0.8 s. */
const TALK_MS: Readonly<Record<Topic, number>> = { questions: 45_000, interruption: 33_000, message: 45_000 }

/** How long we must have been silent before the caller speaks. The patient ones hear where a sentence breaks off. */
const PATIENCES_MS = [800, 2_800] as const
/** A long answer may break off near its end and be told once more. */
const PATIENT_FOR_MS = 60_000

/** So many calls, each with an engine, a failure and a moment of its own. The same seed gives the same calls. */
export function planChaos(calls: number, seed: number): ChaosCall[] {
  const random = createRandom(seed)
  return Array.from({ length: calls }, (_, index) => planCall(index + 1, random))
}

function planCall(number: number, random: Random): ChaosCall {
  const engine = oneOf(ENGINES, random)
  const how = oneOf(FAILURES, random)
  const topic = oneOf(Object.keys(TALKS) as Topic[], random)
  const silentMs = oneOf(PATIENCES_MS, random)
  const office = random() < 0.5 ? 'open' : 'closed'
  const talk = [...TALKS[topic].map((step) => patiently(step, silentMs)), { say: GOODBYE }]
  const pauses = talk.filter((step) => 'hear out' in step).length
  const afterMs = Math.round(random() * (TALK_MS[topic] + pauses * (silentMs - PATIENCES_MS[0])))
  const scenario = scenarioSchema.parse({
    title: `${engine}: ${how} after ${afterMs} ms, ${topic}`,
    // A number of its own, so that nothing of one call is taken for another's.
    caller: { from: `+1415555${String(number).padStart(4, '0')}` },
    settings: { rescue: ENGINES.filter((name) => name !== engine), office, officePhone: '+16175550123' },
    people: { '+16175550123': { outcome: 'answers', talkMs: 3000 } },
    talk: [...strikes(how, afterMs), 'hear out', ...talk, patiently('hear out', silentMs), 'hang up'],
    expect: [{ record: {} }],
  })
  const lines = talk.flatMap((step) => ('say' in step ? [step.say] : []))
  return {
    engine,
    how,
    afterMs,
    topic,
    lines,
    file: { name: `chaos-${number}`, scenario, file: 'scenarios/chaos.yaml' },
  }
}

function patiently(step: Step, silentMs: number) {
  return step === 'hear out' ? { 'hear out': { silentMs, withinMs: PATIENT_FOR_MS } } : step
}

function strikes(how: Failure, afterMs: number) {
  if (how !== 'limit' && how !== 'outage') return [{ strike: { how, afterMs } }]
  const engines = how === 'limit' ? 'own' : 'all'
  const untilMs = afterMs + (how === 'limit' ? LIMITED_MS : OUTAGE_MS)
  return [
    // First the limit: whoever reconnects meets it.
    { strike: { how: 'limit', afterMs, engines } },
    { strike: { how: 'drop', afterMs, engines } },
    { strike: { how: 'recover', afterMs: untilMs, engines } },
  ]
}

function oneOf<Item>(items: readonly Item[], random: Random): Item {
  return items[Math.floor(random() * items.length)] as Item
}
