import type { EncodedAudio } from '../audio/encoded-audio.ts'
import type { Briefing, Engine, EngineError, EngineEvent, EngineSession, HistoryItem } from '../engines/engine.ts'
import { type Clock, sleep } from '../lib/clock.ts'
import { asEngineError, EngineOpener, type OpenedSession, pauseBeforeRetryMs } from './engine-opener.ts'
import type { CallFact, EngineOpening } from './facts.ts'
import { Meanwhile } from './meanwhile.ts'

/** What concerns the talk. What a session reports about itself (usage, limits, complaints) the link notes. */
export type TalkEvent = Exclude<EngineEvent, { type: 'usage.counted' | 'limit.reported' | 'engine.complained' }>

export interface EngineLinkOptions {
  readonly engine: Engine
  readonly clock: Clock
  /** Aborts when the call ends. */
  readonly signal: AbortSignal
  /** Everything a fresh session must know at this moment. */
  readonly brief: () => Briefing
  /** Hears of a loss before the next session is opened, so that its briefing tells what became of the last words. */
  readonly onEvent: (event: TalkEvent) => void
  /** No session could be had in time: the call must be saved some other way. */
  readonly onGivenUp: (error: EngineError) => void
  readonly note: (fact: CallFact) => void
}

/** Sessions lost sooner than this are counted, or one that always dies at once would be opened for ever. */
const LASTED_MS = 5_000
/** After a rotation that came to nothing, the old session is good for a while yet. */
const ROTATE_AGAIN_AFTER_MS = 10_000

type LinkState =
  | { readonly phase: 'closed' }
  | { readonly phase: 'opening' }
  | { readonly phase: 'ready'; readonly session: EngineSession; readonly sinceMs: number }

/**
 * The call's connection to its voice engine, across losses and rotations: whoever uses it speaks to *the* engine. What
 * the caller says while no session is there is kept for the next; an answer asked for meanwhile is asked for then.
 * Tool results reach a fresh session as a note, never by running a tool again.
 */
export class EngineLink implements AsyncDisposable {
  readonly #options: EngineLinkOptions
  readonly #opener: EngineOpener
  readonly #meanwhile = new Meanwhile()
  #state: LinkState = { phase: 'closed' }
  /** Sessions in a row that did not last. */
  #shortLived = 0
  #hadSession = false
  #rotating = false
  #rotateFromMs = 0
  /** Counts what a session that was briefed before would not know of. */
  #turns = 0
  #closed = false

  constructor(options: EngineLinkOptions) {
    const { engine, clock, signal } = options
    this.#options = options
    this.#opener = new EngineOpener({
      engine,
      clock,
      signal,
      brief: () => {
        this.#meanwhile.briefed()
        return options.brief()
      },
      onEvent: (event, source) => this.#onEvent(event, source),
    })
  }

  get ready(): boolean {
    return this.#state.phase === 'ready'
  }

  /** There was a session, and none is back yet. */
  get lost(): boolean {
    return this.#hadSession && !this.ready
  }

  /** How long the present session has lasted; 0 without one. */
  ageMs(nowMs: number): number {
    return this.#state.phase === 'ready' ? nowMs - this.#state.sinceMs : 0
  }

  /**
   * Opens a session, trying again as F1 says. Resolves when there is one or the link was given up; never rejects.
   * `pauseMs`: how long to wait first.
   */
  async open(because: EngineOpening, pauseMs = 0): Promise<void> {
    if (this.#closed || this.#state.phase !== 'closed') return
    this.#state = { phase: 'opening' }
    const { clock, signal } = this.#options
    const startedAtMs = clock.monotonicMs()
    try {
      if (pauseMs > 0) await sleep(clock, pauseMs, signal)
      const { opened, attempts } = await this.#opener.openWithRetries(because)
      if (this.#closed) {
        letGo(opened.session)
        return
      }
      this.#noteOpened(because, attempts, startedAtMs)
      this.#take(opened)
    } catch (error) {
      this.#state = { phase: 'closed' }
      if (!signal.aborted) this.#options.onGivenUp(asEngineError(error))
    }
  }

  /**
   * Replaces the session before its provider's limit: the new one is ready before the old one goes (F5). If the talk
   * went on meanwhile, the new one does not know of it and is let go; the next quiet moment will do. Never rejects.
   */
  async rotate(): Promise<void> {
    const { clock, note } = this.#options
    const state = this.#state
    if (state.phase !== 'ready' || this.#rotating || clock.monotonicMs() < this.#rotateFromMs) return
    const turns = this.#turns
    const startedAtMs = clock.monotonicMs()
    this.#rotating = true
    try {
      const opened = await this.#opener.openPatiently()
      if (this.#closed || this.#state !== state || this.#turns !== turns || opened.lost) {
        letGo(opened.session)
        return
      }
      this.#noteOpened('rotation', 1, startedAtMs)
      this.#take(opened)
      letGo(state.session)
    } catch (error) {
      if (!this.#closed) note({ type: 'engine.complained', code: asEngineError(error).code })
    } finally {
      this.#rotating = false
      this.#rotateFromMs = clock.monotonicMs() + ROTATE_AGAIN_AFTER_MS
      if (this.#state === state) this.#meanwhile.forget()
    }
  }

  /** Hot path. */
  hear(audio: EncodedAudio): void {
    this.#session?.hear(audio)
    // A session that takes over in a moment must hear how a sentence began.
    if ((this.#rotating || !this.#session) && !this.#closed) this.#meanwhile.hear(audio)
  }

  answer(instructions?: string): void {
    this.#turns += 1
    if (this.#session) this.#session.answer(instructions)
    else this.#meanwhile.askFor(instructions)
  }

  interrupt(heard: readonly { utteranceId: string; heardMs: number }[]): void {
    this.#turns += 1
    this.#meanwhile.askForNothing()
    this.#session?.interrupt(heard)
  }

  tell(item: HistoryItem): void {
    this.#turns += 1
    if (this.#session) this.#session.tell(item)
    else this.#meanwhile.tell(item)
  }

  returnToolResult(requestId: string, output: string): void {
    this.#turns += 1
    if (this.#session) this.#session.returnToolResult(requestId, output)
    else this.#meanwhile.tell({ role: 'note', text: `Result of a tool that was asked for earlier: ${output}` })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true
    this.#meanwhile.forget()
    const state = this.#state
    this.#state = { phase: 'closed' }
    if (state.phase === 'ready') await state.session[Symbol.asyncDispose]()
  }

  /** Nothing more is asked of a session once the call ends. */
  get #session(): EngineSession | undefined {
    return this.#state.phase === 'ready' && !this.#options.signal.aborted ? this.#state.session : undefined
  }

  #take({ session, lost }: OpenedSession): void {
    this.#hadSession = true
    this.#state = { phase: 'ready', session, sinceMs: this.#options.clock.monotonicMs() }
    if (lost) {
      this.#lose(lost)
      return
    }
    this.#meanwhile.handTo(session)
  }

  #onEvent(event: EngineEvent, source: OpenedSession): void {
    if (this.#closed) return
    if (event.type === 'engine.lost') source.lost = event.error
    const isCurrent = this.#state.phase === 'ready' && this.#state.session === source.session
    // Usage is billed whichever session it belongs to; anything else of a replaced session is of the past.
    if (event.type === 'usage.counted') this.#options.note(event)
    else if (isCurrent) this.#pass(event)
  }

  #pass(event: Exclude<EngineEvent, { type: 'usage.counted' }>): void {
    const { note, onEvent } = this.#options
    if (event.type === 'engine.lost') this.#lose(event.error)
    else if (event.type === 'engine.complained') note({ type: event.type, code: event.code })
    else if (event.type === 'limit.reported') {
      // Reported after every answer: only a limit that is used up says anything.
      if (event.remaining <= 0) note(event)
    } else {
      this.#turns += 1
      onEvent(event)
    }
  }

  #lose(error: EngineError): void {
    const { clock, note, onEvent, onGivenUp } = this.#options
    if (this.ageMs(clock.monotonicMs()) >= LASTED_MS) this.#shortLived = 0
    if (this.#state.phase === 'ready') letGo(this.#state.session)
    this.#state = { phase: 'closed' }
    note({ type: 'engine.lost', failure: error.failure, code: error.code })
    onEvent({ type: 'engine.lost', error })
    const pauseMs = pauseBeforeRetryMs(error, this.#shortLived)
    this.#shortLived += 1
    if (pauseMs === undefined) onGivenUp(error)
    else void this.open('reconnect', pauseMs)
  }

  #noteOpened(because: EngineOpening, attempts: number, startedAtMs: number): void {
    const tookMs = Math.round(this.#options.clock.monotonicMs() - startedAtMs)
    this.#options.note({ type: 'engine.opened', because, attempts, tookMs })
  }
}

/** Closes a session nobody needs any more; one that cannot even be closed is as gone. */
function letGo(session: EngineSession): void {
  void Promise.resolve(session[Symbol.asyncDispose]()).catch(() => undefined)
}
