import type { Clock } from '../../lib/clock.ts'
import type { Breakage, Faults } from '../service/faults.ts'
import type { EventStream } from './event-stream.ts'
import type { Step, Wire } from './wire.ts'

export interface AnswerRunOptions {
  readonly clock: Clock
  readonly stream: EventStream
  readonly steps: readonly Step[]
  readonly faults: Faults
  readonly wire: Pick<Wire, 'unheardOf' | 'halfAnEvent'>
  /** Breaks the connection itself. */
  readonly breakConnection: (how: Breakage) => void
  readonly onEnd: () => void
}

/** One answer while it is streamed. */
export class AnswerRun implements Disposable {
  readonly #options: AnswerRunOptions
  readonly #timers = new DisposableStack()
  /** Before which step a breakage that names no time strikes: no audio is counted here, so in the middle. */
  readonly #middle: number
  #at = 0
  #begun = false
  #silent = false

  constructor(options: AnswerRunOptions) {
    this.#options = options
    this.#middle = Math.floor(options.steps.length / 2)
  }

  /** Whether any of the answer has left, rather than what only opens it. */
  get begun(): boolean {
    return this.#begun
  }

  start(): void {
    const { clock, faults } = this.#options
    for (const { fault, afterMs } of faults.breakages)
      if (afterMs !== undefined) this.#timers.use(clock.after(afterMs, () => this.break(fault)))
    this.#continue()
  }

  /** Breaks the connection now, in a way the client has to find out by itself. */
  break(how: Breakage): void {
    if (this.#silent) return
    const { stream, breakConnection, wire } = this.#options
    if (how === 'drop mid-message') stream.write(wire.halfAnEvent.trimEnd())
    this[Symbol.dispose]()
    breakConnection(how)
  }

  garbage(): void {
    const { stream, wire } = this.#options
    if (!this.#silent) stream.write(wire.halfAnEvent)
  }

  [Symbol.dispose](): void {
    this.#silent = true
    this.#timers.dispose()
  }

  /** Sends everything up to the next wait. */
  #continue(): void {
    const { clock, steps, stream, onEnd } = this.#options
    while (!this.#silent) {
      if (this.#at === this.#middle) this.#breakInTheMiddle()
      if (this.#silent) return
      const step = steps[this.#at++]
      if (step === undefined) {
        this[Symbol.dispose]()
        stream.end()
        onEnd()
      } else if (typeof step !== 'number') this.#send(step)
      else if (step > 0) {
        this.#timers.use(clock.after(step, () => this.#afterWait()))
        return
      }
    }
  }

  #afterWait(): void {
    this.#begun = true
    this.#continue()
  }

  #send({ type, text }: Exclude<Step, number>): void {
    const { faults, stream, wire } = this.#options
    if (faults.all('malformed').some(({ before }) => before === type)) this.garbage()
    if (faults.all('unknown event').some(({ before }) => before === type)) stream.write(wire.unheardOf)
    stream.write(text)
  }

  #breakInTheMiddle(): void {
    const due = this.#options.faults.breakages.find(({ afterMs }) => afterMs === undefined)
    if (due) this.break(due.fault)
  }
}
