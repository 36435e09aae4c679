import { Chance, withSeededIds } from './chance.ts'
import { breachesOf } from './checks.ts'
import type { Entry } from './history.ts'
import { People } from './people.ts'
import { type CrashPoints, World } from './world.ts'

/** What came of one seed. */
export interface Run {
  readonly seed: number
  readonly acts: number
  /** What does not hold; empty: everything does. */
  readonly breaches: readonly string[]
  readonly entries: readonly Entry[]
  /** Statements and requests whose turn the seed chose. */
  readonly steps: number
}

const MINUTE_MS = 60_000
const MOST_ACTS = 22

/** How many things happen in the run of a seed. */
export function actsOf(seed: number): number {
  return new Chance(seed ^ 0xac75).int(8, MOST_ACTS)
}

/** Lives through the run of a seed, lets it come to rest, and checks its history. The same seed gives the same run. */
export function runHistory(seed: number, options: { acts?: number; crashPoints?: CrashPoints } = {}): Promise<Run> {
  const { acts = actsOf(seed), crashPoints = new Map() } = options
  return withSeededIds(seed, () => liveThrough(seed, { acts, crashPoints }))
}

async function liveThrough(
  seed: number,
  { acts, crashPoints }: { acts: number; crashPoints: CrashPoints },
): Promise<Run> {
  let people: People | undefined
  using world = await World.create(seed, { crashPoints, onText: (text) => people?.read(text) })
  people = new People(world)
  const chance = new Chance(seed ^ 0x7e57)
  for (let act = 0; act < acts; act += 1) {
    people.act()
    // Now and then several at once.
    if (chance.of(0.5))
      await world.advance(
        chance.pick([0, 300, 3_000, 12_000, 60_000, 12 * MINUTE_MS, 240 * MINUTE_MS, 900 * MINUTE_MS]),
      )
  }
  await world.advance(20 * MINUTE_MS)
  people.tidyUp()
  const isAtRest = await world.comeToRest()
  return { seed, acts, entries: world.history.entries, steps: world.turns.steps, breaches: checked(world, isAtRest) }
}

function checked(world: World, isAtRest: boolean): string[] {
  const { database, history, calendar } = world
  const ids = (table: string, column: string) =>
    new Set(database.all<{ id: string }>(`select ${column} as id from ${table}`).map(({ id }) => id))
  const rest = {
    history,
    events: calendar.events,
    messages: ids('messages', 'id'),
    taskKeys: ids('tasks', 'idempotency_key'),
  }
  return [...(isAtRest ? [] : ['F7: it never comes to rest']), ...world.breaches, ...breachesOf(rest)]
}
