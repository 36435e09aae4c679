import type { WorkingTime } from '../../../src/business/officers/officer-hours.ts'
import { createOfficers, syncOfficers } from '../../../src/business/officers/officers.ts'
import { createRouting } from '../../../src/business/officers/routing.ts'
import { createOutbox, type Outbox, type OutboxItem } from '../../../src/business/outbox.ts'
import { createCalendarJob } from '../../../src/business/scheduling/calendar-job.ts'
import type { Offered, OfferedSlot, TimeWish } from '../../../src/business/scheduling/offers.ts'
import { createReminderJob } from '../../../src/business/scheduling/reminder-job.ts'
import { createScheduling, type Scheduling } from '../../../src/business/scheduling/scheduling.ts'
import type {
  AppointmentTask,
  AppointmentText,
  SchedulingParts,
} from '../../../src/business/scheduling/scheduling-parts.ts'
import type { Calendar } from '../../../src/calendar/calendar.ts'
import { officersFileSchema } from '../../../src/config/officers-schema.ts'
import { schedulingSchema } from '../../../src/config/scheduling-schema.ts'
import { dayHours } from '../../../src/config/values.ts'
import type { Clock } from '../../../src/lib/clock.ts'
import type { Database } from '../../../src/storage/database.ts'
import type { DatabasePlace } from '../../fakes/databases.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'

export const ADA = '+16175550123'
export const BEN = '+16175550124'

/** Scheduling over a real database, with the officers Dana (TX, MA) and Sam (MA), weekdays nine to five in Boston. */
export interface SchedulingDesk extends AsyncDisposable {
  readonly database: Database
  readonly outbox: Outbox
  readonly parts: SchedulingParts
  readonly scheduling: Scheduling
  /** What was texted, and what the office has been asked and has still to do, by key. */
  readonly texts: Map<string, AppointmentText>
  readonly tasks: Map<string, AppointmentTask>
  /** What officers were told: `booked <appointment>`. */
  readonly briefs: readonly string[]
  /** The two times a Bostonian gets; throws when there are none. */
  offer(wish?: Partial<TimeWish>): Promise<[OfferedSlot, OfferedSlot]>
  /** Runs the outbox rows of our jobs that are due, once each. */
  work(): Promise<string[]>
  /** Runs the job of one row, as the worker would. */
  run(key: string): Promise<void>
}

export async function openDesk(
  place: DatabasePlace,
  options: { clock?: Clock; calendar?: Calendar; settings?: object; runNow?: (key: string) => Promise<unknown> } = {},
): Promise<SchedulingDesk> {
  const resources = new AsyncDisposableStack()
  resources.use(place)
  const database = resources.use(await place.open())
  const clock = options.clock ?? new FakeClock()
  const texts = new Map<string, AppointmentText>()
  const tasks = new Map<string, AppointmentTask>()
  const briefs: string[] = []
  await syncOfficers(database, officersFileSchema.parse({ officers: [DANA, SAM] }))
  const officers = createOfficers(database, { clock })
  const outbox = createOutbox(database, { clock })
  const settings = { strategy: 'ranked' as const, vip: [] }
  const parts: SchedulingParts = {
    database,
    clock,
    settings: schedulingSchema.parse({ bufferMinutes: 0, ...options.settings }),
    office: OFFICE,
    officers,
    routing: createRouting(database, { officers, settings, office: OFFICE }),
    calendar: options.calendar,
    tell: async (_, text) => texts.set(text.key, text),
    brief: async (_, { what, appointment }) => briefs.push(`${what} ${appointment.id}`),
    assign: async (_, task) => tasks.set(task.key, task),
    finish: async (_, { key }) => tasks.delete(key),
    runNow: options.runNow ?? ((key) => run(key)),
  }
  const jobs = [createCalendarJob(parts), createReminderJob(parts)]
  const runItem = async ({ topic, key, payload, attempts }: OutboxItem) => {
    const job = jobs.find((candidate) => candidate.topic === topic)
    if (!job) throw new Error(`nobody carries out ${topic}`)
    const context = { key, attempts, signal: new AbortController().signal }
    return await job.run(job.payload.parse(payload) as never, context)
  }
  const run = async (key: string) => {
    const item = (await outbox.pending({ limit: 100 })).find((candidate) => candidate.key === key)
    if (!item) return
    await runItem(item)
    await outbox.done(item)
  }
  const scheduling = createScheduling(parts)
  return {
    database,
    outbox,
    parts,
    scheduling,
    texts,
    tasks,
    briefs,
    async offer(wish) {
      const offered = await scheduling.offer({ callerNumber: ADA, language: 'en-US', ...wish })
      return twoOf(offered)
    },
    async work() {
      const due = await outbox.claim({ limit: 100, leaseMs: 30_000 })
      for (const item of due) {
        const end = await runItem(item)
        if (end === 'done') await outbox.done(item)
        else await outbox.postpone(item, end.later)
      }
      return due.map(({ key }) => key)
    },
    run,
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

/** Who holds, as the call says it. */
export function caller(callId: string, more: { turn?: number; number?: string; replaces?: string } = {}) {
  return { callId, number: ADA, turn: 1, language: 'en-US', name: 'Ada', ...more }
}

/** Holds a slot and says yes to it in the next turn. */
export async function holdAndBook(scheduling: Scheduling, slotId: string, holder: ReturnType<typeof caller>) {
  const held = await scheduling.hold(slotId, holder)
  if (!held.held) return { booked: false as const, reason: held.reason, next: held.next }
  return await scheduling.book(slotId, { ...holder, turn: holder.turn + 1 })
}

function twoOf(offered: Offered): [OfferedSlot, OfferedSlot] {
  const [first, second] = 'slots' in offered ? offered.slots : []
  if (!first || !second) throw new Error(`expected two times, got ${JSON.stringify(offered)}`)
  return [first, second]
}

const workday = dayHours().parse('09:00-17:00')
const OFFICE: WorkingTime = {
  timeZone: 'America/New_York',
  hours: {
    monday: workday,
    tuesday: workday,
    wednesday: workday,
    thursday: workday,
    friday: workday,
    saturday: 'closed',
    sunday: 'closed',
    holidays: ['2026-11-26'],
  },
}

const DANA = {
  id: 'dana-lee',
  name: 'Dana Lee',
  phone: '+16175550111',
  licences: ['TX', 'MA'],
  calendarId: 'dana@example.com',
  dailyCapacity: 100,
}
const SAM = { id: 'sam-roy', name: 'Sam Roy', phone: '+16175550112', licences: ['MA'], dailyCapacity: 100 }
