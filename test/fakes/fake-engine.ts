import { type EncodedAudio, encodedSilence } from '../../src/audio/encoded-audio.ts'
import type {
  AnswerOutcome,
  Briefing,
  EngineCapabilities,
  EngineError,
  EngineEvent,
  EngineSession,
  EngineStanding,
  HistoryItem,
  WatchedEngine,
} from '../../src/engines/engine.ts'

/** What becomes of an attempt to open a session: a session, an error, or nothing until it is settled by hand. */
export type Opening = 'accept' | 'hang' | EngineError

/** What the call asked of a session. */
export type Request =
  | { readonly answer: string | undefined }
  | { readonly interrupt: readonly { utteranceId: string; heardMs: number }[] }
  | { readonly tell: HistoryItem }
  | { readonly toolResult: string; readonly output: unknown }
  | { readonly rebrief: Parameters<EngineSession['rebrief']>[0] }

/**
 * A voice engine that does only what the test says. The first session opens by itself; any other must be foreseen by
 * `next`, and everything asked of a session must be taken by the test.
 */
export class FakeEngine implements WatchedEngine {
  readonly name: string
  readonly model: string
  readonly providers: readonly string[]
  standing: EngineStanding = 'in order'
  /** What the call held against it. */
  readonly blamed: string[] = []
  capabilities: EngineCapabilities = {
    reportsTurns: true,
    cancels: true,
    truncates: true,
    holdsSpeech: true,
    speaksVerbatim: false,
    changesLanguage: true,
  }
  readonly sessions: FakeEngineSession[] = []
  readonly briefings: Briefing[] = []
  readonly #script: Opening[]
  readonly #hanging: (() => void)[] = []
  /** Attempts nobody had foreseen. */
  readonly #unexpected: string[] = []

  /** The first opens by itself; of another none is foreseen. */
  constructor(name = 'fake', script: Opening[] = ['accept']) {
    this.name = name
    this.model = `${name}-1`
    this.providers = [name]
    this.#script = script
  }

  /** What becomes of the attempts to come, in order. */
  next(...openings: Opening[]): void {
    this.#script.push(...openings)
  }

  /** Takes back that the first session opens. */
  script(...openings: Opening[]): void {
    this.#script.splice(0, this.#script.length, ...openings)
  }

  get attempts(): number {
    return this.briefings.length
  }

  /** The session opened last. */
  get session(): FakeEngineSession {
    const session = this.sessions.at(-1)
    if (!session) throw new Error('no engine session was opened')
    return session
  }

  async open(
    briefing: Briefing,
    { signal, onEvent }: { signal: AbortSignal; onEvent: (event: EngineEvent) => void },
  ): Promise<EngineSession> {
    signal.throwIfAborted()
    this.briefings.push(briefing)
    const opening = this.#script.shift()
    if (opening === undefined) this.#unexpected.push(`attempt ${this.attempts} to open a session`)
    if (opening !== undefined && opening !== 'accept' && opening !== 'hang') throw opening
    if (opening === 'hang') await this.#hang(signal)
    const nth = this.sessions.length + 1
    // Ids are unique beyond their session, as those of real engines are.
    const session = new FakeEngineSession(onEvent, this.name === 'fake' && nth === 1 ? '' : `${this.name}-${nth}-`)
    this.sessions.push(session)
    return session
  }

  blame({ code }: EngineError): void {
    this.blamed.push(code)
  }

  /** Lets the oldest attempt that hangs succeed. */
  unhang(): void {
    const accept = this.#hanging.shift()
    if (!accept) throw new Error('no attempt hangs')
    accept()
  }

  /** What is left over: unforeseen attempts, foreseen ones that were never made, untaken requests, open sessions. */
  get leftOver(): string[] {
    const untaken = this.sessions.flatMap((session) => session.take().map((request) => JSON.stringify(request)))
    const open = this.sessions
      .filter(({ disposals }) => disposals !== 1)
      .map(({ disposals }) => `${disposals} disposals`)
    return [...this.#unexpected, ...this.#script.map(String), ...untaken, ...open]
  }

  #hang(signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.#hanging.push(resolve)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    return promise
  }
}

export class FakeEngineSession implements EngineSession {
  disposals = 0
  heardMs = 0
  readonly heardAudio: EncodedAudio[] = []
  readonly #onEvent: (event: EngineEvent) => void
  readonly #idPrefix: string
  #requests: Request[] = []
  #answers = 0
  #turns = 0

  constructor(onEvent: (event: EngineEvent) => void, idPrefix = '') {
    this.#onEvent = onEvent
    this.#idPrefix = idPrefix
  }

  hear(audio: EncodedAudio): void {
    this.heardAudio.push(audio)
  }

  answer(instructions?: string): void {
    this.#requests.push({ answer: instructions })
  }

  interrupt(heard: readonly { utteranceId: string; heardMs: number }[]): void {
    this.#requests.push({ interrupt: heard.map(({ utteranceId, heardMs }) => ({ utteranceId, heardMs })) })
  }

  tell(item: HistoryItem): void {
    this.#requests.push({ tell: item })
  }

  returnToolResult(requestId: string, output: string): void {
    this.#requests.push({ toolResult: requestId, output: JSON.parse(output) })
  }

  rebrief(change: Parameters<EngineSession['rebrief']>[0]): void {
    this.#requests.push({ rebrief: change })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.disposals += 1
  }

  /** Everything asked of it since the last time. */
  take(): Request[] {
    const requests = this.#requests
    this.#requests = []
    return requests
  }

  emit(...events: EngineEvent[]): void {
    for (const event of events) if (this.disposals === 0) this.#onEvent(event)
  }

  answerStarts(): string {
    this.#answers += 1
    const answerId = `${this.#idPrefix}answer-${this.#answers}`
    this.emit({ type: 'answer.started', answerId })
    return answerId
  }

  answerEnds(answerId: string, outcome: AnswerOutcome): void {
    this.emit({ type: 'answer.ended', answerId, outcome })
  }

  /** Speech of an utterance, without its end. */
  speaks(utteranceId: string, text: string, ms: number): void {
    this.emit(
      { type: 'agent.words', utteranceId, text, final: false },
      { type: 'agent.audio', utteranceId, audio: encodedSilence(ms) },
    )
  }

  /** A whole answer, delivered at once. */
  says(utteranceId: string, text: string, ms: number): void {
    const answerId = this.answerStarts()
    this.speaks(utteranceId, text, ms)
    this.emit(
      { type: 'agent.words', utteranceId, text, final: true },
      { type: 'agent.utterance-complete', utteranceId },
    )
    this.answerEnds(answerId, 'spoke')
  }

  /** An answer that asks for tools and says nothing. */
  asksFor(...requests: { requestId: string; name: string; args?: unknown }[]): void {
    const answerId = this.answerStarts()
    for (const { requestId, name, args = {} } of requests) {
      this.emit({ type: 'tool.requested', requestId, name, argumentsJson: JSON.stringify(args) })
    }
    this.answerEnds(answerId, 'asked for tools')
  }

  callerStarts(): void {
    this.emit({ type: 'caller.started-speaking' })
  }

  /** Gives the id of the turn that ended. */
  callerStops(): string {
    this.#turns += 1
    const turnId = `${this.#idPrefix}turn-${this.#turns}`
    this.emit({ type: 'caller.stopped-speaking', turnId, endpointingMs: 500 })
    return turnId
  }

  callerWords(turnId: string, text: string, final = true): void {
    this.emit({ type: 'caller.words', turnId, text, final })
  }
}
