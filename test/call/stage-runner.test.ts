import { expect, it } from 'vitest'
import type { CallFact } from '../../src/call/facts.ts'
import { StageRunner, type StageWatch } from '../../src/call/stage-runner.ts'
import { createLog } from '../../src/lib/log.ts'
import type { Said, StageFactory } from '../../src/pipeline/stage.ts'
import { FakeClock } from '../fakes/fake-clock.ts'

const SAID: Said = { by: 'caller', text: 'Could I talk to somebody?', atMs: 5_000 }

const clock = new FakeClock()
const finds: StageFactory = () => ({
  name: 'finds',
  hear() {
    clock.advance(3)
    return [{ type: 'person requested' }]
  },
})
const fails: StageFactory = () => ({
  name: 'fails',
  hear() {
    clock.advance(7)
    throw new Error('no idea')
  },
})

it('[CD7] goes on with the other stages when one fails, and tells how long each took', () => {
  const times: [string, number][] = []
  const { runner, facts } = run([fails, finds], { clock, onStage: (...time) => times.push(time) })
  expect(runner.hear(SAID)).toEqual([{ type: 'person requested' }])
  expect(facts).toEqual([{ type: 'finding.made', stage: 'finds', finding: { type: 'person requested' } }])
  expect(times).toEqual([
    ['fails', 7],
    ['finds', 3],
  ])
})

function run(stages: readonly StageFactory[], watch: StageWatch) {
  const facts: CallFact[] = []
  const note = (fact: CallFact) => void facts.push(fact)
  const log = createLog({ level: 'silent' })
  return { facts, runner: new StageRunner(stages, { before: [], suspicion: 0, note, log, watch }) }
}
