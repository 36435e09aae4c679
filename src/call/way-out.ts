import { type Clock, sleep } from '../lib/clock.ts'
import { HearthlineError, messageOf } from '../lib/errors.ts'
import type { Log } from '../lib/log.ts'
import { LATE, orLate } from '../lib/patience.ts'
import type { HandOver, PhoneLine } from '../telephony/line.ts'
import type { Conversation } from './conversation.ts'
import type { CallFact, EndReason } from './facts.ts'
import type { CallLedger } from './ledger.ts'
import type { PhraseKey } from './phrases.ts'

export interface WayOutOptions {
  readonly conversation: Conversation
  readonly ledger: CallLedger
  readonly clock: Clock
  readonly log: Log
  /** Aborts when the call ends. */
  readonly signal: AbortSignal
}

/**
 * How long a goodbye may take to be heard before the line is closed all the same: an opening that cannot be cut, and a
 * sentence after it.
 */
const LAST_WORDS_MS = 22_000
/** How long a caller may speak into our goodbye without a word that is understood. */
const LAST_SPEECH_MS = 60_000
/** Beyond the audio itself, how long its last mark may take to come back. */
const LAST_MARK_MS = 2_000
const LOOK_MS = 100
/** How long the end of a call waits for the database: the caller must not listen to silence for it. */
const FLUSH_TIMEOUT_MS = 1_000
/** How long the carrier's REST API may take: a stream that is closed makes the carrier ask where the call goes. */
const TELL_TIMEOUT_MS = 2_000

/** How a call leaves our voice on purpose: what is being said is heard, the ledger knows, then the carrier is told, once. */
export class WayOut {
  readonly #options: WayOutOptions
  #told = false

  constructor(options: WayOutOptions) {
    this.#options = options
  }

  /** The carrier was asked to take the call elsewhere: a stream that ends from now on need not be the caller's doing. */
  get told(): boolean {
    return this.#told
  }

  /** Whether a call that is to end may end now: nothing of ours is left to hear, and nobody is cut off in mid-sentence. */
  isTime(decidedAtMs: number): boolean {
    const { conversation, clock } = this.#options
    const { ourTurn, callerHasFloor, unheardMs } = conversation
    const waitedMs = clock.monotonicMs() - decidedAtMs
    if (callerHasFloor) return waitedMs >= LAST_SPEECH_MS
    return (!ourTurn && unheardMs === 0) || waitedMs >= LAST_WORDS_MS
  }

  /** Ends the call at the carrier. Resolves when it was told, could not be told, or the call ended by itself. */
  async hangUp(line: PhoneLine, reason: EndReason): Promise<void> {
    const { conversation, ledger, log, signal } = this.#options
    conversation.leave()
    ledger.append({ type: 'call.ending', reason })
    await this.#flush()
    if (signal.aborted) return
    try {
      await this.#inTime(line.hangUp())
    } catch (error) {
      log.error({ error: messageOf(error) }, 'hang-up by REST failed; closing the stream instead')
    }
  }

  /**
   * Sends the call elsewhere. The carrier closes the stream; false: it could not be told, the stream is closed, and it
   * asks our resume address.
   */
  async handOver(
    line: PhoneLine,
    to: HandOver,
    because: string,
    announcement: PhraseKey | undefined,
  ): Promise<boolean> {
    const { conversation, ledger, log, signal } = this.#options
    conversation.leave()
    if (announcement) conversation.say(announcement, { interruptible: false })
    ledger.append(handedOver(to, because))
    if (to.to !== 'resume') conversation.handedOver(to.to === 'message' ? 'message' : 'person')
    await Promise.all([this.#flush(), this.#untilHeard()])
    if (signal.aborted) return true
    this.#told = true
    if (to.to === 'resume') ledger.leave()
    try {
      await this.#inTime(line.handOver(to))
      return true
    } catch (error) {
      log.error({ error: messageOf(error) }, 'hand-over by REST failed; closing the stream instead')
      // The carrier then asks our resume address, and the switchboard answers where the call was to go.
      await line[Symbol.asyncDispose]()
      return false
    }
  }

  async #untilHeard(): Promise<void> {
    const { conversation, clock, signal } = this.#options
    const untilMs = clock.monotonicMs() + conversation.unheardMs + LAST_MARK_MS
    while (conversation.unheardMs > 0 && clock.monotonicMs() < untilMs && !signal.aborted) {
      await sleep(clock, LOOK_MS, signal).catch(() => undefined)
    }
  }

  async #flush(): Promise<void> {
    const { ledger, clock, log, signal } = this.#options
    const flushed = ledger.flush().catch((error) => {
      log.error({ error: messageOf(error) }, 'ledger not stored in time')
    })
    await orLate(flushed, { clock, signal, ms: FLUSH_TIMEOUT_MS })
  }

  /** Rejects as `told` does, and with `carrier_silent` when that hangs: nobody is kept waiting for it. */
  async #inTime(told: Promise<void>): Promise<void> {
    const { clock, signal } = this.#options
    const outcome = await orLate(told, { clock, signal, ms: TELL_TIMEOUT_MS })
    if (outcome !== LATE || signal.aborted) return
    throw new HearthlineError('carrier_silent', `The carrier did not answer within ${TELL_TIMEOUT_MS} ms.`)
  }
}

function handedOver(to: HandOver, because: string): CallFact {
  if (to.to === 'conference') {
    const { name, legId, announced } = to
    return { type: 'call.handed-over', to: 'person', because, conference: { name, legId, announced } }
  }
  return { type: 'call.handed-over', to: to.to, because }
}
