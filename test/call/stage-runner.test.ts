import { expect, it } from 'vitest'
import type { CallFact } from '../../src/call/facts.ts'
import { StageRunner, type StageWatch } from '../../src/call/stage-runner.ts'
import { createLog } from '../../src/lib/log.ts'
import { LoopShare } from '../../src/lib/loop-share.ts'
import type { Finding, Said, StageFactory } from '../../src/pipeline/stage.ts'
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
  const { runner, facts, found } = run([fails, finds], { clock, onStage: (...time) => times.push(time) })
  runner.hear(SAID)
  runner.catchUp()
  expect(found).toEqual([{ type: 'person requested' }])
  expect(facts).toEqual([{ type: 'finding.made', stage: 'finds', finding: { type: 'person requested' } }])
  expect(times).toEqual([
    ['fails', 7],
    ['finds', 3],
  ])
})

function run(stages: readonly StageFactory[], watch: StageWatch) {
  const facts: CallFact[] = []
  const found: Finding[] = []
  const runner = new StageRunner(stages, {
    before: [],
    suspicion: 0,
    share: new LoopShare(clock),
    note: (fact) => facts.push(fact),
    onHeard: (findings) => found.push(...findings),
    log: createLog({ level: 'silent' }),
    watch,
  })
  return { facts, found, runner }
}
