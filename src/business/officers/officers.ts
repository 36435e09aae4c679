import type { OfficerSettings, OfficersFile } from '../../config/officers-schema.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Database, Transaction } from '../../storage/database.ts'
import type { Tables } from '../../storage/tables.ts'
import type { Officer, Presence } from './officer.ts'

/** An officer as they stand now. */
export interface OfficerEntry {
  readonly officer: Officer
  /** Who may change or take away what is known of them: `officers.yaml`, or the office. */
  readonly source: 'file' | 'office'
  /** False of one who has left: appointments still name them. */
  readonly active: boolean
  readonly presence: Presence
  /** Epoch ms from which on one who is away is there again; undefined: until somebody says so. */
  readonly awayUntil: number | undefined
  /** Epoch ms; undefined: never. */
  readonly lastOfferedAt: number | undefined
}

/** Owner of the table `officers`: who may be connected and booked. What is changed here counts from the next caller on. */
export interface Officers {
  /** Those who have not left, by id. */
  list(): Promise<OfficerEntry[]>
  /** Also one who has left. */
  find(id: string): Promise<OfficerEntry | undefined>
  /** `until` (epoch ms) ends an `away` by itself. False when there is no such officer. */
  setPresence(id: string, presence: Presence, until?: number): Promise<boolean>
  /** Adds an officer, or changes one the office has added. False when the id is one of `officers.yaml`. */
  addByOffice(settings: OfficerSettings): Promise<boolean>
  /** False when the office has added no such officer: those of `officers.yaml` are taken out there. */
  removeByOffice(id: string): Promise<boolean>
  /**
   * Notes that a caller is offered to the officer, unless somebody was since `seenAt`, the `lastOfferedAt` the choice
   * was made by. False then: choose again. So two callers of one moment are not both the next one's turn.
   */
  offer(id: string, seenAt: number | undefined): Promise<boolean>
}

/**
 * Brings the table to what `officers.yaml` says, in one transaction: its officers are added or changed, those it no
 * longer names have left. Those the office added stay as they are; an id both use is given back in `keptByOffice`.
 */
export async function syncOfficers(
  database: Database,
  { officers }: OfficersFile,
): Promise<{ keptByOffice: string[] }> {
  return await database.transaction().execute(async (transaction) => {
    // In one order, so that servers that start together wait for each other instead of blocking each other.
    const named = officers.toSorted((one, other) => (one.id < other.id ? -1 : 1))
    const keptByOffice: string[] = []
    for (const settings of named) if (!(await save(transaction, settings, 'file'))) keptByOffice.push(settings.id)
    const ids = named.map(({ id }) => id)
    await transaction
      .updateTable('officers')
      .set({ active: 0 })
      .where('source', '=', 'file')
      .$if(ids.length > 0, (query) => query.where('id', 'not in', ids))
      .execute()
    return { keptByOffice }
  })
}

/**
 * Takes the officer's row, which every change of their time does first: on both databases a second one waits here until
 * the first is committed, and then sees it. False when the officer has left.
 */
export async function lockOfficer(transaction: Transaction<Tables>, id: string): Promise<boolean> {
  const counted = transaction.updateTable('officers').set((set) => ({ bookings: set('bookings', '+', 1) }))
  const row = await counted.where('id', '=', id).returning('active').executeTakeFirst()
  return row?.active === 1
}

/** Whether an officer who has not left has this number (E.164). */
export async function isOfficersPhone(database: Database, number: string): Promise<boolean> {
  const rows = await database.selectFrom('officers').select('profile').where('active', '=', 1).execute()
  return rows.some(({ profile }) => toOfficer(JSON.parse(profile)).phone === number)
}

export function createOfficers(database: Database, { clock }: { clock: Clock }): Officers {
  const now = () => Math.round(clock.now())
  const active = () => database.updateTable('officers').where('active', '=', 1)
  return {
    async list() {
      const rows = await database.selectFrom('officers').selectAll().where('active', '=', 1).orderBy('id').execute()
      return rows.map((row) => toEntry(row, now()))
    },

    async find(id) {
      const row = await database.selectFrom('officers').selectAll().where('id', '=', id).executeTakeFirst()
      return row && toEntry(row, now())
    },

    async setPresence(id, presence, until) {
      const presence_until = presence === 'away' && until !== undefined ? Math.round(until) : null
      return await hasChanged(active().where('id', '=', id).set({ presence, presence_until }))
    },

    addByOffice: (settings) => save(database, settings, 'office'),

    removeByOffice: (id) => hasChanged(active().where('id', '=', id).where('source', '=', 'office').set({ active: 0 })),

    async offer(id, seenAt) {
      // Later than the last offer even within one millisecond, or two offers would look like one.
      const last_offered_at = Math.max(now(), (seenAt ?? 0) + 1)
      const unchanged = active()
        .where('id', '=', id)
        .where('last_offered_at', seenAt === undefined ? 'is' : '=', seenAt ?? null)
      return await hasChanged(unchanged.set({ last_offered_at }))
    },
  }
}

/** False when the id is in use by the other source. One who has left may come back by either. */
async function save(database: Database, settings: OfficerSettings, source: OfficerEntry['source']): Promise<boolean> {
  const row = { name: settings.name, profile: JSON.stringify(settings), source, active: 1 }
  const saved = database
    .insertInto('officers')
    .values({ id: settings.id, ...row, presence: 'here', presence_until: null, last_offered_at: null, bookings: 0 })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet(row)
        .where((where) => where.or([where('officers.source', '=', source), where('officers.active', '=', 0)])),
    )
    .returning('id')
  return (await saved.executeTakeFirst()) !== undefined
}

async function hasChanged(update: { executeTakeFirst(): Promise<{ numUpdatedRows: bigint } | undefined> }) {
  return ((await update.executeTakeFirst())?.numUpdatedRows ?? 0n) > 0n
}

function toEntry(row: Tables['officers'], now: number): OfficerEntry {
  const isAway = row.presence === 'away' && (row.presence_until === null || row.presence_until > now)
  return {
    officer: toOfficer(JSON.parse(row.profile)),
    source: row.source === 'file' ? 'file' : 'office',
    active: row.active === 1,
    presence: isAway ? 'away' : 'here',
    awayUntil: isAway ? (row.presence_until ?? undefined) : undefined,
    lastOfferedAt: row.last_offered_at ?? undefined,
  }
}

/** JSON leaves out what is undefined. */
function toOfficer(saved: OfficerSettings): Officer {
  const { nmlsId, email, calendarId, hours, timeZone, ...always } = saved
  return { ...always, nmlsId, email, calendarId, hours, timeZone }
}
