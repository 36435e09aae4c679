import { type Clock, sleep } from '../../src/lib/clock.ts'
import { nameOf, type TalkStep } from '../../src/simulator/scenario-steps.ts'
import type { EmulatedCall } from '../../src/simulator/twilio/emulated-call.ts'
import type { RehearsedCallLog } from './rehearsed-call-log.ts'
import { lineOfEvent, lineOfFact, type TalkLine } from './talk-lines.ts'

export interface TalkFollowerOptions {
  readonly call: EmulatedCall
  /** When it was placed, in epoch ms. */
  readonly placedAt: number
  readonly callLog: RehearsedCallLog
  readonly clock: Clock
  /** Nobody follows unless given. */
  readonly onTalk: ((line: TalkLine) => void) | undefined
}

const LOOK_MS = 500

/** Tells of a talk while it goes on: the caller's steps and the carrier's events at once, the ledger as it is stored. */
export class TalkFollower implements AsyncDisposable {
  readonly #options: TalkFollowerOptions
  readonly #placedMs: number
  readonly #stop = new AbortController()
  readonly #looking: Promise<void>
  readonly #listening: Disposable
  #told = 0

  constructor(options: TalkFollowerOptions) {
    this.#options = options
    this.#placedMs = options.clock.monotonicMs() - (options.clock.now() - options.placedAt)
    this.#listening = options.call.listen((event) => this.#tell(event.atMs, lineOfEvent(event)))
    this.#looking = options.onTalk ? this.#look() : Promise.resolve()
  }

  onStep(step: TalkStep): void {
    const isSpeech = step.do === 'say' || step.do === 'clip'
    this.#tell(this.#nowMs, { who: 'caller', text: isSpeech ? step.words : `[${nameOf(step)}]` })
  }

  /** Tells what the ledger holds and was not told yet. */
  async catchUp(): Promise<void> {
    if (!this.#options.onTalk) return
    const { call, callLog, placedAt } = this.#options
    const { entries } = await callLog.find(call.callSid, placedAt)
    for (const { atMs, fact } of entries.slice(this.#told)) this.#tell(atMs, lineOfFact(fact))
    this.#told = Math.max(this.#told, entries.length)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort()
    this.#listening[Symbol.dispose]()
    await this.#looking
  }

  async #look(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await this.catchUp()
      // Only the end of the rehearsal rejects.
      await sleep(this.#options.clock, LOOK_MS, this.#stop.signal).catch(() => {})
    }
  }

  #tell(atMs: number, line: Omit<TalkLine, 'atMs'> | undefined): void {
    if (line) this.#options.onTalk?.({ atMs, ...line })
  }

  get #nowMs(): number {
    return this.#options.clock.monotonicMs() - this.#placedMs
  }
}
