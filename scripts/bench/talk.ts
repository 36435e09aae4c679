import { setTimeout as sleep } from 'node:timers/promises'
import type { CarrierLeg } from './carrier-leg.ts'
import type { LeanSocket } from './lean-socket.ts'
import { type Paced, Pacer } from './pacer.ts'

/** Both ends of a call that talks. */
export interface StartedCall {
  readonly leg: CarrierLeg
  readonly engine: Paced
  /** The call is lost when the subject closes it. */
  readonly engineSocket: LeanSocket
}

export interface TalkOptions {
  readonly calls: number
  readonly startCall: (call: number) => Promise<StartedCall>
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
export async function startTalk({ calls, startCall }: TalkOptions): Promise<Talk> {
  const pacer = new Pacer(calls)
  const legs: CarrierLeg[] = []
  let callsLost = 0

  const start = async (call: number) => {
    const { leg, engine, engineSocket } = await startCall(call)
    engineSocket.onClose = () => callsLost++
    legs.push(leg)
    pacer.add(call, inTurn(leg, engine))
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

/** Brings together the sockets that engines accept and the calls that wait for them. */
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

  arrived(key: string, socket: LeanSocket): void {
    this.#waiting.get(key)?.(socket)
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

function inTurn(leg: CarrierLeg, engine: Paced): Paced {
  return {
    tick(nowMs) {
      leg.tick(nowMs)
      engine.tick(nowMs)
    },
  }
}
