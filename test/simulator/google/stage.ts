import { calendar } from '@googleapis/calendar'
import { createGoogleAccess } from '../../../src/calendar/google-access.ts'
import { readGoogleCredentials } from '../../../src/calendar/google-credentials.ts'
import { createClock } from '../../../src/lib/clock.ts'
import {
  type GoogleCalendarEmulator,
  type GoogleCalendarEmulatorOptions,
  startGoogleCalendarEmulator,
} from '../../../src/simulator/google/google-calendar-emulator.ts'
import { createServiceAccount } from '../../../src/simulator/google/service-account.ts'

export const DANA = 'dana@example.com'
export const LEE = 'lee@example.com'

/** Making a key takes long. */
export const account = createServiceAccount()

/** Dana's calendar is in Chicago, Lee's in New York. */
export function startEmulator(options: Partial<GoogleCalendarEmulatorOptions> = {}): Promise<GoogleCalendarEmulator> {
  const calendars = { [DANA]: 'America/Chicago', [LEE]: 'America/New_York' }
  return startGoogleCalendarEmulator({ clock: createClock(), calendars, account, ...options })
}

/** The official client, without any code of ours between. */
export function createClient({ baseUrl, credentials }: GoogleCalendarEmulator) {
  const access = { credentials: readGoogleCredentials(credentials), baseUrl, clock: createClock(), timeoutMs: 3_000 }
  return calendar({ version: 'v3', rootUrl: `${baseUrl}/`, auth: createGoogleAccess(access).client, retry: false })
}

/** One hour of 2026-12-01, of the day's hours in UTC. */
export function hour(from: number) {
  const at = (hours: number) => ({ dateTime: new Date(Date.UTC(2026, 11, 1, hours)).toISOString() })
  return { start: at(from), end: at(from + 1) }
}
