import type { EngineEvent } from '../../src/engines/engine.ts'

/** Keeps all an engine, or a part of one, reported, and waits for what it has yet to report. */
export class HeardEvents<Event extends { readonly type: string } = EngineEvent> {
  readonly all: Event[] = []
  readonly #waiting = new Set<() => void>()

  readonly listen = (event: Event): void => {
    this.all.push(event)
    for (const check of [...this.#waiting]) check()
  }

  of<Type extends Event['type']>(type: Type): Extract<Event, { type: Type }>[] {
    return this.all.filter((event): event is Extract<Event, { type: Type }> => event.type === type)
  }

  get types(): string[] {
    return this.all.map(({ type }) => type)
  }

  /** Acts on the first event of a type while it is being told, as a call may. */
  onFirst<Type extends Event['type']>(type: Type, act: (event: Extract<Event, { type: Type }>) => void): void {
    const check = () => {
      const [event] = this.of(type)
      if (!event) return
      this.#waiting.delete(check)
      act(event)
    }
    this.#waiting.add(check)
  }

  /** The `count`th event of a type, which may have come already. Rejects after two seconds. */
  first<Type extends Event['type']>(type: Type, count = 1): Promise<Extract<Event, { type: Type }>> {
    const { promise, resolve, reject } = Promise.withResolvers<Extract<Event, { type: Type }>>()
    const check = () => {
      const event = this.of(type)[count - 1]
      if (!event) return
      this.#waiting.delete(check)
      clearTimeout(timer)
      resolve(event)
    }
    const timer = setTimeout(() => reject(new Error(`No ${type}; heard: ${this.types.join(', ')}`)), 2_000)
    this.#waiting.add(check)
    check()
    return promise
  }
}
