import { createHash } from 'node:crypto'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { Calendar, CalendarEvent } from '../../src/calendar/calendar.ts'
import { createGoogleCalendar } from '../../src/calendar/google-calendar.ts'
import { readGoogleCredentials } from '../../src/calendar/google-credentials.ts'
import { createClock } from '../../src/lib/clock.ts'
import { createLog } from '../../src/lib/log.ts'
import type { GoogleCalendarEmulator } from '../../src/simulator/google/google-calendar-emulator.ts'
import { createServiceAccount } from '../../src/simulator/google/service-account.ts'
import { FakeClock } from '../fakes/fake-clock.ts'
import { account, DANA, hour, LEE, startEmulator } from '../simulator/google/stage.ts'

const never = new AbortController().signal
const DAY = { startsAt: Date.UTC(2026, 11, 1), endsAt: Date.UTC(2026, 11, 2) }
const SECRETS = ['Refinance talk', 'Ana Perez', 'PRIVATE KEY', 'Bearer', 'assertion']

/** Waits of seconds take a thirtieth of them. */
function calendarAt(
  { baseUrl }: GoogleCalendarEmulator,
  { speed = 30, credentials = account.credentials } = {},
): Calendar {
  const log = createLog({ level: 'silent' })
  return createGoogleCalendar({
    credentials: readGoogleCredentials(credentials),
    baseUrl,
    clock: createClock(speed),
    log,
  })
}

/** From 15 to 16 UTC, unless told. */
function appointment(name: string, changes: Partial<CalendarEvent> = {}): CalendarEvent {
  return {
    calendarId: DANA,
    eventId: createHash('sha256').update(name).digest('hex'),
    title: 'Refinance talk',
    description: 'With Ana Perez',
    startsAt: Date.UTC(2026, 11, 1, 15),
    endsAt: Date.UTC(2026, 11, 1, 16),
    timeZone: 'America/Chicago',
    ...changes,
  }
}

function standing(emulator: GoogleCalendarEmulator): string[] {
  return emulator.eventsOf(DANA).flatMap(({ status, summary }) => (status === 'cancelled' ? [] : [summary ?? '']))
}

function countOf(emulator: GoogleCalendarEmulator, operation: string): number {
  return emulator.requests.filter((request) => request.operation === operation).length
}

describe('busy times', () => {
  it('are told per calendar, of more calendars than Google takes at once', async () => {
    const others = Array.from({ length: 60 }, (_, at) => `officer${at}@example.com`)
    const zones = Object.fromEntries([DANA, ...others, LEE].map((id) => [id, 'America/Denver']))
    await using emulator = await startEmulator({ calendars: zones })
    emulator.enter(DANA, hour(15))
    emulator.enter(LEE, hour(18))
    const busy = await calendarAt(emulator).busy([DANA, ...others, LEE, DANA], DAY, never)
    expect(busy.size).toBe(62)
    expect(busy.get(DANA)).toEqual([{ startsAt: Date.UTC(2026, 11, 1, 15), endsAt: Date.UTC(2026, 11, 1, 16) }])
    expect(busy.get('officer7@example.com')).toEqual([])
    expect(busy.get(LEE)).toHaveLength(1)
    expect(countOf(emulator, 'freebusy.query')).toBe(2)
  })

  it('are refused when one of the calendars cannot be read: it is never free', async () => {
    await using emulator = await startEmulator()
    const busy = calendarAt(emulator).busy([DANA, 'stranger@example.com'], DAY, never)
    await expect(busy).rejects.toMatchObject({ code: 'calendar.refused', retryable: false })
    await expect(busy).rejects.toThrow('status 404 (notFound) for calendar stranger@example.com')
  })
})

describe('an event that is put', () => {
  it('is written as it was given, in its zone', async () => {
    await using emulator = await startEmulator()
    expect(await calendarAt(emulator).put(appointment('one'), never)).toBe('written')
    expect(emulator.eventsOf(DANA)).toMatchObject([
      {
        summary: 'Refinance talk',
        description: 'With Ana Perez',
        start: { dateTime: '2026-12-01T09:00:00-06:00', timeZone: 'America/Chicago' },
        end: { dateTime: '2026-12-01T10:00:00-06:00' },
      },
    ])
  })

  it('is written once, however often it is asked for', async () => {
    await using emulator = await startEmulator()
    const calendar = calendarAt(emulator)
    const first = calendar.put(appointment('one'), never)
    const outcomes = await Promise.all([
      first,
      calendar.put(appointment('one'), never),
      calendarAt(emulator).put(appointment('one'), never),
    ])
    expect([...outcomes, await calendar.put(appointment('one'), never)]).toEqual(Array(4).fill('written'))
    expect(emulator.eventsOf(DANA)).toHaveLength(1)
  })

  it('is not written where something else stands, but beside it', async () => {
    await using emulator = await startEmulator()
    const calendar = calendarAt(emulator)
    emulator.enter(DANA, { summary: 'Dentist', ...hour(15) })
    const overlapping = { startsAt: Date.UTC(2026, 11, 1, 14, 30), endsAt: Date.UTC(2026, 11, 1, 15, 30) }
    expect(await calendar.put(appointment('one', overlapping), never)).toBe('taken')
    expect(countOf(emulator, 'events.insert')).toBe(0)
    const after = { startsAt: Date.UTC(2026, 11, 1, 16), endsAt: Date.UTC(2026, 11, 1, 17) }
    expect(await calendar.put(appointment('one', after), never)).toBe('written')
  })

  it('does not heed what is shown as free, was declined or cancelled', async () => {
    await using emulator = await startEmulator()
    emulator.enter(DANA, { ...hour(15), transparency: 'transparent' })
    emulator.enter(DANA, { ...hour(15), attendees: [{ email: DANA, self: true, responseStatus: 'declined' }] })
    const { id } = emulator.enter(DANA, hour(15))
    emulator.change(DANA, id ?? '', { status: 'cancelled' })
    expect(await calendarAt(emulator).put(appointment('one'), never)).toBe('written')
  })

  it.each(['before commit', 'after commit'] as const)(
    'gives way to what is entered in the same moment, %s, and leaves nothing there',
    async (when) => {
      // Time stands still: which of the two was first cannot be told.
      await using emulator = await startEmulator({ clock: new FakeClock(), faults: [{ fault: 'foreign event', when }] })
      expect(await calendarAt(emulator).put(appointment('one'), never)).toBe('taken')
      expect(standing(emulator)).toEqual(['Dentist'])
    },
  )

  it('gives way in the end, when at first it could not be taken away again', async () => {
    await using emulator = await startEmulator({
      clock: new FakeClock(),
      faults: [
        { fault: 'foreign event', when: 'before commit' },
        { fault: 'refuse', of: 'events.delete', status: 503, reason: 'backendError', times: 99 },
      ],
    })
    const calendar = calendarAt(emulator)
    await expect(calendar.put(appointment('one'), never)).rejects.toMatchObject({ code: 'calendar.unreachable' })
    emulator.faults.clear()
    expect(await calendar.put(appointment('one'), never)).toBe('taken')
    expect(standing(emulator)).toEqual(['Dentist'])
  })

  it('stays when somebody moves something older over it later', async () => {
    const clock = new FakeClock()
    await using emulator = await startEmulator({ clock })
    const { id } = emulator.enter(DANA, { summary: 'Dentist', ...hour(20) })
    const calendar = calendarAt(emulator)
    await calendar.put(appointment('one'), never)
    clock.advance(1)
    emulator.change(DANA, id ?? '', hour(15))
    expect(await calendar.put(appointment('one'), never)).toBe('written')
    expect(standing(emulator)).toEqual(['Dentist', 'Refinance talk'])
  })

  it('is put right when it was moved, and taken away when its time is taken by then', async () => {
    await using emulator = await startEmulator()
    const calendar = calendarAt(emulator)
    const event = appointment('one')
    await calendar.put(event, never)
    emulator.change(DANA, event.eventId, hour(18))
    expect(await calendar.put(event, never)).toBe('written')
    expect(emulator.eventsOf(DANA)).toMatchObject([{ start: { dateTime: '2026-12-01T09:00:00-06:00' } }])
    emulator.change(DANA, event.eventId, hour(18))
    emulator.enter(DANA, { summary: 'Dentist', ...hour(15) })
    expect(await calendar.put(event, never)).toBe('taken')
    expect(standing(emulator)).toEqual(['Dentist'])
  })

  it('is brought back when it was cancelled', async () => {
    await using emulator = await startEmulator()
    const calendar = calendarAt(emulator)
    await calendar.put(appointment('one'), never)
    await calendar.remove(appointment('one'), never)
    expect(standing(emulator)).toEqual([])
    expect(await calendar.put(appointment('one'), never)).toBe('written')
    expect(standing(emulator)).toEqual(['Refinance talk'])
  })

  it('[F13] is the only one of twenty that are put into one time at once', async () => {
    // All look before any of them writes, and Google's date stands still: it cannot tell which was first.
    const clock = { ...createClock(), now: () => DAY.startsAt }
    await using emulator = await startEmulator({ clock })
    const calendar = calendarAt(emulator, { speed: 1 })
    await calendar.busy([DANA], DAY, never)
    emulator.faults.add({ fault: 'slow', of: 'events.list', ms: 20, times: 99 })
    const names = Array.from({ length: 20 }, (_, at) => `caller ${at}`)
    const outcomes = await Promise.all(names.map((name) => calendar.put(appointment(name), never)))
    expect(outcomes.filter((outcome) => outcome === 'written')).toHaveLength(1)
    expect(standing(emulator)).toHaveLength(1)
  })

  it('[F13] is never one of two, though they come from different servers', async () => {
    await using emulator = await startEmulator()
    const servers = Array.from({ length: 8 }, () => calendarAt(emulator, { speed: 1 }))
    await Promise.all(servers.map((calendar) => calendar.busy([DANA], DAY, never)))
    emulator.faults.add({ fault: 'slow', of: 'events.list', ms: 20, times: 8 })
    const puts = servers.map((calendar, at) => calendar.put(appointment(`server ${at}`), never))
    const written = (await Promise.all(puts)).filter((outcome) => outcome === 'written')
    expect(written.length).toBeLessThanOrEqual(1)
    expect(standing(emulator)).toHaveLength(written.length)
  })
})

describe('an event that is removed', () => {
  it('is gone; so is one that was gone, or never was', async () => {
    await using emulator = await startEmulator()
    const calendar = calendarAt(emulator)
    await calendar.put(appointment('one'), never)
    for (const name of ['one', 'one', 'never was']) await calendar.remove(appointment(name), never)
    expect(standing(emulator)).toEqual([])
  })
})

describe('[F12] when Google fails', () => {
  it.each([
    { status: 503, reason: 'backendError' },
    { status: 500, reason: 'backendError' },
    { status: 429, reason: 'rateLimitExceeded' },
    { status: 403, reason: 'userRateLimitExceeded' },
  ] as const)('with $status $reason for a while, it is asked again', async (refusal) => {
    await using emulator = await startEmulator({ faults: [{ fault: 'refuse', times: 4, ...refusal }] })
    expect(await calendarAt(emulator).put(appointment('one'), never)).toBe('written')
    expect(emulator.eventsOf(DANA)).toHaveLength(1)
  })

  it.each([
    { status: 403, reason: 'forbidden' },
    { status: 400, reason: 'invalid' },
  ] as const)('with $status $reason, it is not asked again', async (refusal) => {
    await using emulator = await startEmulator({ faults: [{ fault: 'refuse', of: 'events.insert', ...refusal }] })
    const put = calendarAt(emulator).put(appointment('one'), never)
    await expect(put).rejects.toMatchObject({ code: 'calendar.refused', retryable: false })
    await expect(put).rejects.toThrow(`status ${refusal.status} (${refusal.reason})`)
    expect(countOf(emulator, 'events.insert')).toBe(1)
  })

  it('because a token ran out early, one new token is fetched for all who wait', async () => {
    await using emulator = await startEmulator()
    const calendar = calendarAt(emulator)
    await calendar.busy([DANA], DAY, never)
    emulator.revokeTokens()
    await Promise.all([calendar.busy([DANA], DAY, never), calendar.busy([LEE], DAY, never)])
    expect(countOf(emulator, 'token')).toBe(2)
  })

  it('because our key is refused, it is asked no more than twice', async () => {
    await using emulator = await startEmulator()
    const { credentials } = createServiceAccount()
    const busy = calendarAt(emulator, { credentials }).busy([DANA], DAY, never)
    await expect(busy).rejects.toMatchObject({ code: 'calendar.refused' })
    await expect(busy).rejects.toThrow('invalid_grant')
    expect(countOf(emulator, 'token')).toBeLessThanOrEqual(2)
  })

  it.each(['lose answer', 'hang'] as const)('after it has written (%s), that is noticed', async (fault) => {
    const when = 'after commit' as const
    const faults = fault === 'hang' ? { fault, when } : { fault }
    await using emulator = await startEmulator({ faults: [{ of: 'events.insert', ...faults }] })
    expect(await calendarAt(emulator).put(appointment('one'), never)).toBe('written')
    expect(countOf(emulator, 'events.insert')).toBe(1)
    expect(emulator.eventsOf(DANA)).toHaveLength(1)
  })

  it('for too long, the event may be there or not, and is there once when it is put again', async () => {
    await using emulator = await startEmulator()
    const calendar = calendarAt(emulator)
    await calendar.busy([DANA], DAY, never)
    emulator.faults.add({ fault: 'hang', when: 'after commit', of: 'events.insert', times: 9 })
    emulator.faults.add({ fault: 'refuse', status: 503, reason: 'backendError', of: 'events.get', times: 99 })
    const put = calendar.put(appointment('one'), never)
    await expect(put).rejects.toMatchObject({ code: 'calendar.unreachable', retryable: true })
    emulator.faults.clear()
    expect(await calendar.put(appointment('one'), never)).toBe('written')
    expect(emulator.eventsOf(DANA)).toHaveLength(1)
  })

  it('by not answering at all, nobody waits longer than eight seconds', async () => {
    await using emulator = await startEmulator({ faults: [{ fault: 'hang', when: 'before commit', times: 99 }] })
    const clock = createClock(30)
    const startedMs = clock.monotonicMs()
    await expect(calendarAt(emulator).busy([DANA], DAY, never)).rejects.toMatchObject({ code: 'calendar.unreachable' })
    // Three tries of 3 s fit; without the deadline there would be six.
    expect(clock.monotonicMs() - startedMs).toBeLessThan(16_000)
    expect(countOf(emulator, 'token')).toBeLessThanOrEqual(3)
  })

  it('nobody waits longer than their own signal allows', async () => {
    await using emulator = await startEmulator({ faults: [{ fault: 'hang', when: 'before commit', times: 99 }] })
    const put = calendarAt(emulator, { speed: 1 }).put(appointment('one'), AbortSignal.timeout(100))
    await expect(put).rejects.toMatchObject({ code: 'calendar.unreachable', retryable: true })
  })

  it('to be there, that is unreachable', async () => {
    const emulator = await startEmulator()
    await emulator[Symbol.asyncDispose]()
    const busy = calendarAt(emulator).busy([DANA], DAY, never)
    await expect(busy).rejects.toMatchObject({ code: 'calendar.unreachable' })
    await expect(busy).rejects.toThrow('no answer (ECONNREFUSED)')
  })

  it('[S28] nothing of the event or the key is in the error or its causes', async () => {
    await using emulator = await startEmulator({
      faults: [{ fault: 'refuse', of: 'events.insert', status: 400, reason: 'Bad value: Ana Perez' }],
    })
    const error = await calendarAt(emulator)
      .put(appointment('one'), never)
      .catch((thrown: unknown) => thrown)
    const told = inspect(error, { depth: 20, showHidden: true })
    expect(told).toContain('calendar.refused')
    for (const secret of SECRETS) expect(told).not.toContain(secret)
  })
})
