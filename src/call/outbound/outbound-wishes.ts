import { messageOf } from '../../lib/errors.ts'
import type { Log } from '../../lib/log.ts'
import type { Conversation } from '../conversation.ts'
import type { PhraseKey } from '../phrases.ts'
import type { OutboundDesk, PlacedCall } from './placed-call.ts'

export interface OutboundWishesOptions {
  readonly placed: PlacedCall
  readonly callId: string
  readonly desk: OutboundDesk
  readonly conversation: Conversation
  readonly end: (reason: 'opted out' | 'interrupted', lastWords?: PhraseKey) => void
  /** They want nothing more of us: no telephone is to ring for them any longer. */
  readonly onStopped: () => void
  readonly log: Log
}

/** The key that stops our calls; it is said in the first words of each. */
const STOP_KEY = '9'

/** Whom we called may want no more of it, by key or by word, at any time (RELIABILITY C3, C5). Done before it is said. */
export class OutboundWishes {
  readonly #options: OutboundWishesOptions
  #stopping: Promise<void> | undefined

  constructor(options: OutboundWishesOptions) {
    this.#options = options
  }

  /** They want no more calls: the call ends when that is saved and said, whatever else they ask for (OC3). */
  get stopped(): boolean {
    return this.#stopping !== undefined
  }

  /** Whether the key was for us. */
  onKey(digit: string): boolean {
    if (digit !== STOP_KEY) return false
    this.#stop('key', `They pressed ${STOP_KEY}.`)
    return true
  }

  /** What they said, word for word. A machine's words stop nothing. */
  onWords(text: string): void {
    const { desk, conversation } = this.#options
    if (!conversation.withheld && desk.wantsNoCalls(text)) this.#stop('spoken', text)
  }

  /**
   * Our voice fails and nobody else takes the call (OC5). A message that is being left needs none, and who stops our
   * calls is about to be let go anyway.
   */
  letGo(): void {
    const { conversation, end } = this.#options
    if (this.#stopping || (conversation.over && conversation.withheld)) return
    const wasGreeted = !conversation.withheld
    conversation.leave()
    end('interrupted', wasGreeted ? 'too-long-goodbye' : undefined)
  }

  #stop(source: 'spoken' | 'key', evidence: string): void {
    // Never rejects.
    this.#stopping ??= this.#optOut(source, evidence)
  }

  async #optOut(source: 'spoken' | 'key', evidence: string): Promise<void> {
    const { placed, callId, desk, conversation, end, onStopped, log } = this.#options
    conversation.leave()
    onStopped()
    try {
      await desk.optOut({ outboundId: placed.outboundId, callId, source, evidence })
      end('opted out', 'opted-out')
    } catch (error) {
      // What is not saved must not be promised; the ledger has what they did.
      log.error({ outboundId: placed.outboundId, error: messageOf(error) }, 'opt-out could not be saved')
      end('opted out', 'goodbye')
    }
  }
}
