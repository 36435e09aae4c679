import type { Clock } from '../../src/lib/clock.ts'
import {
  type GoogleCalendarEmulator,
  startGoogleCalendarEmulator,
} from '../../src/simulator/google/google-calendar-emulator.ts'
import type { Scenario } from '../../src/simulator/scenario.ts'
import type { KeptEvent } from './evidence.ts'

/** The calendars of a scenario's officers, at an emulated Google. */
export interface RehearsedCalendars extends AsyncDisposable {
  /** How the server reaches them. */
  readonly env: Readonly<Record<string, string>>
  /** All that stands in them, cancelled events included. */
  events(): KeptEvent[]
}

const TIME_ZONE = 'America/New_York'
const HOUR_MS = 60 * 60_000

/** Undefined where the scenario has no calendar: then officers have none outside. */
export async function startCalendars(scenario: Scenario, clock: Clock): Promise<RehearsedCalendars | undefined> {
  const { calendar: wanted, settings } = scenario
  if (!wanted) return undefined
  const calendarOf = new Map(settings.officers.flatMap(({ id, calendar }) => (calendar ? [[id, calendar]] : [])))
  const calendars = Object.fromEntries([...calendarOf.values()].map((id) => [id, TIME_ZONE]))
  const google = await startGoogleCalendarEmulator({ clock, calendars, faults: wanted.faults })
  for (const { officer, fromHours, untilHours } of wanted.busy) {
    const at = (hours: number) => ({ dateTime: new Date(clock.now() + hours * HOUR_MS).toISOString() })
    google.enter(calendarOf.get(officer) ?? '', { summary: 'Busy', start: at(fromHours), end: at(untilHours) })
  }
  return {
    env: { GOOGLE_CALENDAR_CREDENTIALS: google.credentials, GOOGLE_BASE_URL: google.baseUrl },
    events: () => [...calendarOf].flatMap(([officerId, id]) => google.eventsOf(id).map(keptOf(officerId))),
    [Symbol.asyncDispose]: () => google[Symbol.asyncDispose](),
  }
}

function keptOf(officerId: string): (event: ReturnType<GoogleCalendarEmulator['eventsOf']>[number]) => KeptEvent {
  return ({ id, status, summary, start, end }) => ({
    officerId,
    isOurs: id?.startsWith('hearthline') === true,
    title: summary ?? '',
    status: status ?? '',
    startsAt: Date.parse(start?.dateTime ?? ''),
    endsAt: Date.parse(end?.dateTime ?? ''),
  })
}
