import { createCascadeEngine } from '../../../src/engines/cascade/cascade-engine.ts'
import type { Engine, EngineSession } from '../../../src/engines/engine.ts'
import { createLog } from '../../../src/lib/log.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { createInbox } from '../../fakes/inbox.ts'
import { type ScriptedConnection, ScriptedRealtimeServer } from '../../fakes/scripted-realtime-server.ts'
import { HeardEvents } from '../heard-events.ts'
import { EARS, isUpkeep } from './scripted-ear.ts'
import { ScriptedVoice } from './scripted-voice.ts'
import { SETTINGS } from './stage.ts'
import { ScriptedModelServer } from './thinkers/scripted-model-server.ts'
import { WIRES } from './thinkers/wires.ts'

export interface Wires {
  readonly ear: keyof typeof EARS
  readonly thinker: keyof typeof WIRES
}

/** The three services of a cascade, each on its own wire, and the engine that uses them. */
export type House = Services & {
  readonly engine: Engine
  /** The next session that opens. */
  nextSession(): Promise<OpenSession>
}

type Services = Awaited<ReturnType<typeof openServices>>

async function openServices(wires: Wires) {
  return {
    wires,
    deepgram: await ScriptedRealtimeServer.start(),
    model: await ScriptedModelServer.start(),
    voice: await ScriptedVoice.start(),
    clock: new FakeClock(),
  }
}

export async function openHouse(wires: Wires): Promise<House> {
  const services = await openServices(wires)
  const opened = createInbox<OpenSession>('a session that is open')
  return { ...services, engine: watched(createEngine(services), opened.put), nextSession: opened.take }
}

/** Takes the next listener of a session through its opening. */
export async function takeEar({ deepgram, wires }: House): Promise<ScriptedConnection> {
  const ear = await deepgram.nextConnection()
  ear.passesOver = isUpkeep
  ear.send(...EARS[wires.ear].greeting)
  await ear.settled()
  return ear
}

function createEngine({ wires, deepgram, model, voice, clock }: Services): Engine {
  const log = createLog({ level: 'silent' })
  const baseUrl = new URL(deepgram.url).origin
  return createCascadeEngine({
    listeners: [EARS[wires.ear].create({ apiKey: 'dg-test-key-nobody-may-see', baseUrl, clock, log })],
    thinkers: [WIRES[wires.thinker].create(model.url)],
    speaker: voice.speaker(clock),
    settings: SETTINGS,
    clock,
    log,
  })
}

export interface OpenSession {
  readonly session: EngineSession
  readonly heard: HeardEvents
  /** We make it answer in order to see what it asks its thinker: nobody is to hear of that. */
  peeking: boolean
}

function watched(engine: Engine, onOpen: (open: OpenSession) => void): Engine {
  const open: Engine['open'] = async (briefing, { signal, onEvent }) => {
    const heard = new HeardEvents()
    let opened: OpenSession | undefined
    const session = await engine.open(briefing, {
      signal,
      onEvent(event) {
        if (opened?.peeking && event.type.startsWith('answer.')) return
        heard.listen(event)
        onEvent(event)
      },
    })
    opened = { session, heard, peeking: false }
    onOpen(opened)
    return session
  }
  return { ...engine, open }
}
