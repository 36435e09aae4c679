import type { ScreeningEvidence } from '../../call/screener.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Database } from '../../storage/database.ts'

export type ListName = 'allow' | 'block'

export interface ListEntry {
  /** A number in E.164, or the beginning of numbers. */
  readonly beginning: string
  readonly list: ListName
}

/** Owner of the table `caller_lists`: numbers the office lets in or keeps out, beside those of the settings. */
export interface CallerLists {
  /** The entry that counts for a number: the longest that fits; of two as long, the one that lets in. */
  entryFor(number: string): Promise<ListEntry | undefined>
  /** Takes the place of an entry with the same beginning. */
  put(entry: ListEntry): Promise<void>
  /** False when there was none. */
  remove(beginning: string): Promise<boolean>
  /** Those of the table. */
  all(): Promise<ListEntry[]>
}

export function createCallerLists(
  database: Database,
  {
    settings,
    clock,
  }: { settings: { readonly allow: readonly string[]; readonly block: readonly string[] }; clock: Clock },
): CallerLists {
  const fixed: readonly ListEntry[] = [
    ...settings.allow.map((beginning) => ({ beginning, list: 'allow' as const })),
    ...settings.block.map((beginning) => ({ beginning, list: 'block' as const })),
  ]
  return {
    async entryFor(number) {
      const found = await database
        .selectFrom('caller_lists')
        .selectAll()
        .where('beginning', 'in', beginningsOf(number))
        .execute()
      const fitting = [...found.map(toEntry), ...fixed.filter(({ beginning }) => number.startsWith(beginning))]
      return fitting.toSorted(morePreciseFirst)[0]
    },

    async put({ beginning, list }) {
      const row = { beginning, list, added_at: Math.round(clock.now()) }
      await database
        .insertInto('caller_lists')
        .values(row)
        .onConflict((conflict) => conflict.column('beginning').doUpdateSet(row))
        .execute()
    },

    async remove(beginning) {
      const removed = database.deleteFrom('caller_lists').where('beginning', '=', beginning).returning('beginning')
      return (await removed.executeTakeFirst()) !== undefined
    },

    async all() {
      return (await database.selectFrom('caller_lists').selectAll().orderBy('beginning').execute()).map(toEntry)
    },
  }
}

/** What a list says decides alone. */
export function listEvidence({ beginning, list }: ListEntry): ScreeningEvidence {
  const says = `${beginning} is on the ${list} list`
  return { layer: 'list', says, weight: list === 'allow' ? -1 : 1 }
}

/** Of E.164, its plus included; what is longer is an address and on no list. */
const LONGEST = 16

function beginningsOf(number: string): string[] {
  return Array.from(number.slice(0, LONGEST), (_, at) => number.slice(0, at + 1))
}

function morePreciseFirst(a: ListEntry, b: ListEntry): number {
  return b.beginning.length - a.beginning.length || a.list.localeCompare(b.list)
}

function toEntry({ beginning, list }: { beginning: string; list: string }): ListEntry {
  return { beginning, list: list === 'allow' ? 'allow' : 'block' }
}
