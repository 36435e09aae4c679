import type { FastifyInstance } from 'fastify'
import type { Clock } from '../../lib/clock.ts'
import type { Metrics } from '../../lib/metrics.ts'

export interface HealthServices {
  readonly switchboard: { readonly liveCalls: number; readonly draining: boolean; readonly capacity: number }
  /** Asked at most once a second. A rejection counts as false. */
  readonly isDatabaseReady: () => Promise<boolean>
  readonly metrics: Metrics
  readonly clock: Clock
}

/** Anyone may ask for readiness, as often as they like; the database is asked this often. */
const DATABASE_CHECK_MS = 1_000

/** A database that takes longer is away: whoever asks gives up after a second or so, and learns nothing. */
const DATABASE_PATIENCE_MS = 500

/**
 * `/healthz`: the process runs; depends on nothing else, as a restart would end its calls (RELIABILITY 6).
 * `/readyz`: it takes new calls, or why not. `/metrics`: Prometheus.
 */
export function registerHealth(server: FastifyInstance, services: HealthServices): void {
  const { switchboard, metrics } = services
  const isDatabaseReady = rememberBriefly(services)

  server.get('/healthz', async () => ({ status: 'alive' }))

  server.get('/readyz', async (_request, reply) => {
    const reasons: string[] = []
    if (switchboard.draining) reasons.push('draining')
    if (switchboard.liveCalls >= switchboard.capacity) reasons.push('full')
    // A load balancer that asks during a drain must not wait for a database (F8: 100 ms).
    if (!switchboard.draining && !(await isDatabaseReady())) reasons.push('database away')
    const status = reasons.length === 0 ? 'ready' : 'not ready'
    return reply.code(reasons.length === 0 ? 200 : 503).send({ status, reasons })
  })

  server.get('/metrics', async (_request, reply) => {
    metrics.activeCalls.set(switchboard.liveCalls)
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics())
  })
}

function rememberBriefly(services: HealthServices): () => Promise<boolean> {
  const { clock } = services
  const isDatabaseReady = askPatiently(services)
  let known: { readonly ready: Promise<boolean>; readonly untilMs: number } | undefined
  return () => {
    const nowMs = clock.monotonicMs()
    if (known && nowMs < known.untilMs) return known.ready
    const ready = isDatabaseReady()
    known = { ready, untilMs: nowMs + DATABASE_CHECK_MS }
    return ready
  }
}

/** False when no answer comes in time. A database that hangs is not asked again meanwhile, or questions would pile up. */
function askPatiently({ isDatabaseReady, clock }: HealthServices): () => Promise<boolean> {
  let asking: Promise<boolean> | undefined
  return async () => {
    asking ??= isDatabaseReady()
      .catch(() => false)
      .finally(() => {
        asking = undefined
      })
    const { promise: patienceOver, resolve } = Promise.withResolvers<boolean>()
    using _patience = clock.after(DATABASE_PATIENCE_MS, () => resolve(false))
    return await Promise.race([asking, patienceOver])
  }
}
