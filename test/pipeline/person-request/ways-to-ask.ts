/** Ways with `#` where a person stands, and who may stand there; " / " between them. */
export interface Combinations {
  readonly ways: string
  readonly people: string
}

/** How a language asks for a person, and how it speaks of one without asking. */
export interface Ways {
  readonly asks: readonly Combinations[]
  /** No talk with a machine. */
  readonly refusals: string
  readonly others: readonly Combinations[]
}

/** Every way with everyone. */
export function combined({ ways, people }: Combinations): string[] {
  return listed(ways).flatMap((way) => listed(people).map((person) => way.replace('#', person)))
}

export function listed(list: string): string[] {
  return list.trim().split(/\s+\/\s+/)
}

/** What callers said, one a line. */
export interface Callers {
  readonly ask: string
  readonly doNot: string
}

export function linesOf(said: string): string[] {
  return said.trim().split(/\s*\n\s*/)
}
