import type { Clock } from '../../lib/clock.ts'
import { createId } from '../../lib/ids.ts'
import { isUnfinishedNumber } from '../../lib/spoken-numbers.ts'
import type { EngineEvent } from '../engine.ts'
import type { TurnEvent } from './ears.ts'

export interface CallerTurnsOptions {
  readonly clock: Clock
  /** How long a caller who pauses inside a number or an e-mail address may go on; 0: not at all. */
  readonly holdForNumbersMs: number
  /** The agent's last words: what was asked for decides what a whole answer is. */
  readonly agentSaid: () => string
  /** The turn will probably end with these words. */
  readonly onNearlyEnded: (text: string) => void
  /** It will not, for the caller goes on. */
  readonly onResumed: () => void
  /** All words of a turn that is over, before its events: whoever hears of it may ask for an answer at once. */
  readonly onEnded: (text: string) => void
  readonly emit: (event: EngineEvent) => void
}

interface Turn {
  readonly id: string
  /** What was said before a pause that turned out not to be the end. */
  earlier: string
  /** What was said since, as far as it is known. */
  words: string
  /** Ends the turn unless the listener says more: a pause inside a number, or a listener that knows nothing of it. */
  timer: Disposable | undefined
}

/** A new listener that hears a turn again says so within this time; otherwise it hears nothing in it. */
const HEARD_AGAIN_WITHIN_MS = 4_000

/**
 * Makes the caller's turns of what listeners report. A pause inside a number or an address does not end a turn, and
 * neither does a change of listeners.
 */
export class CallerTurns implements Disposable {
  readonly #options: CallerTurnsOptions
  #turn: Turn | undefined

  constructor(options: CallerTurnsOptions) {
    this.#options = options
  }

  hear(event: TurnEvent): void {
    switch (event.type) {
      case 'turn.started':
        this.#goOn()
        break
      case 'turn.words':
        this.#say(this.#goOn(), event.text)
        break
      case 'turn.nearly-ended':
        this.#options.onNearlyEnded(join(this.#turn?.earlier, event.text))
        break
      case 'turn.resumed':
        this.#options.onResumed()
        break
      case 'turn.ended':
        // Sound without words that nobody called a beginning is no turn.
        if (this.#turn || event.text !== '') this.#end(this.#goOn(), event.text, event.endpointingMs)
        break
      default:
        event satisfies never
    }
  }

  /** Another listener hears the running turn again. */
  listenerReplaced(): void {
    const turn = this.#turn
    if (!turn || turn.timer) return
    turn.timer = this.#options.clock.after(HEARD_AGAIN_WITHIN_MS, () =>
      this.#finish(turn, join(turn.earlier, turn.words), HEARD_AGAIN_WITHIN_MS),
    )
  }

  [Symbol.dispose](): void {
    this.#turn?.timer?.[Symbol.dispose]()
    this.#turn = undefined
  }

  /** The caller speaks: in a new turn, or in the one that was about to be ended. */
  #goOn(): Turn {
    const running = this.#turn
    if (!running) {
      const turn: Turn = { id: createId('turn'), earlier: '', words: '', timer: undefined }
      this.#turn = turn
      this.#options.emit({ type: 'caller.started-speaking' })
      return turn
    }
    if (running.timer) {
      running.timer[Symbol.dispose]()
      running.timer = undefined
      this.#options.onResumed()
    }
    return running
  }

  #say(turn: Turn, words: string): void {
    turn.words = words
    this.#options.emit({ type: 'caller.words', turnId: turn.id, text: join(turn.earlier, words), final: false })
  }

  #end(turn: Turn, words: string, endpointingMs: number): void {
    const { clock, holdForNumbersMs, agentSaid, onNearlyEnded } = this.#options
    const text = join(turn.earlier, words)
    if (words === '' || holdForNumbersMs === 0 || !isUnfinishedNumber(text, agentSaid())) {
      this.#finish(turn, text, endpointingMs)
      return
    }
    turn.earlier = text
    turn.words = ''
    turn.timer = clock.after(holdForNumbersMs, () => this.#finish(turn, text, endpointingMs + holdForNumbersMs))
    // If this was all after all, the answer is ready by then.
    onNearlyEnded(text)
  }

  #finish(turn: Turn, text: string, endpointingMs: number): void {
    const { emit, onEnded } = this.#options
    this.#turn = undefined
    onEnded(text)
    emit({ type: 'caller.stopped-speaking', turnId: turn.id, endpointingMs })
    emit({ type: 'caller.words', turnId: turn.id, text, final: true })
  }
}

function join(earlier: string | undefined, words: string): string {
  return [earlier, words].filter(Boolean).join(' ')
}
