import type { EncodedAudio } from '../../../src/audio/encoded-audio.ts'
import { encodedSilence } from '../../../src/audio/encoded-audio.ts'
import type { Listener, ListenerEvent, ListenerSession } from '../../../src/engines/cascade/listener.ts'
import type {
  Speaker,
  SpeakerConnection,
  SpeechListener,
  SpokenUtterance,
} from '../../../src/engines/cascade/speaker.ts'
import type { Prompt, Thinker, Thought } from '../../../src/engines/cascade/thinker.ts'
import { EngineError, type EngineFailure } from '../../../src/engines/engine.ts'

/** The three parts of a cascade under a test's control. */

export function failureOf(provider: string, failure: EngineFailure, code = `${failure}_by_${provider}`): EngineError {
  return new EngineError(failure, code, `${provider} failed as the test wanted`, { provider })
}

export class FakeListener implements Listener {
  readonly model: string
  readonly name: string
  readonly provider = 'deepgram'
  multilingual = false
  /** Languages it knows; all of them unless set. */
  knows: readonly string[] | undefined
  readonly sessions: FakeListenerSession[] = []
  /** What the next openings are refused with, in order. */
  readonly refusals: EngineError[] = []
  attempts = 0
  /** Called with every session that opens. */
  onOpen: (session: FakeListenerSession) => void = () => undefined

  constructor(model = 'nova-3') {
    this.model = model
    this.name = `fake ${model}`
  }

  get session(): FakeListenerSession {
    return this.sessions.at(-1)!
  }

  understands(language: string): boolean {
    return this.knows?.includes(language) ?? true
  }

  async open({ language, onEvent }: Parameters<Listener['open']>[0]): Promise<ListenerSession> {
    this.attempts += 1
    const refusal = this.refusals.shift()
    if (refusal) throw refusal
    const session = new FakeListenerSession(language, onEvent)
    this.sessions.push(session)
    this.onOpen(session)
    return session
  }
}

export class FakeListenerSession implements ListenerSession {
  readonly language: string
  readonly heard: EncodedAudio[] = []
  hurried = 0
  readonly #onEvent: (event: ListenerEvent) => void
  readonly #disposed = Promise.withResolvers<void>()
  isDisposed = false

  constructor(language: string, onEvent: (event: ListenerEvent) => void) {
    this.language = language
    this.#onEvent = onEvent
  }

  get disposed(): Promise<void> {
    return this.#disposed.promise
  }

  hear(audio: EncodedAudio): void {
    this.heard.push(audio)
  }

  hurry(): void {
    this.hurried += 1
  }

  /** Reports, unless it was disposed of. */
  emit(...events: readonly ListenerEvent[]): void {
    for (const event of events) if (!this.isDisposed) this.#onEvent(event)
  }

  /** A whole turn. */
  turn(text: string): void {
    this.emit({ type: 'turn.started' }, ...(text === '' ? [] : [{ type: 'turn.words', text } as const]))
    this.emit({ type: 'turn.ended', text, endpointingMs: 300 })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.isDisposed = true
    this.#disposed.resolve()
  }
}

export class FakeThinker implements Thinker {
  readonly name: string
  readonly model: string
  readonly provider: string
  readonly thoughts: FakeThought[] = []
  /** What the next thoughts fail with at once, in order. */
  readonly failures: EngineError[] = []
  /** Called with every thought that begins. */
  onThink: (thought: FakeThought) => void = () => undefined

  constructor(provider = 'openai') {
    this.name = `fake ${provider}`
    this.model = `${provider}-model`
    this.provider = provider
  }

  /** The latest thought. */
  get thought(): FakeThought {
    return this.thoughts.at(-1)!
  }

  think(prompt: Prompt, { signal }: { signal: AbortSignal }): AsyncIterable<Thought> {
    const thought = new FakeThought(prompt, signal)
    this.thoughts.push(thought)
    const failure = this.failures.shift()
    if (failure) thought.fail(failure)
    this.onThink(thought)
    return thought
  }
}

export class FakeThought implements AsyncIterable<Thought> {
  readonly prompt: Prompt
  readonly signal: AbortSignal
  readonly #stream = new TransformStream<Thought, Thought>(undefined, undefined, { highWaterMark: 1_000 })
  readonly #writer = this.#stream.writable.getWriter()

  constructor(prompt: Prompt, signal: AbortSignal) {
    this.prompt = prompt
    this.signal = signal
    this.#writer.closed.catch(() => undefined)
    signal.addEventListener('abort', () => void this.#writer.abort(signal.reason).catch(() => undefined))
  }

  [Symbol.asyncIterator](): AsyncIterator<Thought> {
    return this.#stream.readable[Symbol.asyncIterator]()
  }

  gives(...thoughts: readonly Thought[]): this {
    for (const thought of thoughts) void this.#writer.write(thought).catch(() => undefined)
    return this
  }

  says(text: string): this {
    return this.gives({ type: 'text', text })
  }

  ends(because: 'done' | 'length' | 'refused' = 'done'): void {
    this.gives({ type: 'ended', because })
    void this.#writer.close().catch(() => undefined)
  }

  fail(error: EngineError): void {
    void this.#writer.abort(error).catch(() => undefined)
  }
}

export class FakeSpeaker implements Speaker {
  readonly name = 'fake voice'
  readonly model = 'fake-flash'
  readonly provider = 'elevenlabs'
  readonly connections: FakeSpeakerConnection[] = []

  connect({ language }: { language: string }): SpeakerConnection {
    const connection = new FakeSpeakerConnection(language)
    this.connections.push(connection)
    return connection
  }

  /** Everything that was ever begun to be said. */
  get utterances(): FakeUtterance[] {
    return this.connections.flatMap(({ utterances }) => utterances)
  }

  get utterance(): FakeUtterance {
    return this.utterances.at(-1)!
  }
}

export class FakeSpeakerConnection implements SpeakerConnection {
  readonly language: string
  readonly utterances: FakeUtterance[] = []
  prepared = 0
  isDisposed = false

  constructor(language: string) {
    this.language = language
  }

  prepare(): void {
    this.prepared += 1
  }

  begin(listener: SpeechListener): SpokenUtterance {
    if (this.isDisposed) throw new Error('Begun on a connection that was disposed of')
    const utterance = new FakeUtterance(listener)
    this.utterances.push(utterance)
    return utterance
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.isDisposed = true
  }
}

export class FakeUtterance implements SpokenUtterance {
  readonly pieces: string[] = []
  isFinished = false
  isStopped = false
  readonly #listener: SpeechListener

  constructor(listener: SpeechListener) {
    this.#listener = listener
  }

  get text(): string {
    return this.pieces.join('')
  }

  say(text: string): void {
    if (this.isFinished) throw new Error('Something is said after the last word')
    this.pieces.push(text)
  }

  finish(): void {
    this.isFinished = true
  }

  stop(): void {
    this.isStopped = true
  }

  speaks(ms: number, audio = encodedSilence(ms)): this {
    if (!this.isStopped) this.#listener.onAudio(audio)
    return this
  }

  times(...spoken: readonly { chars: number; ms: number }[]): this {
    if (!this.isStopped) this.#listener.onTiming(spoken)
    return this
  }

  completes(): void {
    if (!this.isStopped) this.#listener.onFinished({ characters: this.text.length })
  }

  fails(error: EngineError): void {
    if (!this.isStopped) this.#listener.onFailed(error)
  }
}
