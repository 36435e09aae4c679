import { setTimeout as sleep } from 'node:timers/promises'
import { CarrierLeg, idsOf } from './carrier-leg.ts'
import { EngineSession } from './engine-session.ts'
import { startFakeEngine } from './fake-engine.ts'
import type { LeanSocket } from './lean-socket.ts'
import type { Measurements } from './measurements.ts'
import { type Paced, Pacer } from './pacer.ts'
import type { RunningSubject, Subject } from './subject.ts'

export interface TalkOptions {
  readonly subject: Subject
  /** Just started: knows no call yet. */
  readonly running: RunningSubject
  /** Sockets the subject opens to the engine, by the key it gives with them. */
  readonly engineSockets: EngineSockets
  readonly calls: number
  readonly measurements: Measurements
}

/** Many calls that talk at once. */
export interface Talk {
  readonly pacer: Pacer
  /** Calls whose engine was left before `hangUp`. */
  readonly callsLost: number
  /** Falls silent, waits for what is on its way, and ends every call. */
  hangUp(): Promise<void>
}

const DIALS_PER_SECOND = 100
/** For what is still on its way when the last frame was sent, and for the goodbyes. */
const SETTLE_MS = 1_000
const ENGINE_TIMEOUT_MS = 15_000

/** Dials every call, one after another, as they would come. Resolves when the last one talks. */
export async function startTalk({ subject, running, engineSockets, calls, measurements }: TalkOptions): Promise<Talk> {
  const pacer = new Pacer(calls)
  const legs: CarrierLeg[] = []
  let callsLost = 0

  const start = async (call: number) => {
    const ids = idsOf(call)
    const awaited = engineSockets.next(subject.engineKeyOf(ids))
    const { socket, customParameters } = await running.dial(ids)
    const leg = new CarrierLeg({ ids, socket, customParameters, measurements })
    const engineSocket = await awaited
    engineSocket.onClose = () => callsLost++
    const session = new EngineSession({ ids, socket: engineSocket, dialect: subject.dialect, measurements })
    legs.push(leg)
    pacer.add(call, inTurn(leg, session))
  }
  await startAll(calls, start)
  return {
    pacer,
    get callsLost() {
      return callsLost
    },
    async hangUp() {
      pacer[Symbol.dispose]()
      await sleep(SETTLE_MS)
      for (const leg of legs) leg.hangUp()
      await sleep(SETTLE_MS)
    },
  }
}

/** Brings together the sockets the fake engine accepts and the calls that wait for them. */
export class EngineSockets {
  readonly #waiting = new Map<string, (socket: LeanSocket) => void>()

  /** The next socket with this key. Rejects when none comes. */
  next(key: string): Promise<LeanSocket> {
    return new Promise((resolve, reject) => {
      const late = () =>
        reject(new Error(`Waited ${ENGINE_TIMEOUT_MS} ms for the subject to open a call's engine socket`))
      const timer = setTimeout(late, ENGINE_TIMEOUT_MS)
      this.#waiting.set(key, (socket) => {
        clearTimeout(timer)
        resolve(socket)
      })
    })
  }

  /** The fake engine to start the subject against. */
  startEngine() {
    return startFakeEngine((key, socket) => this.#waiting.get(key)?.(socket))
  }
}

async function startAll(calls: number, start: (call: number) => Promise<void>): Promise<void> {
  const starting: Promise<void>[] = []
  for (let call = 0; call < calls; call++) {
    const started = start(call)
    // A call that fails before the last has begun is heard of below.
    started.catch(() => undefined)
    starting.push(started)
    await sleep(1000 / DIALS_PER_SECOND)
  }
  await Promise.all(starting)
}

function inTurn(leg: CarrierLeg, session: EngineSession): Paced {
  return {
    tick(nowMs) {
      leg.tick(nowMs)
      session.tick()
    },
  }
}
