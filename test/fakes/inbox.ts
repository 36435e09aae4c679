/** What arrived and was not taken yet, in order; whoever comes early waits. */
export interface Inbox<Item> {
  readonly left: readonly Item[]
  put(item: Item): void
  /** Rejects when nothing arrives within two seconds, so that a missing message names itself. */
  take(): Promise<Item>
}

const PATIENCE_MS = 2_000

/** `expected` says what is waited for, in an error. */
export function createInbox<Item>(expected: string): Inbox<Item> {
  const left: Item[] = []
  const takers: ((item: Item) => void)[] = []
  return {
    left,
    put(item) {
      const taker = takers.shift()
      if (taker) taker(item)
      else left.push(item)
    },
    take() {
      if (left.length > 0) return Promise.resolve(left.shift() as Item)
      const { promise, resolve, reject } = Promise.withResolvers<Item>()
      const timer = setTimeout(() => {
        takers.splice(takers.indexOf(resolve), 1)
        reject(new Error(`Waited ${PATIENCE_MS} ms for ${expected}; nothing came`))
      }, PATIENCE_MS)
      takers.push((item) => {
        clearTimeout(timer)
        resolve(item)
      })
      return promise
    },
  }
}
