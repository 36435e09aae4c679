import Fastify from 'fastify'
import { expect, it } from 'vitest'
import { appointmentsOfOfficer } from '../../src/business/scheduling/appointments.ts'
import { createFeedTokens } from '../../src/calendar/feed-tokens.ts'
import { createOfficerFeed, feedPathOf } from '../../src/calendar/officer-feed.ts'
import { answerErrors } from '../../src/http/errors.ts'
import { officerCalendarRoute } from '../../src/http/routes/officer-calendar.ts'
import { hidePrivate } from '../../src/pipeline/privacy/redaction.ts'
import { ADA, caller, holdAndBook, openDesk } from '../business/scheduling/scheduling-desk.ts'
import { describeOnEachDatabase } from '../fakes/databases.ts'
import { FakeClock } from '../fakes/fake-clock.ts'
import { startTestServer } from './harness.ts'

const TEXT = 'BEGIN:VCALENDAR\r\nEND:VCALENDAR'
/** As long as real ones are. */
const TOKEN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP-_0'

function createServer(asked: unknown[] = []) {
  const server = Fastify()
  answerErrors(server)
  server.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store'))
  const read = async (officerId: string, token: string) => {
    asked.push([officerId, token])
    return officerId === 'dana-lee' && token === TOKEN ? TEXT : undefined
  }
  officerCalendarRoute(server, { officerFeed: { read } })
  return server
}

it('gives the feed to whoever has its address, and only once until it changes', async () => {
  const server = createServer()
  const first = await server.inject(`/calendars/dana-lee/${TOKEN}.ics`)
  expect([first.statusCode, first.headers['content-type'], first.body]).toEqual([
    200,
    'text/calendar; charset=utf-8',
    TEXT,
  ])
  expect(first.headers['cache-control']).toBe('private, max-age=300')
  const headers = { 'if-none-match': String(first.headers.etag) }
  const again = await server.inject({ url: `/calendars/dana-lee/${TOKEN}.ics`, headers })
  expect([again.statusCode, again.body]).toEqual([304, ''])
})

it.each([
  '/calendars',
  '/calendars/dana-lee',
  '/calendars/dana-lee/.ics',
  '/calendars/dana-lee/wrong.ics',
  `/calendars/dana-lee/${TOKEN}`,
  `/calendars/someone/${TOKEN}.ics`,
  `/calendars/..%2fdana-lee/${TOKEN}.ics`,
  `/calendars/dana-lee%00/${TOKEN}.ics`,
  `/calendars/dana-lee/${'a'.repeat(90)}.ics`,
])('answers %s as it answers any address that is not there', async (url) => {
  const server = createServer()
  const [wrong, unknown] = await Promise.all([server.inject(url), server.inject('/no/such/address')])
  const answerOf = ({ statusCode, body, headers }: typeof wrong) => {
    const { requestId: _, ...error } = JSON.parse(body).error
    return { statusCode, error, cache: headers['cache-control'], etag: headers.etag }
  }
  expect(answerOf(wrong)).toEqual(answerOf(unknown))
})

describeOnEachDatabase('what a calendar program is shown of an officer', (newPlace) => {
  it('follows what happens to their appointments: booked, moved and cancelled', async () => {
    const clock = new FakeClock(Date.parse('2026-11-20T10:00-05:00'))
    await using desk = await openDesk(await newPlace(), { clock })
    const { database, scheduling } = desk
    const tokens = createFeedTokens(['auth token'])
    const officerFeed = createOfficerFeed({
      ...{ tokens, clock, hide: (text) => hidePrivate(text) },
      nameOf: async (officerId) => (await desk.parts.officers.find(officerId))?.officer.name,
      appointmentsOf: (officerId, startsAt, endsAt) => appointmentsOfOfficer(database, officerId, { startsAt, endsAt }),
    })
    await using server = await startTestServer({ officerFeed })
    // Nobody signs this: calendar programs do not know how.
    const subscribed = async () => eventsIn(await (await server.get(feedPathOf(tokens, 'dana-lee'))).text())

    const [one, other] = await desk.offer({ officerId: 'dana-lee' })
    await scheduling.hold(other.id, caller('call_0'))
    expect(await subscribed()).toEqual([])
    const booked = idOf(await holdAndBook(scheduling, one.id, caller('call_1')))
    expect(await subscribed()).toEqual([
      expect.objectContaining({ UID: `${booked}@hearthline`, STATUS: 'CONFIRMED', SUMMARY: 'Appointment: Ada' }),
    ])
    await scheduling.letGo('call_0')
    clock.advance(60_000)
    const moved = idOf(await holdAndBook(scheduling, other.id, caller('call_2', { replaces: booked })))
    expect(await subscribed()).toMatchObject([
      { UID: `${booked}@hearthline`, STATUS: 'CANCELLED', SEQUENCE: '60' },
      { UID: `${moved}@hearthline`, STATUS: 'CONFIRMED' },
    ])
    clock.advance(60_000)
    await scheduling.cancel(moved, { number: ADA, because: 'asked by voice' })
    expect(await subscribed()).toMatchObject([
      { UID: `${booked}@hearthline`, STATUS: 'CANCELLED', SEQUENCE: '60' },
      { UID: `${moved}@hearthline`, STATUS: 'CANCELLED', SEQUENCE: '60' },
    ])
  })
})

function idOf(booking: Awaited<ReturnType<typeof holdAndBook>>): string {
  if (!('appointment' in booking)) throw new Error(`not booked: ${booking.reason}`)
  return booking.appointment.id
}

/** The properties of each event by name. */
function eventsIn(calendar: string): Record<string, string>[] {
  return [...calendar.replaceAll('\r\n ', '').matchAll(/BEGIN:VEVENT\r\n(.*?)END:VEVENT/gs)].map(([, event = '']) => {
    const lines = event.split('\r\n').filter(Boolean)
    return Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]),
    )
  })
}
