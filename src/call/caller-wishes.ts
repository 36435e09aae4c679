import type { Rescue } from '../telephony/line.ts'
import type { CallRecording } from './call-recording.ts'
import type { Conversation } from './conversation.ts'
import type { TransferDesk } from './transfer/transfer-desk.ts'

export interface CallerWishesOptions {
  readonly conversation: Conversation
  readonly recording: CallRecording
  readonly rescue: () => Rescue
  /** Telephones of the company a caller may be sent to, E.164 by id. */
  readonly extensions: ReadonlyMap<string, string>
  readonly desk: () => TransferDesk
  readonly connect: (to: Rescue, because: string) => void
  /** Whether there is somebody to talk to. */
  readonly isLive: () => boolean
  /** Of a call we placed: they want nothing more of us. */
  readonly isStopped: () => boolean
}

const NOBODY_IN =
  'The caller wants a person. Nobody is in the office now: say so and offer to take a message for a call back.'
const NOBODY_FREE =
  'No loan officer could take the call just now, and you have said so. Offer to book a time with one, or to take a message for a call back.'
const RECORDING_OFF =
  'The caller did not want to be recorded; recording is off and you have said so. Go on helping with what they asked.'

/** What a caller may have of the call itself, whatever the model makes of it: a person (C17), no recording (C8). */
export class CallerWishes {
  readonly #options: CallerWishesOptions

  constructor(options: CallerWishesOptions) {
    this.#options = options
  }

  onKey(digit: string): void {
    const { conversation } = this.#options
    // The one key with a fixed meaning everywhere on the telephone. Whom we called has to hear first who we are (OC1).
    if (digit === '0' && !conversation.withheld) this.connectPerson('the caller pressed 0')
    else conversation.tell({ role: 'note', text: `The caller pressed the key ${digit}.` })
  }

  /** The file is gone before the sentence that says so has ended. Resolves when it was done; never rejects. */
  async stopRecording(): Promise<void> {
    const { conversation, recording, isLive } = this.#options
    const deleted = await recording.delete('the caller refused')
    if (!deleted || !isLive()) return
    // The model may have begun to answer a refusal it knows nothing to do about.
    conversation.redirect(RECORDING_OFF, 'recording-off')
  }

  /** An officer who takes the call, else the office; otherwise the model stays: its message is better than a beep. */
  connectPerson(because: string, officerId?: string): void {
    const { desk, isLive, isStopped } = this.#options
    if (isStopped()) return
    if (isLive()) desk().begin({ because, rescue: false, officerId })
    else this.nobodyIn(because)
  }

  /** A department of the company; the office where it has no telephone of its own. */
  connectExtension(id: string): void {
    const { connect, extensions } = this.#options
    const number = extensions.get(id)
    const because = `the caller asked for the extension ${id}`
    if (number === undefined) this.nobodyIn(because)
    else connect({ to: 'person', number }, because)
  }

  /** There is no officer to be rung. */
  nobodyIn(because: string): void {
    const { conversation, rescue, connect, isLive } = this.#options
    const to = rescue()
    if (to.to === 'person') connect(to, because)
    else if (isLive()) conversation.redirect(NOBODY_IN)
  }

  /** Officers were rung, and none took the call. */
  nobodyFree(): void {
    const { conversation, isLive } = this.#options
    if (isLive()) conversation.redirect(NOBODY_FREE, 'nobody-free')
  }

  /** Before a caller who is at the end of their patience has to ask for one. Their yes is a request like any other. */
  offerPerson(): void {
    const { conversation, rescue, isLive } = this.#options
    if (isLive()) conversation.putQuestion(rescue().to === 'person' ? 'offer-person' : 'offer-message')
  }
}
