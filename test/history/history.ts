/** Everything that happened in one run, in its order. What is checked is checked against this alone. */
export type Happening =
  /** Somebody did something. */
  | { readonly type: 'input'; readonly what: string; readonly number?: string; readonly about?: string }
  /** A caller was told something, or a webhook was acknowledged. */
  | { readonly type: 'told'; readonly what: string; readonly number: string; readonly about?: string }
  /** A row as it was committed. */
  | { readonly type: 'committed'; readonly table: string; readonly before: Row | null; readonly after: Row | null }
  /** Something happened in the world outside. */
  | { readonly type: 'effect'; readonly what: 'text' | 'call' | 'event put' | 'event removed'; readonly effect: Row }
  /** We spoke to somebody whom we called. */
  | { readonly type: 'spoken'; readonly outboundId: string; readonly number: string }
  | { readonly type: 'crash'; readonly process: string; readonly point: string }
  | { readonly type: 'fault'; readonly what: string; readonly key: string; readonly isLasting: boolean }

export type Row = Readonly<Record<string, string | number | null>>

export type Entry = Happening & { readonly at: number }

export class History {
  readonly entries: Entry[] = []
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  add(happening: Happening): void {
    this.entries.push({ ...happening, at: this.#now() })
  }

  of<Type extends Happening['type']>(type: Type): Extract<Entry, { type: Type }>[] {
    return this.entries.filter((entry) => entry.type === type) as Extract<Entry, { type: Type }>[]
  }

  committed(table: string): Extract<Entry, { type: 'committed' }>[] {
    return this.of('committed').filter((entry) => entry.table === table)
  }
}
