import { createCascadeEngine } from '../../../src/engines/cascade/cascade-engine.ts'
import type { CascadeSettings } from '../../../src/engines/cascade/cascade-session.ts'
import type { Briefing, EngineSession } from '../../../src/engines/engine.ts'
import { createLog } from '../../../src/lib/log.ts'
import { FakeClock, settle } from '../../fakes/fake-clock.ts'
import { HeardEvents } from '../heard-events.ts'
import { FakeListener, FakeSpeaker, FakeThinker, type FakeThought, type FakeUtterance } from './fakes.ts'

export const BRIEFING: Briefing = {
  instructions: 'You answer the phone of a mortgage company.',
  tools: [{ name: 'book', description: 'Books an appointment.', parameters: { type: 'object', properties: {} } }],
  language: 'en-US',
  history: [{ role: 'agent', text: 'Thanks for calling.' }],
  callerKey: 'caller-hash',
}

export const SETTINGS: CascadeSettings = { firstTokenTimeoutMs: 3_000 }

export interface Stage {
  readonly session: EngineSession
  readonly events: HeardEvents
  readonly clock: FakeClock
  readonly listeners: readonly FakeListener[]
  readonly listener: FakeListener
  readonly thinkers: readonly FakeThinker[]
  readonly thinker: FakeThinker
  readonly speaker: FakeSpeaker
  /** Asks for an answer and gives the thought it begins with. */
  asks(instructions?: string): Promise<FakeThought>
  /** Asks for an answer that says this, 100 ms to a word, its words timed; it has not ended yet. */
  speaks(text: string): Promise<FakeUtterance>
  /** What the latest prompt remembered, as `role: text`. */
  remembered(): string[]
}

export function createParts({ listeners = 1, thinkers = 1 }: { listeners?: number; thinkers?: number } = {}) {
  const names = ['openai', 'anthropic', 'third']
  return {
    listeners: Array.from({ length: listeners }, (_, at) => new FakeListener(`listener-${at + 1}`)),
    thinkers: Array.from({ length: thinkers }, (_, at) => new FakeThinker(names[at])),
    speaker: new FakeSpeaker(),
    clock: new FakeClock(),
    log: createLog({ level: 'silent' }),
    settings: SETTINGS,
  }
}

/** A live cascade whose three parts do only what the test says. */
export async function openStage(parts = createParts(), briefing = BRIEFING): Promise<Stage> {
  const { listeners, thinkers, speaker, clock } = parts
  const events = new HeardEvents()
  const engine = createCascadeEngine(parts)
  const session = await engine.open(briefing, { signal: new AbortController().signal, onEvent: events.listen })
  const latestThought = () => thinkers.flatMap(({ thoughts }) => thoughts).at(-1)!

  const asks = async (instructions?: string) => {
    session.answer(instructions)
    await settle()
    return latestThought()
  }
  return {
    session,
    events,
    clock,
    listeners,
    listener: listeners[0]!,
    thinkers,
    thinker: thinkers[0]!,
    speaker,
    asks,
    async speaks(text) {
      const thought = await asks()
      thought.says(text).ends()
      await settle()
      const { utterance } = speaker
      let chars = 0
      text.split(' ').forEach((word, at) => {
        chars += word.length
        utterance.speaks(100).times({ chars, ms: (at + 1) * 100 })
        chars += 1
      })
      return utterance
    },
    remembered: () =>
      latestThought().prompt.memory.map((one) => {
        if ('text' in one) return `${one.role}: ${one.text}`
        return `${one.role}: ${one.requestId} ${'output' in one ? one.output : one.argumentsJson}`
      }),
  }
}
