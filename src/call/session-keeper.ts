import {
  type Briefing,
  EngineError,
  type EngineEvent,
  type EngineSession,
  type WatchedEngine,
} from '../engines/engine.ts'
import type { Clock } from '../lib/clock.ts'
import { asEngineError, EngineOpener, letGo, type OpenedSession } from './engine-opener.ts'
import type { CallFact, EngineOpening } from './facts.ts'
import { ATTEMPT_TIMEOUT_MS, GIVE_UP_AFTER_MS, PATIENT_TIMEOUT_MS, RescueLadder } from './rescue-ladder.ts'
import { RescueLog } from './rescue-log.ts'
import { raceForSession } from './session-race.ts'

/** What concerns the talk. What a session reports about itself (usage, limits, complaints) is noted here. */
export type TalkEvent = Exclude<EngineEvent, { type: 'usage.counted' | 'limit.reported' | 'engine.complained' }>

export interface SessionKeeperOptions {
  /** The engines this call may use now, best first. */
  readonly engines: () => readonly WatchedEngine[]
  readonly clock: Clock
  /** Aborts when the call ends. */
  readonly signal: AbortSignal
  /** Everything a fresh session must know at this moment. `knows`: how much of what was told meanwhile it holds. */
  readonly brief: () => { readonly briefing: Briefing; readonly knows: number }
  /** How much of ours the caller has yet to hear. */
  readonly unheardMs: () => number
  /** Counts what a session that was briefed before would not know of. */
  readonly turns: () => number
  /** Hears of a loss before the next session is opened, so that its briefing tells what became of the last words. */
  readonly onEvent: (event: TalkEvent) => void
  /** A session takes over. Gives whether it may owe the caller an answer. */
  readonly onReady: (opened: OpenedSession, because: EngineOpening) => boolean
  /** No session could be had in time: the call must be saved some other way. */
  readonly onGivenUp: (error: EngineError) => void
  readonly note: (fact: CallFact) => void
}

/** Sessions lost sooner than this are counted, or one that always dies at once would be opened for ever. */
const LASTED_MS = 5_000
/** After a rotation that came to nothing, the old session is good for a while yet. */
const ROTATE_AGAIN_AFTER_MS = 10_000

type KeeperState =
  | { readonly phase: 'closed' }
  | { readonly phase: 'opening' }
  | { readonly phase: 'ready'; readonly opened: OpenedSession; readonly sinceMs: number }

/** A session that was lost, and what is known of its engine. */
interface Loss {
  readonly engine: WatchedEngine
  readonly error: EngineError
  /** Attempts at it that count as made. */
  readonly failures: number
  readonly giveUpAtMs: number
}

/** Keeps an engine session for the call: opens it, replaces it when it is lost or old, by whatever engine can (RL1-RL6). */
export class SessionKeeper implements AsyncDisposable {
  readonly #options: SessionKeeperOptions
  readonly #opener: EngineOpener
  readonly #rescues: RescueLog
  /** Sessions in a row that did not last, by engine. */
  readonly #shortLived = new Map<WatchedEngine, number>()
  #state: KeeperState = { phase: 'closed' }
  #engine: WatchedEngine | undefined
  #rotating = false
  #rotateFromMs = 0
  #over = false

  constructor(options: SessionKeeperOptions) {
    const { clock, signal, brief } = options
    this.#options = options
    this.#rescues = new RescueLog(options.note)
    this.#opener = new EngineOpener({ clock, signal, brief, onEvent: (event, source) => this.#onEvent(event, source) })
  }

  /** The present session; none once the call has ended. */
  get session(): EngineSession | undefined {
    return this.#state.phase === 'ready' && !this.#options.signal.aborted ? this.#state.opened.session : undefined
  }

  get ready(): boolean {
    return this.#state.phase === 'ready'
  }

  /** The engine that serves the call, or served it last; undefined before the first. */
  get engine(): WatchedEngine | undefined {
    return this.#engine
  }

  /** A session was lost, and no speech has come from the next one that is due. */
  get rescuing(): boolean {
    return this.#rescues.underWay
  }

  /** Whether another engine could take over now. */
  get hasAnother(): boolean {
    return this.#options.engines().some((engine) => engine !== this.#engine)
  }

  /** How long the present session has lasted; 0 without one. */
  ageMs(nowMs: number): number {
    return this.#state.phase === 'ready' ? nowMs - this.#state.sinceMs : 0
  }

  /** Opens the first session of the call. Resolves when there is one or none can be had; never rejects. */
  async open(because: EngineOpening): Promise<void> {
    if (!this.#over && this.#state.phase === 'closed') await this.#climb(because, undefined)
  }

  /**
   * Replaces the session before its provider's limit: the new one is ready before the old one goes (F5). If the talk
   * went on meanwhile, the new one does not know of it and is let go; the next quiet moment will do. Never rejects.
   */
  async rotate(): Promise<void> {
    const { note, turns } = this.#options
    const state = this.#state
    if (state.phase !== 'ready' || this.#rotating || this.#nowMs < this.#rotateFromMs) return
    const turnsBefore = turns()
    const startedAtMs = this.#nowMs
    const { engine } = state.opened
    this.#rotating = true
    try {
      const opened = await this.#opener.open(engine, { timeoutMs: PATIENT_TIMEOUT_MS })
      if (this.#over || this.#state !== state || turns() !== turnsBefore || opened.lost) {
        letGo(opened.session)
        return
      }
      this.#noteOpened('rotation', opened, { attempts: 1, startedAtMs, before: engine })
      this.#take(opened, 'rotation', 1)
      letGo(state.opened.session)
    } catch (error) {
      if (!this.#over) note({ type: 'engine.complained', code: asEngineError(error).code, engine: engine.name })
    } finally {
      this.#rotating = false
      this.#rotateFromMs = this.#nowMs + ROTATE_AGAIN_AFTER_MS
    }
  }

  /** The session is of no use, though it does not say so itself. `elsewhere`: nor would another of its engine be. */
  reject(error: EngineError, { elsewhere }: { elsewhere: boolean }): void {
    if (this.#state.phase !== 'ready') return
    const { engine } = this.#state.opened
    engine.blame(error)
    this.#lose(error, elsewhere ? Number.POSITIVE_INFINITY : undefined)
  }

  /**
   * Hears the session no more, and opens another of its engine as if it were lost; nothing is held against anybody. What
   * the provider refuses to be asked for (a language it does not speak), the old session does as well as it can.
   */
  replace(): void {
    if (this.#state.phase !== 'ready') return
    const { opened } = this.#state
    const error = new EngineError('expired', 'replaced', 'The session was replaced by another of its kind.')
    this.#state = { phase: 'opening' }
    this.#options.onEvent({ type: 'engine.lost', error })
    void this.#exchange(opened, error)
  }

  /** Hot path: speech of the engine came. */
  spoke(nowMs: number): void {
    this.#rescues.spoke(nowMs)
  }

  /** Nobody waits for us just now. */
  nobodyWaits(nowMs: number): void {
    this.#rescues.nobodyWaits(nowMs)
  }

  /** Somebody else takes the call, as the caller hears now. */
  handedOver(to: 'person' | 'message'): void {
    this.#rescues.handedOver(to, this.#nowMs)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over = true
    this.#rescues.over()
    const state = this.#state
    this.#state = { phase: 'closed' }
    if (state.phase === 'ready') await state.opened.session[Symbol.asyncDispose]()
  }

  /** Never rejects. */
  async #exchange(old: OpenedSession, replaced: EngineError): Promise<void> {
    const { engine } = old
    const startedAtMs = this.#nowMs
    try {
      const opened = await this.#opener.open(engine, { timeoutMs: ATTEMPT_TIMEOUT_MS })
      letGo(old.session)
      if (this.#over) {
        letGo(opened.session)
        return
      }
      this.#noteOpened('rotation', opened, { attempts: 1, startedAtMs, before: engine })
      this.#take(opened, 'rotation', 1)
    } catch (thrown) {
      const { failure, code } = asEngineError(thrown)
      if (!this.#over && failure === 'refused' && !old.lost) {
        this.#options.note({ type: 'engine.complained', code, engine: engine.name })
        this.#takeBack(old)
        return
      }
      letGo(old.session)
      if (this.#over) return
      const giveUpAtMs = startedAtMs + GIVE_UP_AFTER_MS
      await this.#climb('rotation', { engine, error: replaced, failures: 1, giveUpAtMs })
    }
  }

  #takeBack(old: OpenedSession): void {
    const { instructions, language } = this.#options.brief().briefing
    old.session.rebrief({ instructions, language })
    // What was told since it was left, all of it.
    old.knows = 0
    this.#take(old, 'rotation', 1)
  }

  /** Tries the engines as the ladder says. Never rejects. */
  async #climb(because: EngineOpening, loss: Loss | undefined): Promise<void> {
    this.#state = { phase: 'opening' }
    const { clock, signal, onGivenUp } = this.#options
    const startedAtMs = this.#nowMs
    const engines = this.#enginesAfter(loss)
    const ladder = new RescueLadder({
      rungs: engines.map((engine, rung) => ({
        failures: (rung === 0 && loss ? loss.failures : this.#shortLived.get(engine)) ?? 0,
        standing: () => engine.standing,
      })),
      giveUpAtMs: loss?.giveUpAtMs ?? startedAtMs + GIVE_UP_AFTER_MS,
      lost: loss?.error,
      patient: loss === undefined,
    })
    try {
      const result = await raceForSession({ ladder, engines, opener: this.#opener, clock, signal, lost: loss?.error })
      if (this.#over) {
        if (result.opened) letGo(result.opened.session)
      } else if (result.opened) {
        const before = loss?.engine ?? engines[0]
        this.#noteOpened(because, result.opened, { attempts: result.attempts, startedAtMs, before })
        this.#take(result.opened, because, result.attempts)
      } else {
        this.#state = { phase: 'closed' }
        if (!loss) this.#rescues.began(engines[0]?.name ?? 'none', this.#moment(false))
        this.#rescues.gaveUp(result.attempts)
        onGivenUp(result.error)
      }
    } catch {
      // The call has ended.
      this.#state = { phase: 'closed' }
    }
  }

  /** [RL2] The one that was lost first, though it may be suspect by now; then the others in their order. */
  #enginesAfter(loss: Loss | undefined): readonly WatchedEngine[] {
    const engines = this.#options.engines()
    return loss ? [loss.engine, ...engines.filter((engine) => engine !== loss.engine)] : engines
  }

  #take(opened: OpenedSession, because: EngineOpening, attempts: number): void {
    this.#engine = opened.engine
    this.#state = { phase: 'ready', opened, sinceMs: this.#nowMs }
    if (opened.lost) {
      this.#lose(opened.lost)
      return
    }
    const answers = this.#options.onReady(opened, because)
    this.#rescues.opened(opened.engine.name, attempts, { nowMs: this.#nowMs, answers })
  }

  #onEvent(event: EngineEvent, source: OpenedSession): void {
    // Usage is billed whichever session it belongs to, also while it is closed; anything else is of the past then.
    if (event.type === 'usage.counted') {
      this.#options.note(event)
      return
    }
    if (this.#over) return
    if (event.type === 'engine.lost') source.lost = event.error
    const isCurrent = this.#state.phase === 'ready' && this.#state.opened === source
    if (isCurrent) this.#pass(event, source.engine)
  }

  #pass(event: Exclude<EngineEvent, { type: 'usage.counted' }>, { name }: WatchedEngine): void {
    const { note, onEvent } = this.#options
    if (event.type === 'engine.lost') this.#lose(event.error)
    else if (event.type === 'engine.complained') note({ type: event.type, code: event.code, engine: name })
    else if (event.type === 'limit.reported') {
      // Reported after every answer: only a limit that is used up says anything.
      if (event.remaining <= 0) note(event)
    } else onEvent(event)
  }

  /** `asFailures`: how many attempts at the engine count as made, where it is not the sessions that did not last. */
  #lose(error: EngineError, asFailures?: number): void {
    if (this.#state.phase !== 'ready') return
    const { note, onEvent } = this.#options
    const { engine, session } = this.#state.opened
    const lasted = this.ageMs(this.#nowMs) >= LASTED_MS
    if (lasted) this.#shortLived.delete(engine)
    const shortLived = this.#shortLived.get(engine) ?? 0
    this.#shortLived.set(engine, shortLived + 1)
    this.#state = { phase: 'closed' }
    letGo(session)
    note({ type: 'engine.lost', failure: error.failure, code: error.code, engine: engine.name })
    const beganAtMs = this.#rescues.began(engine.name, this.#moment(!lasted))
    onEvent({ type: 'engine.lost', error })
    const giveUpAtMs = beganAtMs + GIVE_UP_AFTER_MS
    void this.#climb('reconnect', { engine, error, failures: asFailures ?? shortLived, giveUpAtMs })
  }

  #moment(goesOn: boolean) {
    return { nowMs: this.#nowMs, unheardMs: this.#options.unheardMs(), goesOn }
  }

  #noteOpened(
    because: EngineOpening,
    { engine }: OpenedSession,
    { attempts, startedAtMs, before }: { attempts: number; startedAtMs: number; before: WatchedEngine | undefined },
  ): void {
    const tookMs = Math.round(this.#nowMs - startedAtMs)
    const rung = engine === before ? 'same engine' : 'other engine'
    const { name, model } = engine
    this.#options.note({ type: 'engine.opened', because, attempts, tookMs, engine: name, model, rung })
  }

  get #nowMs(): number {
    return this.#options.clock.monotonicMs()
  }
}
