/**
 * Time, as everything in Hearthline sees it. Nobody else reads `Date`, `performance` or sets a timer,
 * so a test can hold time still and a rehearsal can run a two-minute call in twenty seconds.
 */
export interface Clock {
  /** Wall time in epoch ms: for records and calendars, never for durations. */
  now(): number
  /** Milliseconds since an arbitrary start. Never jumps, so durations come from here (RELIABILITY F20). */
  monotonicMs(): number
  /** Calls back once, `delayMs` from now. Dispose to cancel. */
  after(delayMs: number, callback: () => void): Disposable
  /** Calls back every `periodMs`, on one timer shared by all who ask for that period. Dispose to stop. */
  every(periodMs: number, callback: () => void): Disposable
}

/** Real time, or real time run `speed` times faster: 20 ms frames then leave every `20 / speed` ms. */
export function createClock(speed = 1): Clock {
  const startedAtMs = Date.now()
  const wheels = new Map<number, Wheel>()
  const monotonicMs = () => performance.now() * speed
  const startedAtMonotonicMs = monotonicMs()

  return {
    now: () => (speed === 1 ? Date.now() : startedAtMs + (monotonicMs() - startedAtMonotonicMs)),
    monotonicMs,
    after(delayMs, callback) {
      const timer = setTimeout(callback, Math.min(delayMs / speed, LONGEST_TIMER_MS))
      return { [Symbol.dispose]: () => clearTimeout(timer) }
    },
    every(periodMs, callback) {
      let wheel = wheels.get(periodMs)
      if (!wheel) {
        wheel = new Wheel(periodMs / speed, () => wheels.delete(periodMs))
        wheels.set(periodMs, wheel)
      }
      return wheel.add(callback)
    },
  }
}

export const systemClock: Clock = createClock()

/** Resolves after `delayMs`; rejects with the signal's reason when it aborts first. */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  if (signal?.aborted) return Promise.reject(signal.reason)
  const onAbort = () => {
    timer[Symbol.dispose]()
    reject(signal?.reason)
  }
  const timer = clock.after(delayMs, () => {
    signal?.removeEventListener('abort', onAbort)
    resolve()
  })
  signal?.addEventListener('abort', onAbort, { once: true })
  return promise
}

/** `setTimeout` fires at once for 2^31 ms and more; later than this belongs in the database anyway. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** A listener that throws is a bug to be heard of, but must not cost the others their turn (RELIABILITY I9). */
function callApart(callback: () => void): void {
  try {
    callback()
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}

/** One interval for many listeners: 400 calls that look at their deadlines every 100 ms cost one timer. */
class Wheel {
  readonly #callbacks = new Set<() => void>()
  readonly #timer: NodeJS.Timeout
  readonly #onEmpty: () => void

  constructor(periodMs: number, onEmpty: () => void) {
    this.#onEmpty = onEmpty
    this.#timer = setInterval(() => {
      for (const callback of this.#callbacks) callApart(callback)
    }, periodMs)
  }

  add(callback: () => void): Disposable {
    // A listener may be handed in twice; wrapping it keeps each registration its own.
    const registered = () => callback()
    this.#callbacks.add(registered)
    return {
      [Symbol.dispose]: () => {
        if (!this.#callbacks.delete(registered) || this.#callbacks.size > 0) return
        clearInterval(this.#timer)
        this.#onEmpty()
      },
    }
  }
}
