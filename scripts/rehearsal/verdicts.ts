import type { Scenario } from '../../src/simulator/scenario.ts'
import type { Evidence } from './evidence.ts'
import { check } from './expectations.ts'
import { houseRules } from './house-rules.ts'

/** Whether something that was expected came to be. */
export interface Verdict {
  readonly what: string
  readonly ok: boolean
  /** What there was, short. */
  readonly found: string
  /** It judges how soon or how exactly in time, which is only fair at real speed on a machine that keeps up. */
  readonly timing?: true
}

/** The verdicts on a rehearsed call: what holds for every call, then what the scenario expects. */
export function judge(scenario: Scenario, evidence: Evidence): Verdict[] {
  const engine = evidence.emulated?.engine
  const expected = [...scenario.expect, ...((engine && scenario.expectOn[engine]) ?? [])]
  return [
    ...houseRules(scenario, evidence),
    ...expected.flatMap((expectation) => check(expectation, evidence)),
    ...judgeCallBack(scenario, evidence),
  ]
}

function judgeCallBack(scenario: Scenario, { calledBack: evidence }: Evidence): Verdict[] {
  if (!evidence) return []
  const wanted = scenario.calledBack?.expect ?? []
  const verdicts = [...houseRules(scenario, evidence), ...wanted.flatMap((expectation) => check(expectation, evidence))]
  return verdicts.map((verdict) => ({ ...verdict, what: `called back: ${verdict.what}` }))
}
