import { factsOf } from './call-record.ts'
import type { CallSettings } from './call-services.ts'
import type { Conversation } from './conversation.ts'
import type { CallLedger } from './ledger.ts'
import type { PhraseKey } from './phrases.ts'
import { SilenceLadder, type SilenceStep } from './silence-ladder.ts'

export interface TalkLimitsOptions {
  readonly settings: CallSettings
  readonly conversation: Conversation
  readonly ledger: CallLedger
  /** The caller waits for a telephone to be picked up. */
  readonly onHold: () => boolean
  /** The talk has to end, with these words. */
  readonly end: (reason: 'caller silent' | 'too long', lastWords: PhraseKey) => void
}

/** How long a talk may be silent and how long it may last: prompts, warns, and ends it. */
export class TalkLimits {
  readonly #options: TalkLimitsOptions
  readonly #silence: SilenceLadder
  #warned: boolean

  constructor(options: TalkLimitsOptions) {
    this.#options = options
    this.#silence = new SilenceLadder(options.settings.silence)
    // Perhaps by a process that died.
    this.#warned = factsOf(options.ledger.entries, 'length.warned').length > 0
  }

  /** The caller is there. */
  callerShowed(): void {
    this.#silence.reset()
  }

  /** To be called every 100 ms while the talk goes on. */
  tick(nowMs: number): void {
    const { settings, conversation, ledger, onHold } = this.#options
    if (ledger.nowMs >= settings.maxLengthMs) {
      this.#endAtCap()
      return
    }
    if (ledger.nowMs >= settings.warnAtMs && !this.#warned && !conversation.callerHasFloor) this.#warn()
    const { ourTurn, engineAway, callerHasFloor, unheardMs } = conversation
    // Our own prompts are part of the silence they try to break (RELIABILITY F21 counts through them).
    const speaking = unheardMs > 0 && !this.#silence.prompting
    const step = this.#silence.tick(nowMs, onHold() || ourTurn || engineAway || callerHasFloor || speaking)
    if (step) this.#breakSilence(step)
  }

  /** Politely, but whatever is said now. */
  #endAtCap(): void {
    const { conversation, end } = this.#options
    conversation.leave()
    end('too long', 'too-long-goodbye')
  }

  #warn(): void {
    this.#warned = true
    this.#options.ledger.append({ type: 'length.warned' })
    this.#options.conversation.say('long-call')
  }

  #breakSilence(step: SilenceStep): void {
    const { conversation, ledger, end } = this.#options
    ledger.append({ type: 'silence.broken', step })
    if (step === 'goodbye') end('caller silent', 'silence-goodbye')
    else conversation.say(step === 'first prompt' ? 'are-you-there' : 'still-there')
  }
}
