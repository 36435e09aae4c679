import { CarrierLeg, idsOf } from './carrier-leg.ts'
import { EngineSession } from './engine-session.ts'
import { startFakeEngine } from './fake-engine.ts'
import { type Findings, Measurements } from './measurements.ts'
import type { RunningSubject, Subject } from './subject.ts'
import { EngineSockets, type StartedCall } from './talk.ts'

/** What the bench plays in a round: the engine behind the subject, and both ends of every call. */
export interface Play<Found> extends AsyncDisposable {
  /** `http://127.0.0.1:<port>/v1`: what the subject is started against. */
  readonly engineBaseUrl: string
  startCall(running: RunningSubject, call: number): Promise<StartedCall>
  /** What is found from now on counts, or does not. */
  measure(counts: boolean): void
  findings(): Found
}

/** A voice model that hears and speaks over one socket. */
export async function openRealtimePlay(subject: Subject, calls: number): Promise<Play<Findings>> {
  const measurements = new Measurements(calls)
  const sockets = new EngineSockets()
  const engine = await startFakeEngine((key, socket) => sockets.arrived(key, socket))
  return {
    engineBaseUrl: engine.baseUrl,
    async startCall(running, call) {
      const ids = idsOf(call)
      const awaited = sockets.next(subject.engineKeyOf(ids))
      const { socket, customParameters } = await running.dial(ids)
      const leg = new CarrierLeg({ ids, socket, customParameters, measurements })
      const engineSocket = await awaited
      const session = new EngineSession({ ids, socket: engineSocket, dialect: subject.dialect, measurements })
      return { leg, engine: session, engineSocket }
    },
    measure(counts) {
      measurements.isMeasuring = counts
    },
    findings: () => measurements.findings(),
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  }
}
