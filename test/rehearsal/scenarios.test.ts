import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadScenario, scenarioNames } from '../../scripts/rehearsal/load-scenarios.ts'
import { runScenario } from '../../scripts/rehearsal/run-scenario.ts'
import { createLog } from '../../src/lib/log.ts'
import { createSpeech } from '../../src/simulator/speech/speech.ts'

/** What two cores can pace without getting late, several calls at a time. */
const SPEED = 3

const log = createLog({ level: 'silent' })
const speech = createSpeech({ log })
const configDir = join(import.meta.dirname, '../../config')
const names = scenarioNames()

describe.concurrent('the shipped scenarios', () => {
  it.each(names)('%s goes as expected', { timeout: 120_000 }, async (name) => {
    const { verdicts } = await runScenario(loadScenario(name), {
      engine: 'openai',
      speed: SPEED,
      speech,
      log,
      configDir,
    })
    // How soon things come is judged at real speed, by `npm run rehearse -- all`; here, what comes.
    expect(verdicts.filter(({ ok, timing }) => !ok && !timing)).toEqual([])
  })
})

describe('the collection', () => {
  it('covers the failures of sections 2 to 4 and has three calls of more than a minute', () => {
    const scenarios = names.map((name) => loadScenario(name).scenario)
    const long = scenarios.filter(({ expect: wanted }) =>
      wanted.some((one) => one.expect === 'record' && (one.minTalkedMs ?? 0) >= 60_000),
    )
    expect(scenarios.length).toBeGreaterThanOrEqual(14)
    expect(long.length).toBeGreaterThanOrEqual(3)
    const covered = new Set(scenarios.flatMap(({ covers }) => covers))
    const failures = [
      'F1',
      'F2',
      'F3',
      'F4',
      'F5',
      'F6',
      'F7',
      'F8',
      'F9',
      'F15',
      'F18',
      'F19',
      'F21',
      'F22',
      'F23',
      'F31',
    ]
    expect(failures.filter((failure) => !covered.has(failure))).toEqual([])
  })
})
