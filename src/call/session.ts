import { HearthlineError } from '../lib/errors.ts'
import type { Log } from '../lib/log.ts'
import type { HandOver, LineEvent, LineListener, PhoneLine } from '../telephony/line.ts'
import type { Action } from '../tools/tool.ts'
import { createCallParts } from './call-parts.ts'
import type { CallRecording } from './call-recording.ts'
import type { CallServices } from './call-services.ts'
import { type CallState, endReasonOf, givenUpBecause, reasonOf } from './call-state.ts'
import type { NewCall, StoredCall } from './call-store.ts'
import type { CallerWishes } from './caller-wishes.ts'
import { attempt, closeCall } from './closing.ts'
import type { Conversation } from './conversation.ts'
import type { EndReason } from './facts.ts'
import type { CallerTurn } from './floor.ts'
import type { CallLedger } from './ledger.ts'
import type { PhraseKey } from './phrases.ts'
import type { TalkLimits } from './talk-limits.ts'
import { wasGreeted } from './transcript.ts'
import type { WayOut } from './way-out.ts'

export interface CallSessionOptions {
  readonly services: CallServices
  readonly call: NewCall
  /** The ledger of a call whose process died. */
  readonly stored?: StoredCall
  /** Called once, when the record is saved. */
  readonly onEnded: (reason: EndReason) => void
}

const TICK_MS = 100

/** One phone call, from ring to record. It decides little and performs everything; the rules are in SPEC.md. */
export class CallSession {
  readonly call: NewCall
  readonly #services: CallServices
  readonly #onEnded: (reason: EndReason) => void
  readonly #log: Log
  readonly #abort = new AbortController()
  readonly #resources = new AsyncDisposableStack()
  readonly #ledger: CallLedger
  readonly #recording: CallRecording
  readonly #conversation: Conversation
  readonly #wayOut: WayOut
  readonly #limits: TalkLimits
  readonly #wishes: CallerWishes
  #state: CallState
  /** Decided while nobody was on the line: done as soon as there is one. */
  #handOverDue: { to: HandOver; because: string; announcement: PhraseKey | undefined } | undefined
  #closing: Promise<void> | undefined

  constructor({ services, call, stored, onEnded }: CallSessionOptions) {
    const log = services.log.child({ callId: call.callId })
    const { signal } = this.#abort
    const parts = createCallParts(
      { services, call, stored, log, signal },
      {
        act: (action) => this.#act(action),
        onCallerTurn: (turn) => this.#onCallerTurn(turn),
        end: (reason, lastWords) => this.end(reason, lastWords),
        connect: (to, because) => void this.handOver(to, because, to.to === 'person' ? 'connecting' : undefined),
        isLive: () => this.#state.phase === 'live',
      },
    )
    this.call = call
    this.#services = services
    this.#onEnded = onEnded
    this.#log = log
    this.#ledger = parts.ledger
    this.#recording = parts.recording
    this.#conversation = this.#resources.use(parts.conversation)
    this.#limits = parts.limits
    this.#wishes = parts.wishes
    this.#wayOut = parts.wayOut
    this.#state = { phase: 'ringing', sinceMs: this.#nowMs, recovered: stored !== undefined }
  }

  get state(): CallState {
    return this.#state
  }

  get ledger(): CallLedger {
    return this.#ledger
  }

  /** The phone rings, or rings again with us: the engine connects while the carrier reads our answer. */
  ring(): void {
    const { engines, settings, clock } = this.#services
    const { agent, language } = settings
    const recovered = this.#state.phase === 'ringing' && this.#state.recovered
    const [engine] = engines.choose(this.call)
    if (recovered) this.#ledger.noteRecovery()
    else this.#ledger.noteRing({ agent, engine: this.call.engine, model: engine?.model ?? 'none', language })
    this.#resources.use(clock.every(TICK_MS, () => this.#tick()))
    // Never rejects: what goes wrong comes as an action.
    void this.#conversation.open(recovered ? 'resume' : 'ring')
  }

  /**
   * The carrier opened a media stream: the first of the call, or another after a break. `openLine` is called at once,
   * so that no frame is missed. Throws `call_over` when there is no call any more.
   */
  connect(openLine: (onEvent: LineListener) => PhoneLine): void {
    const { callId } = this.call
    if (this.#closing) throw new HearthlineError('call_over', `call ${callId} is over: no line can be connected to it`)
    const before = this.#state
    const line = openLine((event) => this.#onLine(line, event))
    this.#state = { phase: 'live', line }
    this.#ledger.append({ type: 'line.opened', streamId: line.streamId })
    this.#recording.streamBegins()
    this.#conversation.useLine(line)
    this.#limits.callerShowed()
    if (wasGreeted(this.#ledger.entries)) this.#conversation.pickUp()
    else this.#conversation.greet()
    // A carrier that opens a second stream has given up the first, whatever its socket says.
    if ('line' in before) this.#release(before.line)
    const due = this.#handOverDue
    this.#handOverDue = undefined
    if (due) void this.handOver(due.to, due.because, due.announcement)
  }

  /** Ends the call as soon as what is being said was heard. */
  end(reason: EndReason, lastWords?: PhraseKey): void {
    if (this.#state.phase !== 'live') return
    const { line } = this.#state
    this.#state = { phase: 'ending', line, reason, decidedAtMs: this.#nowMs }
    if (lastWords) this.#conversation.say(lastWords)
  }

  /** Takes the call out of our voice: once the announcement was heard, the carrier goes on without us. Never rejects. */
  async handOver(to: HandOver, because: string, announcement?: PhraseKey): Promise<void> {
    const { phase } = this.#state
    if (phase === 'ringing' || phase === 'line lost') this.#handOverDue ??= { to, because, announcement }
    if (this.#state.phase !== 'live' && this.#state.phase !== 'ending') return
    const { line } = this.#state
    this.#state = { phase: 'leaving', line, reason: reasonOf(to), sinceMs: this.#nowMs }
    await this.#wayOut.handOver(line, to, because, announcement)
  }

  /** The carrier says that the call is over. */
  carrierEnded(): Promise<void> {
    return this.close(endReasonOf(this.#state))
  }

  /**
   * Ends everything, once; the first reason stands. Resolves when the record is saved. A call that was `shut down` is
   * only let go: it stays unfinished in the store for whoever takes it up, or the reconciler.
   */
  close(reason: EndReason): Promise<void> {
    this.#closing ??= this.#close(reason)
    return this.#closing
  }

  async #close(reason: EndReason): Promise<void> {
    const { state } = this
    this.#state = { phase: 'ended', reason }
    this.#abort.abort()
    this.#conversation.useLine(undefined)
    await closeCall(reason, {
      callId: this.call.callId,
      line: 'line' in state ? state.line : undefined,
      resources: this.#resources,
      recording: this.#recording,
      ledger: this.#ledger,
      services: this.#services,
      log: this.#log,
    })
    this.#onEnded(reason)
  }

  #onLine(line: PhoneLine, event: LineEvent): void {
    switch (event.type) {
      case 'caller.audio':
        this.#conversation.hear(event.audio)
        this.#recording.caller(event.positionMs, event.audio)
        break
      case 'agent.heard':
        this.#conversation.onHeard(event.utteranceId, event.heardMs)
        this.#recording.agent(event.positionMs, event.audio)
        break
      case 'agent.finished':
        this.#conversation.onFinished(event.utteranceId, event.heardMs)
        break
      case 'caller.pressed':
        this.#onKey(event.digit)
        break
      case 'line.quiet':
        this.#ledger.append(event)
        break
      case 'line.ended':
        this.#onLineEnded(line, event.cause)
        break
      default:
        event satisfies never
    }
  }

  #onLineEnded(line: PhoneLine, cause: 'hung up' | 'dropped'): void {
    const { state } = this
    // Of a line that another has replaced nothing counts any more.
    if (!('line' in state) || state.line !== line) return
    this.#ledger.append({ type: 'line.ended', cause })
    if (cause === 'hung up') void this.close(endReasonOf(state))
    else if (state.phase === 'ending') void this.close(state.reason)
    else if (state.phase === 'live') {
      this.#state = { phase: 'line lost', sinceMs: this.#nowMs }
      this.#conversation.useLine(undefined)
      this.#release(line)
    }
    // On its way elsewhere nothing is lost: the carrier asks where to, or has been told.
  }

  #onKey(digit: string): void {
    this.#ledger.append({ type: 'caller.pressed', digit })
    this.#conversation.personShowed()
    this.#onCallerTurn({ words: true, untilMs: this.#nowMs })
    this.#wishes.onKey(digit)
  }

  #onCallerTurn({ words, untilMs }: CallerTurn): void {
    this.#limits.callerShowed()
    const { state } = this
    // "One more thing" during our goodbye: the call goes on. Words may come late: those of before change nothing.
    if (state.phase !== 'ending' || state.reason === 'too long' || state.reason === 'nobody there') return
    if (words && untilMs > state.decidedAtMs) this.#state = { phase: 'live', line: state.line }
  }

  #act(action: Action): void {
    if (action.type === 'end call') {
      this.end('agent ended', this.#conversation.spokeSinceCaller ? undefined : 'goodbye')
    } else if (action.type === 'hand over') {
      // A call that is ending anyway needs no rescue.
      if (this.#state.phase !== 'ending') void this.handOver(this.#services.rescue(), action.reason, 'get-someone')
    } else action satisfies never
  }

  #tick(): void {
    const { state } = this
    const nowMs = this.#nowMs
    const over = givenUpBecause(state, nowMs, this.#services.settings.keepLostLineMs)
    if (over) void this.close(over)
    if (!('line' in state) || state.phase === 'leaving') return
    this.#conversation.tick(nowMs, state.phase === 'ending')
    if (state.phase === 'ending') this.#leaveWhenHeard(state, nowMs)
    else this.#limits.tick(nowMs)
  }

  #leaveWhenHeard(state: Extract<CallState, { phase: 'ending' }>, nowMs: number): void {
    if (!this.#wayOut.isTime(state.decidedAtMs)) return
    const { line, reason } = state
    this.#state = { phase: 'leaving', line, reason, sinceMs: nowMs }
    void this.#wayOut.hangUp(line, reason).then(() => this.close(reason))
  }

  #release(line: PhoneLine): void {
    void attempt('closing a line that was given up', this.#log, () => line[Symbol.asyncDispose]())
  }

  get #nowMs(): number {
    return this.#services.clock.monotonicMs()
  }
}
