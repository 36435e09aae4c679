import { CarrierLeg, idsOf } from '../carrier-leg.ts'
import { startFakeEngine } from '../fake-engine.ts'
import { type Findings, Measurements } from '../measurements.ts'
import type { Play } from '../play.ts'
import type { Subject } from '../subject.ts'
import { EngineSockets } from '../talk.ts'
import { CascadeCall } from './cascade-call.ts'
import { startFakeProviders } from './fake-providers.ts'
import { RelayedCall } from './relayed-call.ts'
import { type TurnFindings, TurnMeter } from './turn-meter.ts'

export interface CascadeFindings extends TurnFindings {
  readonly frames: Findings
  /** Connections to the thinker that were opened while it was measured. */
  readonly thinkerConnections: number
}

/** The three providers behind a server; behind the relay, a plain socket that sends as much at the same moments. */
export function openCascadePlay(subject: Subject, calls: number): Promise<Play<CascadeFindings>> {
  return subject.name === 'relay' ? openRelayedPlay(subject, calls) : openServedPlay(subject, calls)
}

async function openServedPlay(subject: Subject, calls: number): Promise<Play<CascadeFindings>> {
  const measurements = new Measurements(calls)
  const meter = new TurnMeter()
  const sockets = new EngineSockets()
  const served = new Map<number, CascadeCall>()
  const numbers = new Map(Array.from({ length: calls }, (_, call) => [subject.engineKeyOf(idsOf(call)), call]))
  const providers = await startFakeProviders({
    callOf: (call) => served.get(call),
    callOfKey: (key) => served.get(numbers.get(key) ?? -1),
    onListener: (call, socket) => sockets.arrived(String(call), socket),
  })
  return {
    engineBaseUrl: providers.baseUrl,
    async startCall(running, call) {
      const ids = idsOf(call)
      const engine = new CascadeCall({ call, measurements, meter })
      served.set(call, engine)
      const awaited = sockets.next(String(call))
      const { socket, customParameters } = await running.dial(ids)
      const onHeard = () => meter.arrived(call, 2)
      const leg = new CarrierLeg({ ids, socket, customParameters, measurements, onHeard })
      // The listener knows its call by what it hears.
      leg.tick(performance.now())
      return { leg, engine, engineSocket: await awaited }
    },
    ...findingsOf({ measurements, meter, connections: () => providers.thinkerConnections }),
    [Symbol.asyncDispose]: () => providers[Symbol.asyncDispose](),
  }
}

async function openRelayedPlay(subject: Subject, calls: number): Promise<Play<CascadeFindings>> {
  const measurements = new Measurements(calls)
  const meter = new TurnMeter()
  const sockets = new EngineSockets()
  const engine = await startFakeEngine((key, socket) => sockets.arrived(key, socket))
  return {
    engineBaseUrl: engine.baseUrl,
    async startCall(running, call) {
      const ids = idsOf(call)
      const awaited = sockets.next(subject.engineKeyOf(ids))
      const { socket, customParameters } = await running.dial(ids)
      const onHeard = () => meter.arrivedNext(call)
      const leg = new CarrierLeg({ ids, socket, customParameters, measurements, onHeard })
      const engineSocket = await awaited
      return { leg, engine: new RelayedCall({ ids, socket: engineSocket, measurements, meter }), engineSocket }
    },
    ...findingsOf({ measurements, meter, connections: () => 0 }),
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  }
}

interface Found {
  readonly measurements: Measurements
  readonly meter: TurnMeter
  /** To the thinker, so far. */
  readonly connections: () => number
}

function findingsOf({ measurements, meter, connections }: Found): Pick<Play<CascadeFindings>, 'measure' | 'findings'> {
  let connectionsBefore = 0
  let thinkerConnections = 0
  return {
    measure(counts) {
      measurements.isMeasuring = counts
      meter.isMeasuring = counts
      if (counts) connectionsBefore = connections()
      else thinkerConnections = connections() - connectionsBefore
    },
    findings: () => ({ ...meter.findings(), frames: measurements.findings(), thinkerConnections }),
  }
}
