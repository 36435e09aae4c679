import { type Clock, createClock } from '../../../src/lib/clock.ts'
import { createLog } from '../../../src/lib/log.ts'
import type { CallEvent } from '../../../src/simulator/twilio/call-events.ts'
import type { EmulatedCall } from '../../../src/simulator/twilio/emulated-call.ts'
import type { PlaceCallOptions } from '../../../src/simulator/twilio/switchboard.ts'
import {
  startTwilioEmulator,
  type TwilioEmulator,
  type TwilioEmulatorOptions,
} from '../../../src/simulator/twilio/twilio-emulator.ts'
import { AgentServer, PUBLIC_URL } from './agent-server.ts'

export const ACCOUNT_SID = 'AC00000000000000000000000000000001'
export const AUTH_TOKEN = 'an-auth-token'
export const CALLER = '+14155550100'
export const OFFICE = '+14155550199'

const SPEED = 20

/** Node's timers may fire 1 real ms early, which is this much of the rig's time. */
export const TIMER_SLACK_MS = SPEED

export interface Rig extends AsyncDisposable {
  readonly server: AgentServer
  readonly emulator: TwilioEmulator
  readonly clock: Clock
  /** Calls the office. The server answers `/voice`. */
  call(options?: Partial<PlaceCallOptions>): EmulatedCall
}

/** A carrier and a server that know each other. Time runs 20 times faster unless a clock is given. */
export async function startRig(options: Partial<TwilioEmulatorOptions> = {}): Promise<Rig> {
  const server = await AgentServer.start()
  const clock = options.clock ?? createClock(SPEED)
  const emulator = await startTwilioEmulator({
    ...{
      log: createLog({ level: 'silent' }),
      accountSid: ACCOUNT_SID,
      authToken: AUTH_TOKEN,
      reach: server.reach,
      seed: 7,
    },
    ...options,
    clock,
  })
  return {
    ...{ server, emulator, clock },
    call: (placed) => emulator.placeCall({ from: CALLER, to: OFFICE, voiceUrl: `${PUBLIC_URL}/voice`, ...placed }),
    async [Symbol.asyncDispose]() {
      await emulator[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}

export type EventOf<Type extends CallEvent['type']> = Extract<CallEvent, { type: Type }>

export function eventsOf<Type extends CallEvent['type']>(call: EmulatedCall, type: Type): EventOf<Type>[] {
  return call.events.filter((event): event is EventOf<Type> => event.type === type)
}

/** Resolves with the event, past or to come. */
export function eventOf<Type extends CallEvent['type']>(call: EmulatedCall, type: Type): Promise<EventOf<Type>> {
  const past = eventsOf(call, type)[0]
  if (past) return Promise.resolve(past)
  const { promise, resolve } = Promise.withResolvers<EventOf<Type>>()
  const listening = call.listen((event) => {
    if (event.type !== type) return
    listening[Symbol.dispose]()
    resolve(event as EventOf<Type>)
  })
  return promise
}

/** A mu-law sound of which every 20 ms differ, so that a misplaced frame shows. */
export function sound(lengthMs: number, first = 1): Buffer {
  return Buffer.from(Uint8Array.from({ length: lengthMs * 8 }, (_, at) => (first + Math.floor(at / 160)) % 120))
}
