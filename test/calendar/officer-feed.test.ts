import { afterEach, describe, expect, it, vi } from 'vitest'
import { createFeedTokens } from '../../src/calendar/feed-tokens.ts'
import { createOfficerFeed, type FeedAppointment, feedPathOf } from '../../src/calendar/officer-feed.ts'
import { FakeClock } from '../fakes/fake-clock.ts'

const tokens = createFeedTokens(['auth token'])
const clock = new FakeClock()

function appointment(changes: Partial<FeedAppointment> = {}): FeedAppointment {
  return {
    id: 'apt_1',
    startsAt: Date.UTC(2026, 11, 1, 15),
    endsAt: Date.UTC(2026, 11, 1, 15, 30),
    status: 'booked',
    name: 'Ana Perez',
    subject: 'Refinance',
    timeZone: 'America/Chicago',
    language: 'es',
    createdAt: Date.UTC(2026, 10, 20, 15),
    changedAt: Date.UTC(2026, 10, 20, 15),
    ...changes,
  }
}

function feedOf(...appointments: FeedAppointment[]) {
  return createOfficerFeed({
    tokens,
    nameOf: async (officerId) => (officerId === 'dana-lee' ? 'Dana Lee' : undefined),
    appointmentsOf: async (officerId, from, to) => {
      expect(officerId).toBe('dana-lee')
      return appointments.filter(({ startsAt, endsAt }) => startsAt < to && endsAt > from)
    },
    hide: (text) => text.replaceAll(/\d{9}/g, '[SSN]'),
    clock,
  })
}

/** Properties by name, of the one event; folded lines put together again. */
async function read(given: FeedAppointment): Promise<Record<string, string>> {
  const text = (await feedOf(given).read('dana-lee', tokens.of('dana-lee'))) ?? ''
  const event = text.replaceAll('\r\n ', '').match(/BEGIN:VEVENT\r\n(.*)END:VEVENT/s)?.[1] ?? ''
  const lines = event.split('\r\n').filter(Boolean)
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]))
}

afterEach(() => {
  vi.unstubAllEnvs()
})

describe('the feed of an officer', () => {
  it('is iCalendar text as RFC 5545 has it: one calendar, lines that end and fold as they must', async () => {
    const long = appointment({ subject: 'Refinance; a long, long subject '.repeat(5) })
    const text = (await feedOf(long).read('dana-lee', tokens.of('dana-lee'))) ?? ''
    const lines = text.split('\r\n')
    expect([lines[0], lines.filter(Boolean).at(-1)]).toEqual(['BEGIN:VCALENDAR', 'END:VCALENDAR'])
    expect(lines).toContain('VERSION:2.0')
    expect(lines).toContain('METHOD:PUBLISH')
    expect(lines.every((line) => Buffer.byteLength(line) <= 75 && !line.includes('\n'))).toBe(true)
  })

  it.each(['UTC', 'America/New_York'])('tells the same instant whatever zone the server is in (%s)', async (zone) => {
    vi.stubEnv('TZ', zone)
    expect(await read(appointment())).toMatchObject({
      UID: 'apt_1@hearthline',
      SEQUENCE: '0',
      DTSTART: '20261201T150000Z',
      DTEND: '20261201T153000Z',
      SUMMARY: 'Refinance: Ana Perez',
      STATUS: 'CONFIRMED',
      DESCRIPTION: expect.stringMatching(/December 1\\, 2026 at 9:00:00\sAM CST\.\\nLanguage: Spanish/),
    })
  })

  it('tells a cancellation of the same event under a higher number', async () => {
    const changedAt = appointment().createdAt + 90_000
    const cancelled = await read(appointment({ status: 'cancelled', changedAt }))
    expect(cancelled).toMatchObject({ UID: 'apt_1@hearthline', STATUS: 'CANCELLED', SEQUENCE: '90' })
  })

  it('shows what waits for the calendar as not certain', async () => {
    expect(await read(appointment({ status: 'confirming' }))).toMatchObject({ STATUS: 'TENTATIVE' })
  })

  it('leaves out the numbers callers say', async () => {
    expect(await read(appointment({ subject: 'My number is 123456789' }))).toMatchObject({
      SUMMARY: 'My number is [SSN]: Ana Perez',
    })
  })

  it('is the same text until something changes', async () => {
    const feed = feedOf(appointment())
    const before = await feed.read('dana-lee', tokens.of('dana-lee'))
    clock.advance(60_000)
    expect(await feed.read('dana-lee', tokens.of('dana-lee'))).toBe(before)
  })

  it('is for those who know its address only', async () => {
    const feed = feedOf()
    expect(feedPathOf(tokens, 'dana-lee')).toBe(`/calendars/dana-lee/${tokens.of('dana-lee')}.ics`)
    for (const token of ['', 'x', tokens.of('lee-dana'), createFeedTokens(['other']).of('dana-lee')])
      expect(await feed.read('dana-lee', token)).toBeUndefined()
    expect(await feed.read('nobody', tokens.of('nobody'))).toBeUndefined()
  })
})

it('keeps addresses alive while the secret is rotated, and ends them with it', () => {
  const address = createFeedTokens(['old']).of('dana-lee')
  expect(createFeedTokens(['new', 'old']).isOf('dana-lee', address)).toBe(true)
  expect(createFeedTokens(['new', 'old']).of('dana-lee')).toBe(createFeedTokens(['new']).of('dana-lee'))
  expect(createFeedTokens(['new']).isOf('dana-lee', address)).toBe(false)
})
