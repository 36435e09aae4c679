import type { Clock } from '../../lib/clock.ts'
import type { DialStatus } from './call-events.ts'
import type { Utterance } from './caller-voice.ts'
import type { Person } from './carrier.ts'
import { createMailboxGreeting } from './mailbox.ts'

/** What a person can do to their leg. */
export interface PersonMeans {
  readonly clock: Clock
  readonly say: (mulaw: Buffer) => Utterance
  readonly press: (digits: string) => void
  readonly hangUp: () => void
  /** A mailbox's beep was heard to its end. */
  readonly onBeeped: () => void
}

/** How long a person takes to pick up, and to press a key they are asked for. */
const PICK_UP_MS = 2000
const KEY_PRESS_MS = 500

const DECLINING_KEY = '2'

const REFUSALS: Readonly<Partial<Record<Person['outcome'], DialStatus>>> = {
  busy: 'busy',
  fails: 'failed',
  'no answer': 'no-answer',
}

/** Plays the person at the other end of a leg, as the emulator's table of people has them. Nobody known just answers. */
export class PersonAtLeg implements Disposable {
  readonly #person: Person
  readonly #means: PersonMeans
  /** What they are about to do. */
  readonly #plans = new DisposableStack()
  #met = false

  constructor(person: Person | undefined, means: PersonMeans) {
    this.#person = person ?? { outcome: 'answers' }
    this.#means = means
  }

  get talkMs(): number | undefined {
    return this.#person.talkMs
  }

  get words(): string | undefined {
    return this.#person.says
  }

  /** How long it rings, and how that ends; they answer where there is no refusal. */
  ringing(timeoutMs: number): { readonly forMs: number; readonly refusal: DialStatus | undefined } {
    const { outcome, afterMs = PICK_UP_MS } = this.#person
    const ringsOut = outcome === 'no answer' || afterMs > timeoutMs
    return ringsOut ? { forMs: timeoutMs, refusal: 'no-answer' } : { forMs: afterMs, refusal: REFUSALS[outcome] }
  }

  /** The line is open. */
  pickUp(): void {
    const { outcome, greetingMs, hangsUpAfterMs } = this.#person
    if (hangsUpAfterMs !== undefined) this.#plan(hangsUpAfterMs, this.#means.hangUp)
    if (outcome !== 'voicemail') return
    const greeting = this.#means.say(createMailboxGreeting(greetingMs).audio)
    void greeting.ended.then(this.#means.onBeeped)
  }

  /** Something asks for keys. */
  awaitKeys(): void {
    const { outcome, presses, pressesAfterMs = KEY_PRESS_MS } = this.#person
    const keys = outcome === 'voicemail' ? undefined : (presses ?? (outcome === 'declines' ? DECLINING_KEY : undefined))
    if (keys !== undefined) this.#plan(pressesAfterMs, () => this.#means.press(keys))
  }

  /** There is somebody to talk to. Only the first time counts. */
  meet(): void {
    const { talkMs } = this.#person
    if (this.#met || talkMs === undefined) return
    this.#met = true
    this.#plan(talkMs, this.#means.hangUp)
  }

  /** Their leg is over. */
  [Symbol.dispose](): void {
    this.#plans.dispose()
  }

  #plan(afterMs: number, act: () => void): void {
    if (!this.#plans.disposed) this.#plans.use(this.#means.clock.after(afterMs, act))
  }
}
