import { expect, it } from 'vitest'
import { type ContactState, nextActionOf } from '../../src/business/next-action.ts'

/** Tuesday, 24 November 2026, 10:00 in New York. */
const TUESDAY = Date.UTC(2026, 10, 24, 15)
const HOUR_MS = 3_600_000
const NOTHING: ContactState = {
  ...{ optedOut: false, tasks: [], appointments: [], followUp: undefined, timeZone: 'America/New_York' },
}
const CALL_BACK = { kind: 'call back', dueAt: TUESDAY } as const
const LATER = { kind: 'confirm appointment', dueAt: TUESDAY + HOUR_MS } as const
const BOOKED = { status: 'booked', startsAt: TUESDAY } as const

it.each<[Partial<ContactState>, string]>([
  [{}, 'none'],
  [{ tasks: [LATER, CALL_BACK], appointments: [BOOKED] }, 'call back by Tuesday, November 24 at 10 AM Eastern'],
  [
    { appointments: [{ ...BOOKED, status: 'confirming' }] },
    'confirm appointment of Tuesday, November 24 at 10 AM Eastern',
  ],
  [{ appointments: [BOOKED], followUp: 'they left annoyed' }, 'appointment on Tuesday, November 24 at 10 AM Eastern'],
  [{ followUp: 'nobody was free for them' }, 'see to it: nobody was free for them'],
  [{ optedOut: true, tasks: [CALL_BACK] }, 'do not call or text'],
])('of %j is "%s"', (state, action) => {
  expect(nextActionOf({ ...NOTHING, ...state })).toBe(action)
})
