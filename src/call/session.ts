import { HearthlineError } from '../lib/errors.ts'
import type { Log } from '../lib/log.ts'
import type { HandOver, LineListener, PhoneLine } from '../telephony/line.ts'
import type { Action } from '../tools/tool.ts'
import { createCallParts } from './call-parts.ts'
import type { CallRecording } from './call-recording.ts'
import type { CallServices } from './call-services.ts'
import { type CallState, endReasonOf, givenUpBecause, isJoiningOfficer } from './call-state.ts'
import type { NewCall, StoredCall } from './call-store.ts'
import type { CallerWishes } from './caller-wishes.ts'
import { closeCall, releaseLine } from './closing.ts'
import type { Conversation } from './conversation.ts'
import type { EndReason } from './facts.ts'
import type { CallerTurn } from './floor.ts'
import type { HandOvers } from './hand-overs.ts'
import type { CallLedger } from './ledger.ts'
import type { LineEnd, LineEvents } from './line-events.ts'
import type { PhraseKey } from './phrases.ts'
import type { TalkLimits } from './talk-limits.ts'
import { wasGreeted } from './transcript.ts'
import type { TransferDesk } from './transfer/transfer-desk.ts'
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

/** "One more thing" does not bring a call back that ends for one of these. */
const IS_FINAL: ReadonlySet<EndReason> = new Set([
  'too long',
  'nobody there',
  'voicemail left',
  'opted out',
  'interrupted',
])

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
  readonly #lineEvents: LineEvents
  readonly #desk: TransferDesk
  readonly #handOvers: HandOvers
  #state: CallState
  #closing: Promise<void> | undefined

  constructor({ services, call, stored, onEnded }: CallSessionOptions) {
    const log = services.log.child({ callId: call.callId })
    const { signal } = this.#abort
    const parts = createCallParts(
      { services, call, stored, log, signal },
      {
        state: () => this.#state,
        become: (next) => {
          this.#state = next
        },
        act: (action) => this.#act(action),
        onCallerTurn: (turn) => this.#onCallerTurn(turn),
        onLineEnded: (line, cause) => this.#onLineEnded(line, cause),
        end: (reason, lastWords) => this.end(reason, lastWords),
        onBridged: () => void this.close('handed to a person'),
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
    this.#lineEvents = parts.lineEvents
    this.#desk = parts.desk
    this.#handOvers = parts.handOvers
    this.#wayOut = parts.wayOut
    this.#state = { phase: 'ringing', sinceMs: this.#nowMs, recovered: stored !== undefined }
  }

  get state(): CallState {
    return this.#state
  }

  get ledger(): CallLedger {
    return this.#ledger
  }

  /** The carrier has to be told where the caller is to come to: here. */
  get astray(): boolean {
    return this.#state.phase === 'ringing' || this.#handOvers.astray
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
    const line = openLine((event) => this.#lineEvents.on(line, event))
    this.#state = { phase: 'live', line }
    this.#ledger.append({ type: 'line.opened', streamId: line.streamId })
    this.#recording.streamBegins()
    this.#conversation.useLine(line)
    this.#limits.callerShowed()
    if (!this.#handOvers.cameBack()) this.#beginTalk()
    // A carrier that opens a second stream has given up the first, whatever its socket says.
    if ('line' in before) releaseLine(before.line, this.#log)
    // What a process that died was at stands unless something else was decided meanwhile. Never rejects.
    if (this.#handOvers.doDue()) return
    this.#desk.doDue()
    if (before.phase === 'ringing' && before.recovered) void this.#desk.takeUp()
  }

  /** Ends the call as soon as what is being said was heard. */
  end(reason: EndReason, lastWords?: PhraseKey): void {
    if (this.#state.phase !== 'live') return
    const { line } = this.#state
    this.#state = { phase: 'ending', line, reason, decidedAtMs: this.#nowMs }
    if (lastWords) this.#conversation.say(lastWords)
  }

  /** Takes the call out of our voice: once the announcement was heard, the carrier goes on without us. Never rejects. */
  handOver(to: HandOver, because: string, announcement?: PhraseKey): Promise<void> {
    return this.#handOvers.begin(to, because, announcement)
  }

  /** The carrier's opinion of who picked up a call of ours. */
  pickedUpBy(answeredBy: 'human' | 'machine' | 'fax'): void {
    this.#conversation.pickedUpBy(answeredBy)
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
    if (reason !== 'shut down') this.#desk.end('caller left')
    // Perhaps the two talk already: whoever comes after us hears of it if they do not (TR11).
    else if (!isJoiningOfficer(state)) this.#desk.leaveOpen()
    this.#conversation.finish()
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

  #beginTalk(): void {
    if (wasGreeted(this.#ledger.entries)) this.#conversation.pickUp()
    else this.#conversation.greet()
  }

  #onLineEnded(line: PhoneLine, cause: LineEnd): void {
    const { state } = this
    // Of a line that another has replaced nothing counts any more.
    if (!('line' in state) || state.line !== line) return
    this.#ledger.append({ type: 'line.ended', cause })
    if (this.#handOvers.joins(state)) return
    if (cause === 'hung up') void this.close(endReasonOf(state))
    else if (state.phase === 'ending') void this.close(state.reason)
    else if (state.phase === 'live') {
      this.#state = { phase: 'line lost', sinceMs: this.#nowMs }
      this.#conversation.useLine(undefined)
      releaseLine(line, this.#log)
    }
    // On its way elsewhere nothing is lost: the carrier asks where to, or has been told.
  }

  #onCallerTurn({ words, untilMs }: CallerTurn): void {
    this.#limits.callerShowed()
    const { state } = this
    // "One more thing" during our goodbye: the call goes on. Words may come late: those of before change nothing.
    if (state.phase !== 'ending' || IS_FINAL.has(state.reason)) return
    if (words && untilMs > state.decidedAtMs) this.#state = { phase: 'live', line: state.line }
  }

  #act(action: Action): void {
    if (action.type === 'end call') {
      this.end('agent ended', this.#conversation.spokeSinceCaller ? undefined : 'goodbye')
    } else if (action.type === 'hand over') {
      this.#handOvers.rescue(action.reason)
    } else if (action.type === 'connect') {
      this.#wishes.connectPerson(action.reason, action.officerId)
    } else if (action.type === 'connect extension') {
      this.#wishes.connectExtension(action.extensionId)
    } else action satisfies never
  }

  #tick(): void {
    const { state } = this
    const nowMs = this.#nowMs
    const over = givenUpBecause(state, nowMs, this.#services.settings.keepLostLineMs)
    if (over) void this.close(over)
    this.#desk.tick(nowMs)
    if (!('line' in state) || state.phase === 'leaving' || state.phase === 'joining') return
    this.#conversation.tick(nowMs, state.phase === 'ending' || this.#conversation.over)
    if (state.phase === 'ending') this.#leaveWhenHeard(state, nowMs)
    else if (!this.#conversation.withheld) this.#limits.tick(nowMs)
  }

  #leaveWhenHeard(state: Extract<CallState, { phase: 'ending' }>, nowMs: number): void {
    if (!this.#wayOut.isTime(state.decidedAtMs)) return
    const { line, reason } = state
    this.#state = { phase: 'leaving', line, reason, sinceMs: nowMs }
    void this.#wayOut.hangUp(line, reason).then(() => this.close(reason))
  }

  get #nowMs(): number {
    return this.#services.clock.monotonicMs()
  }
}
