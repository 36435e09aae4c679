import type { Clock } from '../../lib/clock.ts'
import { createId } from '../../lib/ids.ts'
import type { EngineEvent } from '../engine.ts'
import type { TurnEvent } from './ears.ts'

export interface CallerTurnsOptions {
  readonly clock: Clock
  /** The turn will probably end with these words. */
  readonly onNearlyEnded: (text: string) => void
  /** It will not, for the caller goes on. */
  readonly onResumed: () => void
  /** All words of a turn that is over, before its events: whoever hears of it may ask for an answer at once. */
  readonly onEnded: (text: string) => void
  readonly emit: (event: EngineEvent) => void
}

type Ended = Extract<TurnEvent, { type: 'turn.ended' }>

interface Turn {
  readonly id: string
  /** What was said, as far as it is known. */
  words: string
  /** Ends the turn unless a new listener hears it too. */
  timer: Disposable | undefined
}

/** A new listener that hears a turn again says so within this time; otherwise it hears nothing in it. */
const HEARD_AGAIN_WITHIN_MS = 4_000

/**
 * Makes the caller's turns of what listeners report. A change of listeners does not end a turn.
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
        this.#options.onNearlyEnded(event.text)
        break
      case 'turn.resumed':
        this.#options.onResumed()
        break
      case 'turn.ended':
        // Sound without words that nobody called a beginning is no turn.
        if (this.#turn || event.text !== '') this.#finish(this.#goOn(), event)
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
      this.#finish(turn, { text: turn.words, endpointingMs: HEARD_AGAIN_WITHIN_MS }),
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
      const turn: Turn = { id: createId('turn'), words: '', timer: undefined }
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
    this.#options.emit({ type: 'caller.words', turnId: turn.id, text: words, final: false })
  }

  #finish(turn: Turn, { text, endpointingMs, language }: Omit<Ended, 'type'>): void {
    const { emit, onEnded } = this.#options
    this.#turn = undefined
    onEnded(text)
    emit({ type: 'caller.stopped-speaking', turnId: turn.id, endpointingMs })
    emit({
      type: 'caller.words',
      turnId: turn.id,
      text,
      final: true,
      ...(language === undefined ? {} : { language }),
    })
  }
}
