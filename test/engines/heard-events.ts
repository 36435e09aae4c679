import type { EngineEvent } from '../../src/engines/engine.ts'

type EventOf<Type extends EngineEvent['type']> = Extract<EngineEvent, { type: Type }>

/** Keeps all an engine reported, and waits for what it has yet to report. */
export class HeardEvents {
  readonly all: EngineEvent[] = []
  readonly #waiting = new Set<() => void>()

  readonly listen = (event: EngineEvent): void => {
    this.all.push(event)
    for (const check of [...this.#waiting]) check()
  }

  of<Type extends EngineEvent['type']>(type: Type): EventOf<Type>[] {
    return this.all.filter((event): event is EventOf<Type> => event.type === type)
  }

  get types(): string[] {
    return this.all.map(({ type }) => type)
  }

  /** The `count`th event of a type, which may have come already. Rejects after two seconds. */
  first<Type extends EngineEvent['type']>(type: Type, count = 1): Promise<EventOf<Type>> {
    const { promise, resolve, reject } = Promise.withResolvers<EventOf<Type>>()
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
