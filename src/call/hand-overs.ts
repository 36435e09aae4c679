import type { Clock } from '../lib/clock.ts'
import type { Log } from '../lib/log.ts'
import type { Conference, HandOver, PhoneLine, Rescue } from '../telephony/line.ts'
import { type CallState, reasonOf } from './call-state.ts'
import type { CallerWishes } from './caller-wishes.ts'
import { attempt, releaseLine } from './closing.ts'
import type { Conversation } from './conversation.ts'
import type { PhraseKey } from './phrases.ts'
import type { TransferDesk, TransferWish } from './transfer/transfer-desk.ts'
import type { WayOut } from './way-out.ts'

export interface HandOversOptions {
  /** Where the call is. The session alone holds it; `become` replaces it whole. */
  readonly state: () => CallState
  readonly become: (next: CallState) => void
  readonly conversation: Conversation
  readonly wishes: CallerWishes
  readonly desk: TransferDesk
  readonly wayOut: WayOut
  readonly rescue: () => Rescue
  /** Of a call we placed, in the place of a message: they wanted nothing of us, and are let go with an apology (OC5). */
  readonly letGo: (() => void) | undefined
  readonly clock: Clock
  readonly log: Log
}

type Leaving = Extract<CallState, { phase: 'leaving' }>

/** How a call goes from our voice to somebody else, and back to it when an officer was gone before the two met (TR6). */
export class HandOvers {
  readonly #options: HandOversOptions
  /** Decided while nobody was on the line: done as soon as there is one. */
  #due: { to: HandOver; because: string; announcement: PhraseKey | undefined } | undefined
  /** Whose officer was gone before they met. */
  #unmet: TransferWish | undefined
  /** Before the carrier was told where to. */
  #streamBroke = false
  /** The carrier is being told to bring them back. */
  #telling = false

  constructor(options: HandOversOptions) {
    this.#options = options
  }

  /** Once the announcement was heard, the carrier goes on without us. Resolves when it was told; never rejects. */
  async begin(to: HandOver, because: string, announcement?: PhraseKey): Promise<void> {
    const { state, become, desk, wayOut } = this.#options
    const before = state()
    if (before.phase === 'ringing' || before.phase === 'line lost') this.#due ??= { to, because, announcement }
    if (before.phase !== 'live' && before.phase !== 'ending') return
    const { letGo } = this.#options
    if (to.to === 'message' && letGo) return letGo()
    const { line } = before
    become({ phase: 'leaving', line, reason: reasonOf(to), sinceMs: this.#nowMs, to })
    if (to.to === 'resume') desk.leaveOpen()
    else if (to.to !== 'conference') desk.end('called off')
    const told = await wayOut.handOver(line, to, because, announcement)
    // Nobody tells of the end of a stream that we closed ourselves, or that broke before.
    if (!told || this.#streamBroke) this.joins(state())
  }

  /** To a telephone or a message the caller is to have: of a telephone they hear that it is being rung. */
  connect(to: Rescue, because: string): void {
    // Never rejects.
    void this.begin(to, because, to.to === 'person' ? 'connecting' : undefined)
  }

  /** Our voice cannot serve the caller any more (F1, F4). A call that is ending anyway needs no rescue. */
  rescue(because: string): void {
    const { state, conversation, desk, letGo } = this.#options
    const { phase } = state()
    // Who has not been greeted yet must hear no apology, and a mailbox would record it.
    if (phase === 'live' && letGo && conversation.withheld) letGo()
    else if (phase === 'live') desk.begin({ because, rescue: true })
    else if (phase !== 'ending') this.#getSomeone(because)
  }

  /** Does what was decided while there was no line. Gives whether there was anything. */
  doDue(): boolean {
    const due = this.#due
    this.#due = undefined
    if (due) void this.begin(due.to, due.because, due.announcement)
    return due !== undefined
  }

  /** There is a line again. Gives whether the caller is back from an officer who was gone; then they hear so. */
  cameBack(): boolean {
    const unmet = this.#unmet
    this.#unmet = undefined
    if (unmet) this.#options.wishes.nobodyFree()
    return unmet !== undefined
  }

  /**
   * The stream has ended. Gives whether the caller is on the way to an officer thereby, or was already; whether they
   * meet, the carrier tells.
   */
  joins(state: CallState): boolean {
    if (state.phase === 'joining') return true
    if (state.phase !== 'leaving' || state.to?.to !== 'conference') return false
    this.#streamBroke = !this.#options.wayOut.told
    if (this.#streamBroke) return false
    this.#join(state, state.to)
    return true
  }

  /** There is no officer to be rung. */
  nobodyIn({ because, rescue }: TransferWish): void {
    if (rescue) this.#getSomeone(because)
    else this.#options.wishes.nobodyIn(because)
  }

  /** No officer took the call, or whoever did is gone. */
  nobodyFree(wish: TransferWish): void {
    const state = this.#options.state()
    // Whoever comes back must not be sent to an officer who is gone.
    if (this.#due?.to.to === 'conference') this.#due = undefined
    if (state.phase === 'leaving') this.#unmet = wish
    else if (state.phase === 'joining') this.#bringBack(state.line, wish)
    else if (wish.rescue) void this.begin({ to: 'message' }, wish.because)
    else if (state.phase === 'line lost') this.#unmet = wish
    else this.#options.wishes.nobodyFree()
  }

  /** The caller was to come back from where no officer was, and the carrier could not be told so. */
  get astray(): boolean {
    return this.#unmet !== undefined && !this.#telling
  }

  #getSomeone(because: string): void {
    void this.begin(this.#options.rescue(), because, 'get-someone')
  }

  #join(state: Leaving, to: Conference): void {
    const { become, conversation } = this.#options
    conversation.useLine(undefined)
    become({ ...state, phase: 'joining', sinceMs: this.#nowMs, to })
    if (this.#unmet) this.#bringBack(state.line, this.#unmet)
  }

  /** The talk goes on where it stopped, if there is a voice for it. */
  #bringBack(line: PhoneLine, wish: TransferWish): void {
    const { become, conversation, letGo, log } = this.#options
    const { rescue } = wish
    this.#unmet = wish
    this.#telling = true
    const to: HandOver = rescue ? { to: 'message' } : { to: 'resume' }
    const reason = letGo ? 'interrupted' : reasonOf(to)
    if (rescue) become({ phase: 'leaving', line, reason, sinceMs: this.#nowMs, to })
    else {
      become({ phase: 'line lost', sinceMs: this.#nowMs })
      conversation.comeBack()
    }
    // Never rejects.
    void attempt('bringing the caller back', log, () => line.handOver(to)).then(() => {
      this.#telling = false
      releaseLine(line, log)
    })
  }

  get #nowMs(): number {
    return this.#options.clock.monotonicMs()
  }
}
