import type { HandOver } from '../telephony/line.ts'
import type { CallRecording } from './call-recording.ts'
import type { Conversation } from './conversation.ts'

export interface CallerWishesOptions {
  readonly conversation: Conversation
  readonly recording: CallRecording
  readonly rescue: () => Exclude<HandOver, { to: 'resume' }>
  readonly connect: (person: HandOver, because: string) => void
  /** Whether there is somebody to talk to. */
  readonly isLive: () => boolean
}

const NOBODY_IN =
  'The caller wants a person. Nobody is in the office now: say so and offer to take a message for a call back.'
const RECORDING_OFF =
  'The caller did not want to be recorded; recording is off and you have said so. Go on helping with what they asked.'

/** What a caller may have of the call itself, whatever the model makes of it: a person (C17), no recording (C8). */
export class CallerWishes {
  readonly #options: CallerWishesOptions

  constructor(options: CallerWishesOptions) {
    this.#options = options
  }

  onKey(digit: string): void {
    // The one key with a fixed meaning everywhere on the telephone.
    if (digit === '0') this.connectPerson('the caller pressed 0')
    else this.#options.conversation.tell({ role: 'note', text: `The caller pressed the key ${digit}.` })
  }

  /** The file is gone before the sentence that says so has ended. Resolves when it was done; never rejects. */
  async stopRecording(): Promise<void> {
    const { conversation, recording, isLive } = this.#options
    const deleted = await recording.delete('the caller refused')
    if (!deleted || !isLive()) return
    // The model may have begun to answer a refusal it knows nothing to do about.
    conversation.redirect(RECORDING_OFF, 'recording-off')
  }

  /** A person if one is there; otherwise the model stays and says so: its message is better than a beep. */
  connectPerson(because: string): void {
    const { conversation, rescue, connect, isLive } = this.#options
    const to = rescue()
    if (to.to === 'person') connect(to, because)
    else if (isLive()) conversation.redirect(NOBODY_IN)
  }

  /** Before a caller who is at the end of their patience has to ask for one. Their yes is a request like any other. */
  offerPerson(): void {
    const { conversation, rescue, isLive } = this.#options
    if (isLive()) conversation.putQuestion(rescue().to === 'person' ? 'offer-person' : 'offer-message')
  }
}
