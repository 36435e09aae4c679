import { invalidBecause, type Row } from './summary.ts'

/** What the server promises, on one core, with recording and ledger on. */
export interface Verdict {
  readonly target: string
  readonly found: string
  readonly met: boolean
}

interface Target {
  readonly name: string
  /** Undefined: at every load. */
  readonly calls?: number
  readonly most: number
  readonly unit: string
  read(server: Row, relay: Row): number
}

const worseWay = ({ toEngine, toCaller }: Row) => Math.max(toEngine.p99Ms, toCaller.p99Ms)

const TARGETS: readonly Target[] = [
  {
    name: 'CPU against the relay',
    calls: 250,
    most: 1.25,
    unit: 'x',
    read: (server, relay) => server.cpuSecondsPerCallMinute / relay.cpuSecondsPerCallMinute,
  },
  { name: 'p99 of the added latency', calls: 250, most: 5, unit: ' ms', read: worseWay },
  { name: 'p99 of the added latency', calls: 400, most: 20, unit: ' ms', read: worseWay },
  { name: 'p99 of clear', calls: 250, most: 10, unit: ' ms', read: ({ clear }) => clear.p99Ms },
  {
    name: 'p99 of the event-loop delay',
    calls: 250,
    most: 15,
    unit: ' ms',
    read: ({ loopDelayP99Ms }) => loopDelayP99Ms,
  },
  { name: 'memory of a call', calls: 250, most: 300, unit: ' KiB', read: ({ kibPerCall }) => kibPerCall },
  { name: 'frames lost', most: 0, unit: '', read: ({ framesLost }) => framesLost },
]

/** Holds every target against the rows it is about; a load that was not measured, or not validly, gives none. */
export function judge(rows: readonly Row[]): Verdict[] {
  return TARGETS.flatMap((target) =>
    rows
      .filter((row) => row.subject === 'server' && (target.calls ?? row.calls) === row.calls)
      .flatMap((server) => {
        const relay = rows.find((row) => row.subject === 'relay' && row.calls === server.calls)
        return relay && !invalidBecause(server) && !invalidBecause(relay) ? [verdictOf(target, server, relay)] : []
      }),
  )
}

function verdictOf({ name, most, unit, read }: Target, server: Row, relay: Row): Verdict {
  const found = read(server, relay)
  const digits = unit === 'x' || unit === ' ms' ? 2 : 0
  return {
    target: `${name} at ${server.calls} calls: at most ${most}${unit}`,
    found: `${found.toFixed(digits)}${unit}`,
    met: found <= most,
  }
}
