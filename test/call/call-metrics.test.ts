import { expect, it } from 'vitest'
import { countFact, measureCall } from '../../src/call/call-metrics.ts'
import type { CallServices } from '../../src/call/call-services.ts'
import { reconcile } from '../../src/call/reconciler.ts'
import { createMetrics, type Metrics } from '../../src/lib/metrics.ts'
import { CALLER, CallHouse } from '../fakes/call-house.ts'
import { settle } from '../fakes/fake-clock.ts'

it('counts a saved call by how it ended, with the time to its first word and the latency of each turn', async () => {
  using metrics = createMetrics()
  await using house = new CallHouse({ onEnded: measuring(metrics) })
  const line = await house.greeted()
  await house.callerSays('What are your hours?')
  await house.pass(700)
  house.engine.session.says('a1', 'Nine to five.', 1_000)
  await house.pass(1_500)
  line.callerHangsUp()
  await settle()
  house.engine.session.take()
  expect(await figuresOf(metrics)).toMatchObject({
    'voice_calls_total{direction="inbound",outcome="caller hung up"}': 1,
    voice_time_to_first_word_seconds_count: 1,
    voice_time_to_first_word_seconds_sum: 0,
    'voice_turn_latency_seconds_count{stack="fake"}': 1,
    'voice_turn_latency_seconds_sum{stack="fake"}': expect.closeTo(expectedLatencySeconds(house)),
  })
})

it('counts nothing of a call that is only let go at shut-down', async () => {
  using metrics = createMetrics()
  await using house = new CallHouse({ onEnded: measuring(metrics) })
  await house.greeted()
  await house.switchboard.closeAll('shut down')
  expect(Object.keys(await figuresOf(metrics)).filter((name) => name.startsWith('voice_calls_total'))).toEqual([])
})

it('[SC7] counts screened rings by verdict, and what was not spent on those turned away', async () => {
  using metrics = createMetrics()
  for (const verdict of ['accept', 'message', 'message'] as const)
    countFact(metrics, { type: 'call.screened', verdict, suspicion: 0.5, evidence: [] })
  countFact(metrics, { type: 'cost.avoided', usd: 0.25 })
  expect(await figuresOf(metrics)).toMatchObject({
    'voice_screening_total{verdict="accept"}': 1,
    'voice_screening_total{verdict="message"}': 2,
    voice_cost_avoided_usd_total: 0.25,
  })
})

it('counts what stages found by type, and barred speech by rule, with nothing of what was said', async () => {
  using metrics = createMetrics()
  const stated = { type: 'fact stated', key: 'name', value: 'Olena Marsh' } as const
  countFact(metrics, { type: 'finding.made', stage: 'facts', finding: stated })
  countFact(metrics, { type: 'finding.made', stage: 'facts', finding: { ...stated, value: 'Helena Marsh' } })
  countFact(metrics, { type: 'speech.barred', utteranceId: 'a1', rule: 'rate' })
  const figures = await figuresOf(metrics)
  expect(figures).toMatchObject({
    'voice_findings_total{type="fact stated"}': 2,
    'voice_speech_barred_total{rule="rate"}': 1,
  })
  expect(JSON.stringify(figures)).not.toContain('Marsh')
})

it('[CS3] counts a call whose record only the reconciler could save, once', async () => {
  using metrics = createMetrics()
  await using house = new CallHouse({ onEnded: measuring(metrics) })
  const line = await house.greeted()
  // Younger calls may be on their way through another process.
  await house.pass(7_500)
  house.store.fails = true
  line.callerHangsUp()
  await house.pass(100)
  house.errors.splice(0)
  house.store.fails = false
  const isLive = (carrierCallId: string) => house.switchboard.session(carrierCallId) !== undefined
  await reconcile({ ...house.services, isLive, isOver: async (id) => id === CALLER.carrierCallId })
  expect(house.store.records).toHaveLength(1)
  expect(await figuresOf(metrics)).toMatchObject({
    'voice_calls_total{direction="inbound",outcome="interrupted"}': 1,
    voice_time_to_first_word_seconds_count: 1,
  })
})

it('has one name for all tools that a model makes up', async () => {
  // The name the model gave was the label, so every made-up tool left a series behind, for as long as the process ran.
  using metrics = createMetrics()
  const ended = { type: 'tool.ended', requestId: 'r', reply: {}, tookMs: 5 } as const
  for (let nth = 0; nth < 3; nth += 1) {
    countFact(metrics, { ...ended, name: `order_pizza_${nth}`, outcome: 'refused' })
    countFact(metrics, { ...ended, name: `order_pizza_${nth}`, outcome: 'cancelled' })
  }
  countFact(metrics, { ...ended, name: 'take_message', outcome: 'replied' })
  const figures = await figuresOf(metrics)
  expect(figures).toMatchObject({
    'voice_tool_duration_seconds_count{tool="unknown",outcome="refused"}': 3,
    'voice_tool_duration_seconds_count{tool="unknown",outcome="cancelled"}': 3,
    'voice_tool_duration_seconds_count{tool="take_message",outcome="replied"}': 1,
  })
  expect(JSON.stringify(figures)).not.toContain('pizza')
})

it('[RL9] counts rescues by their rung, and failovers by who took over', async () => {
  using metrics = createMetrics()
  const ended = { type: 'rescue.ended', gapMs: 1_100, attempts: 2, lostEngine: 'openai' } as const
  countFact(metrics, { type: 'engine.lost', failure: 'dropped', code: 'closed', engine: 'openai' })
  countFact(metrics, { ...ended, rung: 'other engine', engine: 'cascade' })
  countFact(metrics, { ...ended, rung: 'same engine', engine: 'openai' })
  countFact(metrics, { ...ended, rung: 'person' })
  expect(await figuresOf(metrics)).toMatchObject({
    'voice_provider_errors_total{provider="openai",kind="dropped"}': 1,
    'voice_provider_failovers_total{from="openai",to="cascade"}': 1,
    'voice_provider_failovers_total{from="openai",to="person"}': 1,
    'voice_rescue_gap_seconds_sum{rung="same engine"}': 1.1,
  })
})

function measuring(metrics: Metrics): CallServices['onEnded'] {
  return (endReason, entries) => measureCall(metrics, { endReason, entries })
}

/** By name and labels, as Prometheus reads them. */
async function figuresOf({ registry }: Metrics): Promise<Record<string, number>> {
  const lines = (await registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  )
}

/** From the end of the speech, before it was noticed, to the answer 700 ms after that. */
function expectedLatencySeconds(house: CallHouse): number {
  const [stopped] = house.of('caller.stopped-speaking')
  return (700 + (stopped?.endpointingMs ?? Number.NaN)) / 1_000
}
