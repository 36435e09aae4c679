import type { Metrics } from '../lib/metrics.ts'
import type { CallFact, EndReason, LedgerEntry } from './facts.ts'
import { turnLatenciesOf } from './turn-latency.ts'

/** Counts what a fact of any call says about the service as a whole. */
export function countFact(metrics: Metrics, fact: CallFact): void {
  if (fact.type === 'dead-air') metrics.deadAir.inc(fact.gapMs / 1000)
  else if (fact.type === 'engine.lost') metrics.providerErrors.labels(engineOf(fact), fact.failure).inc()
  else if (fact.type === 'engine.complained') metrics.providerErrors.labels(engineOf(fact), 'complained').inc()
  else if (fact.type === 'rescue.ended') countRescue(metrics, fact)
  else if (fact.type === 'call.screened') metrics.screening.labels(fact.verdict).inc()
  else if (fact.type === 'cost.avoided') metrics.costAvoided.inc(fact.usd)
  else if (fact.type === 'finding.made') metrics.findings.labels(fact.finding.type).inc()
  else if (fact.type === 'speech.barred') metrics.speechBarred.labels(fact.rule).inc()
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
): void {
  metrics.calls.labels('inbound', endReason).inc()
  const opened = entries.find(({ fact }) => fact.type === 'line.opened')
  const spoke = entries.find(({ fact }) => fact.type === 'agent.speaking')
  if (opened && spoke) metrics.timeToFirstWord.observe((spoke.atMs - opened.atMs) / 1000)
  for (const turn of turnLatenciesOf(entries)) {
    metrics.turnLatency.labels(engineOf(turn)).observe(turn.atCarrierMs / 1000)
  }
}

function countRescue(
  metrics: Metrics,
  { rung, gapMs, lostEngine, engine }: Extract<CallFact, { type: 'rescue.ended' }>,
) {
  metrics.rescueGap.labels(rung).observe(gapMs / 1000)
  if (rung !== 'same engine') metrics.providerFailovers.labels(lostEngine, engine ?? rung).inc()
}

function engineOf({ engine = 'unknown' }: { readonly engine?: string | undefined }): string {
  return engine
}

/** A tool that was refused, or never began, may be one the model made up; every such name would be a series for ever. */
function toolLabel({ name, outcome }: Extract<CallFact, { type: 'tool.ended' }>): string {
  return outcome === 'refused' || outcome === 'cancelled' ? 'unknown' : name
}
