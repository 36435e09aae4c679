import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import packageJson from '../../package.json' with { type: 'json' }

export type Metrics = ReturnType<typeof createMetrics>

/**
 * Everything Hearthline counts and measures (RELIABILITY 6), in a registry of its own. Labels have few values: never a
 * call, a number or a name. Dispose to stop watching the event loop.
 */
export function createMetrics() {
  const registry = new Registry()
  const registers = [registry]
  const eventLoop = watchEventLoop(registers)
  new Gauge({
    name: 'voice_build_info',
    help: 'What is running; always 1.',
    labelNames: ['version', 'node'],
    registers,
  })
    .labels(packageJson.version, process.version)
    .set(1)

  return {
    registry,
    calls: new Counter({
      name: 'voice_calls_total',
      help: 'Calls that ended.',
      labelNames: ['direction', 'outcome'],
      registers,
    }),
    activeCalls: new Gauge({ name: 'voice_calls_active', help: 'Calls now.', registers }),
    timeToFirstWord: new Histogram({
      name: 'voice_time_to_first_word_seconds',
      help: 'From the start of the stream to the first agent audio sent.',
      buckets: [0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.5, 2, 5],
      registers,
    }),
    turnLatency: new Histogram({
      name: 'voice_turn_latency_seconds',
      help: 'From the end of the caller’s speech to agent audio.',
      labelNames: ['stack'],
      buckets: [0.2, 0.4, 0.6, 0.8, 1, 1.5, 2, 3, 5, 8],
      registers,
    }),
    deadAir: new Counter({
      name: 'voice_dead_air_seconds_total',
      help: 'Silence longer than 2 s while it was our turn.',
      registers,
    }),
    providerErrors: new Counter({
      name: 'voice_provider_errors_total',
      help: 'Failures of a provider.',
      labelNames: ['provider', 'kind'],
      registers,
    }),
    providerFailovers: new Counter({
      name: 'voice_provider_failovers_total',
      help: 'Calls whose engine was lost and that were taken over by another engine, a person or a message.',
      labelNames: ['from', 'to'],
      registers,
    }),
    providerBreakerOpen: new Gauge({
      name: 'voice_provider_breaker_open',
      help: '1 while a provider is left alone because it failed.',
      labelNames: ['provider'],
      registers,
    }),
    rescueGap: new Histogram({
      name: 'voice_rescue_gap_seconds',
      help: 'From the loss of an engine, or the end of what was still to be heard, until somebody speaks again.',
      labelNames: ['rung'],
      buckets: [0.25, 0.5, 1, 1.5, 2, 3, 4, 6, 8, 12],
      registers,
    }),
    webhookDuration: new Histogram({
      name: 'voice_webhook_duration_seconds',
      help: 'From a carrier webhook to its answer.',
      labelNames: ['route'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5],
      registers,
    }),
    streamDisconnects: new Counter({
      name: 'voice_stream_disconnects_total',
      help: 'Media streams that ended out of order.',
      labelNames: ['side', 'reason'],
      registers,
    }),
    admissionRejected: new Counter({
      name: 'voice_admission_rejected_total',
      help: 'Calls that were not given to the agent.',
      labelNames: ['reason'],
      registers,
    }),
    screening: new Counter({
      name: 'voice_screening_total',
      help: 'Rings that were screened.',
      labelNames: ['verdict'],
      registers,
    }),
    costAvoided: new Counter({
      name: 'voice_cost_avoided_usd_total',
      help: 'What calls kept from the voice engine would have cost, by the mean of the calls it served.',
      registers,
    }),
    toolDuration: new Histogram({
      name: 'voice_tool_duration_seconds',
      help: 'How long tools took.',
      labelNames: ['tool', 'outcome'],
      buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 3, 8],
      registers,
    }),
    stageDuration: new Histogram({
      name: 'voice_stage_duration_seconds',
      help: 'How long a stage took to hear one utterance.',
      labelNames: ['stage'],
      buckets: [0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02],
      registers,
    }),
    findings: new Counter({
      name: 'voice_findings_total',
      help: 'What stages found in what was said.',
      labelNames: ['type'],
      registers,
    }),
    speechBarred: new Counter({
      name: 'voice_speech_barred_total',
      help: 'Speech of the engine that was stopped by a rule before it was heard.',
      labelNames: ['rule'],
      registers,
    }),
    outboxOldestAge: new Gauge({
      name: 'voice_outbox_oldest_age_seconds',
      help: 'How long the oldest job that is not done has been due.',
      registers,
    }),
    /** Of the last moments, in ms: above 50 the process has too much to do (RELIABILITY F24). */
    eventLoopDelayP99Ms: eventLoop.p99Ms,
    [Symbol.dispose]: eventLoop[Symbol.dispose],
  }
}

/** How precisely the loop is watched; a finer grain costs more wake-ups than it tells. */
const EVENT_LOOP_RESOLUTION_MS = 10
const NS_PER_SECOND = 1e9

/** The histogram starts anew with each scrape, so a scrape tells of the time since the last one. */
function watchEventLoop(registers: Registry[]) {
  const delay = monitorEventLoopDelay({ resolution: EVENT_LOOP_RESOLUTION_MS })
  delay.enable()
  // The monitor measures from timer to timer, so an idle loop already shows its resolution.
  const beyondResolution = (ns: number) => Math.max(0, ns / NS_PER_SECOND - EVENT_LOOP_RESOLUTION_MS / 1000)
  new Gauge({
    name: 'voice_event_loop_delay_seconds',
    help: 'How late the event loop was since the last scrape.',
    labelNames: ['quantile'],
    registers,
    collect() {
      for (const quantile of [50, 99]) this.labels(`0.${quantile}`).set(beyondResolution(delay.percentile(quantile)))
      this.labels('1').set(beyondResolution(delay.max))
      delay.reset()
    },
  })
  return {
    p99Ms: () => beyondResolution(delay.percentile(99)) * 1000,
    [Symbol.dispose]: () => delay.disable(),
  }
}
