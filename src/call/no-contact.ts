import { messageOf } from '../lib/errors.ts'
import type { Log } from '../lib/log.ts'
import type { Conversation } from './conversation.ts'
import type { CallLedger } from './ledger.ts'

/** What calls ask of the business for those who want to be left alone. */
export interface ContactDesk {
  /** Whether these words, in whatever talk, ask for no more calls and texts; a bare "stop" does not. */
  readonly asksForNone: (words: string) => boolean
  /** Resolves when it is durable: nobody calls or texts the number from then on. The same again changes nothing. */
  readonly optOut: (wish: OptOutWish) => Promise<void>
}

export interface OptOutWish {
  /** E.164: the caller's own. */
  readonly number: string
  readonly callId: string
  readonly source: 'spoken'
  readonly evidence: string
}

export interface NoContactOptions {
  readonly callId: string
  /** Undefined when withheld: there is nothing to be taken off then. */
  readonly number: string | undefined
  readonly desk: ContactDesk
  readonly conversation: Conversation
  readonly ledger: Pick<CallLedger, 'entries'>
  /** Whether there is somebody to talk to. */
  readonly isLive: () => boolean
  readonly log: Log
}

const TOOL = 'stop_contacting'

const LEFT_ALONE =
  'The caller wanted no more calls or texts from the company. That is done, and you have said so: call no tool for it. Go on with whatever else they asked; if there was nothing, ask whether there is.'

/**
 * Somebody who called us may want never to be called or texted again, whatever the model makes of it (RELIABILITY C5,
 * I7). Saved before it is said. What is not understood here, the model has its tool for.
 */
export class NoContact {
  readonly #options: NoContactOptions
  #saving: Promise<void> | undefined

  constructor(options: NoContactOptions) {
    this.#options = options
  }

  /** What they said, word for word. A recording's words ask for nothing. */
  onWords(text: string): void {
    const { number, desk, conversation } = this.#options
    if (number === undefined || conversation.suspectsRobocall || !desk.asksForNone(text)) return
    // Never rejects.
    this.#saving ??= this.#optOut(number)
  }

  async #optOut(number: string): Promise<void> {
    const { callId, desk, conversation, isLive, log } = this.#options
    try {
      await desk.optOut({ number, callId, source: 'spoken', evidence: `They asked for it in call ${callId}.` })
      // The model may have begun to answer, or be about to ask why.
      if (isLive() && !this.#modelWasQuicker()) conversation.redirect(LEFT_ALONE, 'no-contact')
    } catch (error) {
      // What is not saved must not be promised; asked for again it is tried again.
      this.#saving = undefined
      log.error({ callId, error: messageOf(error) }, 'opt-out could not be saved')
    }
  }

  /** Words may be understood late: by its tool it has heard the sentence then, and says it. */
  #modelWasQuicker(): boolean {
    return this.#options.ledger.entries.some(
      ({ fact }) => fact.type === 'tool.ended' && fact.name === TOOL && fact.outcome === 'replied',
    )
  }
}
