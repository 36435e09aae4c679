import type { EncodedAudio } from '../audio/encoded-audio.ts'
import { type Briefing, type EngineCapabilities, EngineError, type HistoryItem } from '../engines/engine.ts'
import { CallerSpeech } from './caller-speech.ts'
import { DeafWatch, type SpeechPart } from './deaf-watch.ts'
import type { OpenedSession } from './engine-opener.ts'
import type { EngineOpening } from './facts.ts'
import type { CallerEvent } from './floor.ts'
import { Meanwhile } from './meanwhile.ts'
import { SessionKeeper, type SessionKeeperOptions, type TalkEvent } from './session-keeper.ts'

export type { TalkEvent } from './session-keeper.ts'

export interface EngineLinkOptions extends Omit<SessionKeeperOptions, 'brief' | 'turns' | 'onReady'> {
  /** Everything a fresh session must know at this moment. */
  readonly brief: () => Briefing
}

/** A session that was given the caller's words may take so long to notice them before it is asked to go on regardless. */
const NOTICE_WORDS_WITHIN_MS = 1_000

/**
 * The call's connection to its voice engine, across losses, rotations and changes of engine: whoever uses it speaks to
 * *the* engine. What the caller says while no session understands it is kept for the next; an answer asked for meanwhile
 * is asked for then. Tool results reach a fresh session as a note, never by running a tool again.
 */
export class EngineLink implements AsyncDisposable {
  readonly #options: EngineLinkOptions
  readonly #sessions: SessionKeeper
  readonly #meanwhile = new Meanwhile()
  readonly #callerSpeech = new CallerSpeech()
  readonly #deafness = new DeafWatch()
  /** From then on an answer that is due is asked for, whatever the session made of the words it was given. */
  #askFromMs = 0
  /** Where the caller's audio stood when a rotation began: the old session has heard what was before. */
  #rotatesFromMs = 0
  #callerSilentSinceMs: number | undefined
  #turns = 0
  #closed = false

  constructor(options: EngineLinkOptions) {
    this.#options = options
    this.#sessions = new SessionKeeper({
      ...options,
      brief: () => ({ briefing: options.brief(), knows: this.#meanwhile.told }),
      turns: () => this.#turns,
      onEvent: (event) => this.#onEvent(event),
      onReady: (opened, because) => this.#handTo(opened, because),
    })
  }

  get ready(): boolean {
    return this.#sessions.ready
  }

  /** There was a session, and none is back yet. */
  get lost(): boolean {
    return this.#sessions.engine !== undefined && !this.ready
  }

  /** A session was lost, and the answer that is due from the next has not begun. */
  get rescuing(): boolean {
    return this.#sessions.rescuing
  }

  /** When the caller fell silent, by our own ear; undefined while they speak or before they did. Monotonic ms. */
  get callerSilentSinceMs(): number | undefined {
    return this.#callerSpeech.speaking ? undefined : this.#callerSilentSinceMs
  }

  /** They have spoken, and the session has not said so: they wait for us, though nobody knows yet. */
  get callerUnnoticed(): boolean {
    const { waitingSinceMs = Number.POSITIVE_INFINITY } = this.#deafness
    return this.ready && !this.#callerSpeech.speaking && waitingSinceMs <= this.#options.clock.monotonicMs()
  }

  /** Of the engine that serves the call, or served it last; undefined before the first. */
  get capabilities(): EngineCapabilities | undefined {
    return this.#sessions.engine?.capabilities
  }

  /** How long the present session has lasted; 0 without one. */
  ageMs(nowMs: number): number {
    return this.#sessions.ageMs(nowMs)
  }

  /** Opens the first session of the call. Resolves when there is one or none can be had; never rejects. */
  open(because: EngineOpening): Promise<void> {
    return this.#sessions.open(because)
  }

  /** Replaces the session before its provider's limit, at a quiet moment (F5). Never rejects. */
  rotate(): Promise<void> {
    this.#rotatesFromMs = this.#callerSpeech.positionMs
    return this.#sessions.rotate()
  }

  /** Hot path. */
  hear(audio: EncodedAudio): void {
    this.#sessions.session?.hear(audio)
    if (!this.#closed) this.#callerSpeech.hear(audio)
  }

  /**
   * To be called every 100 ms while the line is open. `audible`: something of ours is in the caller's ear. `ourTurn`: the
   * caller waits for us.
   */
  tick(nowMs: number, { audible, ourTurn }: { audible: boolean; ourTurn: boolean }): void {
    if (audible) this.#deafness.audible(nowMs)
    if (!ourTurn) this.#sessions.nobodyWaits(nowMs)
    const spoken = this.#callerSpeech.tick(this.ready)
    if (this.#callerSpeech.speaking) this.#deafness.speaking()
    if (spoken) {
      const endedAtMs = nowMs - spoken.endedMsAgo
      const mayPauseMs = this.capabilities?.mayPauseMs ?? 0
      this.#deafness.spoken({ startedAtMs: nowMs - spoken.startedMsAgo, endedAtMs }, mayPauseMs)
      this.#callerSilentSinceMs = endedAtMs
    }
    const { session } = this.#sessions
    if (session && nowMs >= this.#askFromMs) this.#meanwhile.askOf(session)
    if (session && this.#deafness.isDeaf(nowMs)) this.#replaceDeaf()
  }

  answer(instructions?: string): void {
    this.#turns += 1
    this.#meanwhile.askFor(instructions)
    if (this.#sessions.session) this.#meanwhile.askOf(this.#sessions.session)
  }

  /** An answer does not come, though a session is there: another engine is to give it. False where there is none. */
  answerElsewhere(): boolean {
    if (!this.ready || !this.#sessions.hasAnother) return false
    const message = 'The engine is connected but does not answer.'
    this.#sessions.reject(new EngineError('stalled', 'answer_missing', message), { elsewhere: true })
    return true
  }

  /** The session cannot become what the call needs now: another of its kind, told everything anew, takes its place. */
  replace(): void {
    this.#sessions.replace()
  }

  /** Changes how to talk from the next answer on; a session that opens later is briefed so anyway. */
  rebrief(change: Partial<Pick<Briefing, 'instructions' | 'language'>>): void {
    this.#sessions.session?.rebrief(change)
  }

  interrupt(heard: readonly { utteranceId: string; heardMs: number }[]): void {
    this.#turns += 1
    this.#meanwhile.askForNothing()
    this.#sessions.session?.interrupt(heard)
  }

  tell(item: HistoryItem): void {
    this.#turns += 1
    const { session } = this.#sessions
    if (session) session.tell(item)
    else this.#meanwhile.tell(item)
  }

  returnToolResult(requestId: string, output: string): void {
    this.#turns += 1
    const { session } = this.#sessions
    if (session) session.returnToolResult(requestId, output)
    else this.#meanwhile.tell({ role: 'note', text: `Result of a tool that was asked for earlier: ${output}` })
  }

  /** Somebody else takes the call, as the caller hears now. */
  handedOver(to: 'person' | 'message'): void {
    this.#sessions.handedOver(to)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true
    this.#meanwhile.forget()
    await this.#sessions[Symbol.asyncDispose]()
  }

  /** Gives a fresh session what it missed, in the order it happened. */
  #handTo({ session, knows }: OpenedSession, because: EngineOpening): boolean {
    if (because === 'rotation') this.#callerSpeech.settle(this.#rotatesFromMs)
    const nowMs = this.#options.clock.monotonicMs()
    this.#meanwhile.tellTo(session, knows)
    const spoken = this.#callerSpeech.replayTo(session)
    this.#deafness.freshSession(nowMs, spoken)
    const answers = spoken || this.#meanwhile.answerDue
    // What the caller said is to be answered, not talked over: the session will say in a moment that it heard them.
    if (spoken) this.#askFromMs = nowMs + NOTICE_WORDS_WITHIN_MS
    else this.#meanwhile.askOf(session)
    return answers
  }

  #onEvent(event: TalkEvent): void {
    const nowMs = this.#options.clock.monotonicMs()
    this.#turns += 1
    switch (event.type) {
      case 'engine.lost':
        this.#callerSpeech.sessionGone()
        break
      case 'caller.started-speaking':
      case 'caller.stopped-speaking':
      case 'caller.words':
        this.#onCaller(event, nowMs)
        break
      case 'agent.audio':
        this.#sessions.spoke(nowMs)
        this.#deafness.sign(nowMs)
        break
      case 'answer.started':
        this.#deafness.answered(nowMs)
        break
      default:
        this.#deafness.sign(nowMs)
    }
    this.#options.onEvent(event)
  }

  #onCaller(event: CallerEvent, nowMs: number): void {
    const { type } = event
    const hasWords = type === 'caller.words' && event.text !== ''
    // Turns that are judged here, by the sound alone, are no sign of life from the provider; words are.
    const judgedHere = this.capabilities?.reportsTurns === false
    if (judgedHere && !hasWords) {
      // Nor was it understood by anybody when no words have come.
      if (type !== 'caller.words') this.#callerSpeech.onCaller(event)
      return
    }
    this.#deafness.callerNoticed(partOf(event, judgedHere), nowMs)
    this.#callerSpeech.onCaller(event)
  }

  /** Once by another session of the same engine, then by another engine; if that hears nothing either, so be it. */
  #replaceDeaf(): void {
    const elsewhere = this.#deafness.deafInARow > 0
    this.#deafness.replaced()
    if (elsewhere && !this.#sessions.hasAnother) return
    const message = 'The engine is connected but reacts to nothing the caller says.'
    this.#sessions.reject(new EngineError('stalled', 'deaf', message), { elsewhere })
  }
}

/** What an event tells of the caller's speech. Where turns are judged here, the words are all the provider says of it. */
function partOf(event: CallerEvent, judgedHere: boolean): SpeechPart {
  const areWords = event.type === 'caller.words'
  if (areWords && !judgedHere) return 'its words'
  const isOver = areWords ? event.final : event.type === 'caller.stopped-speaking'
  return isOver ? 'its end' : 'its beginning'
}
