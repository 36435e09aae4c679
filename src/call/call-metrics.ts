import type { Metrics } from '../lib/metrics.ts'
import type { CallFact, EndReason, LedgerEntry } from './facts.ts'
import { turnLatenciesOf } from './turn-latency.ts'

/** Counts what a fact of any call says about the service as a whole. `engine` is the stack that answers. */
export function countFact(metrics: Metrics, fact: CallFact, engine: string): void {
  if (fact.type === 'dead-air') metrics.deadAir.inc(fact.gapMs / 1000)
  else if (fact.type === 'engine.lost') metrics.providerErrors.labels(engine, fact.failure).inc()
  else if (fact.type === 'engine.complained') metrics.providerErrors.labels(engine, 'complained').inc()
  else if (fact.type === 'tool.ended') {
    metrics.toolDuration.labels(toolLabel(fact), fact.outcome).observe(fact.tookMs / 1000)
  } else if (fact.type === 'line.ended' && fact.cause === 'dropped') {
    metrics.streamDisconnects.labels('carrier', 'dropped').inc()
  }
}

/** Counts and measures a call that is over: how it ended, how soon it spoke, how soon it answered each turn. */
export function measureCall(
  metrics: Metrics,
  { endReason, entries }: { endReason: EndReason; entries: readonly LedgerEntry[] },
  engine: string,
): void {
  metrics.calls.labels('inbound', endReason).inc()
  const opened = entries.find(({ fact }) => fact.type === 'line.opened')
  const spoke = entries.find(({ fact }) => fact.type === 'agent.speaking')
  if (opened && spoke) metrics.timeToFirstWord.observe((spoke.atMs - opened.atMs) / 1000)
  for (const { atCarrierMs } of turnLatenciesOf(entries)) metrics.turnLatency.labels(engine).observe(atCarrierMs / 1000)
}

/** A tool that was refused, or never began, may be one the model made up; every such name would be a series for ever. */
function toolLabel({ name, outcome }: Extract<CallFact, { type: 'tool.ended' }>): string {
  return outcome === 'refused' || outcome === 'cancelled' ? 'unknown' : name
}
