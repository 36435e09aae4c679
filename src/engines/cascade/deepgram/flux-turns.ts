import type { ListenerEvent } from '../listener.ts'
import type { FluxMessage, FluxTurnInfo } from './flux-messages.ts'

/** Makes turns of the messages of v2/listen, which says them itself: here each is said once, and in order. */
export class FluxTurns {
  readonly #emit: (event: ListenerEvent) => void
  #running = false
  #text = ''
  /** The words with which the turn was said to be nearly over. */
  #nearlyEndedWith: string | undefined
  #endedTurn = -1

  constructor(emit: (event: ListenerEvent) => void) {
    this.#emit = emit
  }

  /** The caller is in the middle of a turn. */
  get running(): boolean {
    return this.#running
  }

  read(message: FluxMessage): void {
    // What comes of a turn after its end would begin it again.
    if (message.type !== 'TurnInfo' || message.turn_index <= this.#endedTurn) return
    const text = message.transcript.trim()
    switch (message.event) {
      case 'StartOfTurn':
        this.#begin(text)
        break
      case 'Update':
        // Also when nothing is new: while the caller pauses, it is the sign that somebody listens.
        if (this.#running && text !== '') this.#say(text)
        break
      case 'EagerEndOfTurn':
        this.#begin(text)
        this.#nearlyEnd(text)
        break
      case 'TurnResumed':
        this.#resume()
        if (this.#running) this.#hear(text)
        break
      case 'EndOfTurn':
        this.#end(text, message)
        break
      // The list of events is open.
      default:
        break
    }
  }

  #begin(text: string): void {
    if (!this.#running) this.#emit({ type: 'turn.started' })
    this.#running = true
    this.#hear(text)
  }

  #hear(text: string): void {
    if (text !== '' && text !== this.#text) this.#say(text)
  }

  #say(text: string): void {
    this.#text = text
    this.#emit({ type: 'turn.words', text })
  }

  #nearlyEnd(text: string): void {
    if (text === '' || text === this.#nearlyEndedWith) return
    // A second one with other words takes back the first.
    this.#resume()
    this.#nearlyEndedWith = text
    this.#emit({ type: 'turn.nearly-ended', text })
  }

  #resume(): void {
    if (this.#nearlyEndedWith === undefined) return
    this.#nearlyEndedWith = undefined
    this.#emit({ type: 'turn.resumed' })
  }

  #end(text: string, message: FluxTurnInfo): void {
    // Whoever began to answer other words must know; that the words are the same is not verified (contract, section 3).
    if (text !== this.#nearlyEndedWith) this.#resume()
    this.#begin(text)
    this.#running = false
    this.#text = ''
    this.#nearlyEndedWith = undefined
    this.#endedTurn = message.turn_index
    const [language] = message.languages ?? []
    this.#emit({
      type: 'turn.ended',
      text,
      endpointingMs: silenceMs(message),
      ...(language === undefined ? {} : { language }),
    })
  }
}

/** How much audio there was after the last word; 0 when its times are not told. */
function silenceMs({ audio_window_end: windowEndS, words }: FluxTurnInfo): number {
  const lastWordEndS = words?.at(-1)?.end
  if (windowEndS == null || lastWordEndS == null) return 0
  return Math.max(0, Math.round((windowEndS - lastWordEndS) * 1000))
}
