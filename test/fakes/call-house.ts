import { pino } from 'pino'
import type { CallRecorder } from '../../src/call/call-recording.ts'
import type { CallServices } from '../../src/call/call-services.ts'
import type { CallFact } from '../../src/call/facts.ts'
import type { PrivateWords } from '../../src/call/hidden-facts.ts'
import type { PhraseKey } from '../../src/call/phrases.ts'
import type { CallSession } from '../../src/call/session.ts'
import { Switchboard, type SwitchboardOptions } from '../../src/call/switchboard.ts'
import { LoopShare } from '../../src/lib/loop-share.ts'
import type { StageFactory } from '../../src/pipeline/stage.ts'
import { GreetingWatch } from '../../src/pipeline/voicemail/greeting-watch.ts'
import type { Rescue } from '../../src/telephony/line.ts'
import { createEndCall } from '../../src/tools/end-call.ts'
import type { Tool } from '../../src/tools/tool.ts'
import { FakeClock, settle } from './fake-clock.ts'
import { FakeEngine } from './fake-engine.ts'
import { FakeLine } from './fake-line.ts'
import { fakePhrases } from './fake-phrases.ts'
import { FakeStore } from './fake-store.ts'

export const CALLER = { carrierCallId: 'CA1', from: '+12025550123', to: '+12025550100' }
export const PERSON: Rescue = { to: 'person', number: '+12025550111' }
export const OPENING_MS = 3_000
export const PHRASE_MS = 1_000

export interface HouseOptions {
  readonly tools?: readonly Tool[]
  readonly stages?: readonly StageFactory[]
  readonly listeningShare?: CallServices['listeningShare']
  readonly speechRule?: CallServices['speechRule']
  readonly privateWords?: CallServices['privateWords']
  readonly officerLines?: CallServices['officerLines']
  readonly extensions?: CallServices['extensions']
  readonly soundsRecorded?: CallServices['soundsRecorded']
  readonly greetingListener?: CallServices['greetingListener']
  readonly outbound?: CallServices['outbound']
  readonly contacts?: CallServices['contacts']
  /** Engines that may take over, in order. */
  readonly otherEngines?: readonly FakeEngine[]
  readonly settings?: Partial<CallServices['settings']>
  readonly switchboard?: Partial<Omit<SwitchboardOptions, 'services'>>
  readonly openRecorder?: CallServices['openRecorder']
  readonly onEnded?: CallServices['onEnded']
  /** Share these with a house that came before: a process that died. */
  readonly clock?: FakeClock
  readonly store?: FakeStore
}

/**
 * Everything around a call, faked and strict. When it is disposed, it ends what is left and fails on leftovers: timers,
 * requests to the engine nobody took, errors in the log that were not expected.
 */
export class CallHouse implements AsyncDisposable {
  readonly clock: FakeClock
  readonly store: FakeStore
  readonly engine = new FakeEngine()
  readonly #engines: readonly FakeEngine[]
  readonly lines: FakeLine[] = []
  readonly recorders: FakeRecorder[] = []
  readonly facts: CallFact[] = []
  readonly turnedAway: string[] = []
  readonly services: CallServices
  readonly switchboard: Switchboard
  /** Who takes a call now. */
  rescue: Rescue = { to: 'message' }
  engineDown = false
  storageDown = false
  /** Messages of errors in the log; a test that expects some empties it. */
  readonly errors: string[] = []

  constructor(options: HouseOptions = {}) {
    this.clock = options.clock ?? new FakeClock()
    this.store = options.store ?? new FakeStore()
    this.#engines = [this.engine, ...(options.otherEngines ?? [])]
    this.services = this.#createServices(options)
    this.switchboard = new Switchboard({
      services: this.services,
      capacity: 10,
      normaliseNumber: (number) => (number.startsWith('+') ? number : undefined),
      overflow: () => 'busy',
      storageDown: () => this.storageDown,
      onTurnedAway: (because) => void this.turnedAway.push(because),
      ...options.switchboard,
    })
  }

  get session(): CallSession {
    const session = this.switchboard.session(CALLER.carrierCallId)
    if (!session) throw new Error('there is no call')
    return session
  }

  get line(): FakeLine {
    const line = this.lines.at(-1)
    if (!line) throw new Error('there is no line')
    return line
  }

  /** The call rings, and the carrier opens its stream. */
  async answer(): Promise<FakeLine> {
    await this.ring()
    return this.connect()
  }

  /** Gives the token of the stream the carrier is to open. */
  async ring(): Promise<string> {
    const answer = await this.switchboard.ring(CALLER)
    await settle()
    if (answer.do !== 'stream') throw new Error(`the call was answered with ${answer.do}`)
    return answer.token
  }

  connect(session: CallSession = this.session): FakeLine {
    session.connect((onEvent) => {
      const line = new FakeLine(`MZ${this.lines.length + 1}`, this.clock, onEvent)
      this.lines.push(line)
      return line
    })
    return this.line
  }

  /** The call is answered and its opening was heard. */
  async greeted(): Promise<FakeLine> {
    const line = await this.answer()
    await this.clock.advanceAsync(OPENING_MS)
    return line
  }

  /** The caller says something, and the engine is asked to answer. */
  async callerSays(text: string, ms = 1_500): Promise<string> {
    const { session } = this.engine
    session.callerStarts()
    await this.clock.advanceAsync(ms)
    const turnId = session.callerStops()
    session.callerWords(turnId, text)
    await settle()
    return turnId
  }

  async pass(ms: number): Promise<void> {
    await this.clock.advanceAsync(ms)
  }

  of<Type extends CallFact['type']>(type: Type): Extract<CallFact, { type: Type }>[] {
    return this.facts.filter((fact): fact is Extract<CallFact, { type: Type }> => fact.type === type)
  }

  /** The fixed phrases said so far, in order. */
  get phrases(): PhraseKey[] {
    return this.of('agent.speaking').flatMap(({ phrase }) => (phrase ? [phrase as PhraseKey] : []))
  }

  /** The engine's texts, in the order they were begun, with what was heard of them. */
  heardOf(utteranceId: string): string | undefined {
    return this.of('agent.spoke').find((fact) => fact.utteranceId === utteranceId)?.heardText
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.switchboard.closeAll('shut down'), this.clock.advanceAsync(2_000)])
    const leftOver = [
      ...this.#engines.flatMap(({ name, leftOver }) => leftOver.map((what) => `engine ${name}: ${what}`)),
      ...this.errors.map((message) => `error: ${message}`),
      ...this.lines.filter(({ disposals }) => disposals === 0).map(({ streamId }) => `line ${streamId} is open`),
      ...this.recorders.filter(({ state }) => state === 'recording').map(() => 'a recording goes on'),
      ...(this.clock.timers > 0 ? [`${this.clock.timers} timers`] : []),
      ...(this.switchboard.liveCalls > 0 ? ['a call'] : []),
    ]
    if (leftOver.length > 0) throw new Error(`Left over: ${leftOver.join('; ')}`)
  }

  #createServices(options: HouseOptions): CallServices {
    const log = pino({ level: 'error' }, { write: (line: string) => void this.errors.push(JSON.parse(line).msg) })
    return {
      engines: {
        choose: () => (this.engineDown ? [] : this.#engines.filter(({ standing }) => standing === 'in order')),
      },
      tools: options.tools ?? [createEndCall()],
      stages: options.stages ?? [],
      listeningShare: options.listeningShare ?? new LoopShare(this.clock),
      speechRule: options.speechRule ?? (() => ({ hear: () => undefined })),
      greetingListener: options.greetingListener ?? (() => new GreetingWatch()),
      outbound: options.outbound,
      contacts: options.contacts ?? { asksForNone: () => false, optOut: async () => undefined },
      soundsRecorded: options.soundsRecorded ?? (() => false),
      privateWords: options.privateWords ?? (() => HIDES_NOTHING),
      phrases: fakePhrases,
      officerLines: options.officerLines,
      extensions: options.extensions ?? new Map(),
      store: this.store,
      clock: this.clock,
      log,
      openRecorder: options.openRecorder ?? (async () => this.#openRecorder()),
      instructions: () => 'Be kind.',
      rescue: () => this.rescue,
      price: (usages) => ({ usd: usages.length, version: 'test' }),
      onFact: (fact) => void this.facts.push(fact),
      onStage: () => undefined,
      onEnded: options.onEnded ?? (() => undefined),
      settings: {
        agent: 'receptionist',
        language: 'en-US',
        languages: ['en-US', 'es-US', 'vi-VN'],
        turnTaking: { falseAlarmMs: 1_000, numberPauseMs: 1_200 },
        silence: { firstPromptMs: 8_000, secondPromptMs: 18_000, goodbyeMs: 30_000 },
        answers: { fillerAfterMs: 1_500, retryAfterMs: 4_000, giveUpAfterMs: 8_000 },
        nobodySpeaksMs: 60_000,
        maxLengthMs: 3_600_000,
        warnAtMs: 3_300_000,
        rotateEngineAfterMs: 3_000_000,
        keepLostLineMs: 30_000,
        ...options.settings,
      },
    }
  }

  #openRecorder(): FakeRecorder {
    const recorder = new FakeRecorder()
    this.recorders.push(recorder)
    return recorder
  }
}

const HIDES_NOTHING: PrivateWords = {
  hideCaller: (text) => text,
  hideAgent: (text) => text,
  hearAgent: () => undefined,
  hearKeys: () => undefined,
  hideJson: (json) => json,
}

export class FakeRecorder implements CallRecorder {
  state: 'recording' | 'discarded' | 'closed' = 'recording'
  recordedMs = 0
  /** Deleting a file takes as long as this. */
  discarding: Promise<void> = Promise.resolve()

  caller(positionMs: number): void {
    if (this.state !== 'recording') throw new Error('recorded after its end')
    this.recordedMs = Math.max(this.recordedMs, positionMs)
  }

  agent(): void {
    if (this.state !== 'recording') throw new Error('recorded after its end')
  }

  readonly muted: [fromMs: number, untilMs: number][] = []

  mute(fromMs: number, untilMs: number): void {
    this.muted.push([fromMs, untilMs])
  }

  async discard(): Promise<void> {
    await this.discarding
    this.state = 'discarded'
  }

  async close(): Promise<void> {
    this.state = 'closed'
  }
}
