import { describe, expect, it } from 'vitest'
import { createServiceAccount } from '../../../src/simulator/google/service-account.ts'
import { createClient, DANA, hour, LEE, startEmulator } from './stage.ts'

const ID = 'abcdef0123'

/** What the official client's error tells. */
function refusal(status: number, reason: string) {
  return { status, response: { data: { error: { code: status, errors: [{ reason }] } } } }
}

describe('events, by the official client', () => {
  it('are shown with the offset of their calendar, whatever they were given with', async () => {
    await using emulator = await startEmulator()
    const client = createClient(emulator)
    const start = { dateTime: '2026-12-01T10:00:00', timeZone: 'America/New_York' }
    const end = { dateTime: '2026-12-01T15:30:00Z' }
    const { data } = await client.events.insert({ calendarId: DANA, requestBody: { id: ID, start, end } })
    expect(data).toMatchObject({
      status: 'confirmed',
      sequence: 0,
      start: { dateTime: '2026-12-01T09:00:00-06:00', timeZone: 'America/New_York' },
      end: { dateTime: '2026-12-01T09:30:00-06:00', timeZone: 'America/Chicago' },
    })
    expect((await client.events.get({ calendarId: DANA, eventId: ID })).data).toEqual(data)
  })

  it('keep their id for ever: deleted, it is a duplicate still, and can be brought back', async () => {
    await using emulator = await startEmulator()
    const client = createClient(emulator)
    const insert = () => client.events.insert({ calendarId: DANA, requestBody: { id: ID, ...hour(15) } })
    await insert()
    await expect(insert()).rejects.toMatchObject(refusal(409, 'duplicate'))
    expect((await client.events.delete({ calendarId: DANA, eventId: ID })).status).toBe(204)
    await expect(insert()).rejects.toMatchObject(refusal(409, 'duplicate'))
    await expect(client.events.delete({ calendarId: DANA, eventId: ID })).rejects.toMatchObject(refusal(410, 'deleted'))
    expect((await client.events.get({ calendarId: DANA, eventId: ID })).data.status).toBe('cancelled')
    const requestBody = { status: 'confirmed' }
    const { data } = await client.events.patch({ calendarId: DANA, eventId: ID, requestBody })
    expect(data).toMatchObject({ status: 'confirmed', sequence: 2 })
  })

  it('are refused with ids of other characters, without times, and with an end before the start', async () => {
    await using emulator = await startEmulator()
    const { events } = createClient(emulator)
    const insert = (requestBody: object) => events.insert({ calendarId: DANA, requestBody })
    for (const id of ['abcd', 'wxyz12', 'abc-def', 'ABCDEF'])
      await expect(insert({ id, ...hour(15) })).rejects.toMatchObject(refusal(400, 'invalid'))
    await expect(insert({ start: hour(15).start })).rejects.toMatchObject(refusal(400, 'required'))
    const backwards = { start: hour(15).end, end: hour(15).start }
    await expect(insert(backwards)).rejects.toMatchObject(refusal(400, 'timeRangeEmpty'))
    await expect(insert({ ...hour(15), colour: 'red' })).rejects.toMatchObject(refusal(400, 'invalid'))
    expect(emulator.eventsOf(DANA)).toEqual([])
  })

  it('change only for those who know them as they are, where they say so', async () => {
    await using emulator = await startEmulator()
    const client = createClient(emulator)
    const { etag } = emulator.enter(DANA, { id: ID, ...hour(15) })
    emulator.change(DANA, ID, { summary: 'Changed meanwhile' })
    const update = (headers: Record<string, string>) =>
      client.events.update({ calendarId: DANA, eventId: ID, requestBody: hour(16) }, { headers })
    await expect(update({ 'If-Match': etag ?? '' })).rejects.toMatchObject(refusal(412, 'conditionNotMet'))
    const { data } = await update({ 'If-Match': emulator.eventsOf(DANA)[0]?.etag ?? '' })
    // What an update does not name is gone.
    expect(data.summary).toBeUndefined()
  })

  it('are listed where they overlap, page by page, without those that were cancelled', async () => {
    await using emulator = await startEmulator()
    const client = createClient(emulator)
    for (const from of [14, 15, 16, 17]) emulator.enter(DANA, { id: `event${from}`, ...hour(from) })
    emulator.change(DANA, 'event16', { status: 'cancelled' })
    const span = { timeMin: '2026-12-01T15:00:00Z', timeMax: '2026-12-01T12:00:00-06:00' }
    const query = { calendarId: DANA, ...span, singleEvents: true, orderBy: 'startTime', maxResults: 1 }
    const { data: first } = await client.events.list(query)
    const { data: second } = await client.events.list({ ...query, pageToken: first.nextPageToken ?? '' })
    expect([first, second].map(({ items }) => items?.map(({ id }) => id))).toEqual([['event15'], ['event17']])
    expect(second.nextPageToken).toBeUndefined()
  })

  it('are told from the last change on to those who keep a copy, deletions too; a copy too old starts anew', async () => {
    await using emulator = await startEmulator()
    const client = createClient(emulator)
    emulator.enter(DANA, { id: 'first', ...hour(15) })
    emulator.enter(DANA, { id: 'second', ...hour(16) })
    const syncToken = (await client.events.list({ calendarId: DANA })).data.nextSyncToken ?? ''
    emulator.change(DANA, 'first', { status: 'cancelled' })
    const { items } = (await client.events.list({ calendarId: DANA, syncToken })).data
    expect(items).toMatchObject([{ id: 'first', status: 'cancelled' }])
    const old = client.events.list({ calendarId: DANA, syncToken: '999' })
    await expect(old).rejects.toMatchObject(refusal(410, 'fullSyncRequired'))
  })

  it('are of no calendar that is not shared with us', async () => {
    await using emulator = await startEmulator()
    const list = createClient(emulator).events.list({ calendarId: 'stranger@example.com' })
    await expect(list).rejects.toMatchObject(refusal(404, 'notFound'))
  })
})

describe('free-busy, by the official client', () => {
  it('merges what overlaps or touches, cuts it to the span, and leaves out what takes no time', async () => {
    await using emulator = await startEmulator()
    for (const from of [14, 15]) emulator.enter(DANA, hour(from))
    emulator.enter(DANA, { ...hour(18), transparency: 'transparent' })
    emulator.enter(DANA, { ...hour(19), attendees: [{ email: DANA, self: true, responseStatus: 'declined' }] })
    emulator.enter(LEE, { start: { date: '2026-12-01' }, end: { date: '2026-12-02' } })
    const items = [{ id: DANA }, { id: LEE }, { id: 'stranger@example.com' }]
    const requestBody = { timeMin: '2026-12-01T14:30:00Z', timeMax: '2026-12-02T12:00:00Z', items }
    const { data } = await createClient(emulator).freebusy.query({ requestBody })
    expect(data.calendars).toEqual({
      [DANA]: { busy: [{ start: '2026-12-01T14:30:00Z', end: '2026-12-01T16:00:00Z' }] },
      // A day in New York.
      [LEE]: { busy: [{ start: '2026-12-01T14:30:00Z', end: '2026-12-02T05:00:00Z' }] },
      'stranger@example.com': { busy: [], errors: [{ domain: 'global', reason: 'notFound' }] },
    })
  })

  it('answers for no more than fifty calendars', async () => {
    await using emulator = await startEmulator()
    const items = [{ id: DANA }, ...Array.from({ length: 50 }, (_, at) => ({ id: `c${at}@example.com` }))]
    const requestBody = { timeMin: '2026-12-01T00:00:00Z', timeMax: '2026-12-02T00:00:00Z', items }
    const { data } = await createClient(emulator).freebusy.query({ requestBody })
    expect(data.calendars?.[DANA]?.errors).toMatchObject([{ reason: 'tooManyCalendarsRequested' }])
  })
})

describe('tokens', () => {
  it('are given to who signs with the key of the account, and to nobody else', async () => {
    await using emulator = await startEmulator()
    const forged = createClient({
      ...emulator,
      baseUrl: emulator.baseUrl,
      credentials: createServiceAccount().credentials,
    })
    await expect(forged.events.list({ calendarId: DANA })).rejects.toMatchObject({
      response: { data: { error: 'invalid_grant' } },
    })
    expect(emulator.requests).toEqual([{ operation: 'token', status: 400 }])
  })

  it('are asked for by every request, and refused once they are revoked', async () => {
    await using emulator = await startEmulator()
    const response = await fetch(`${emulator.baseUrl}/calendar/v3/calendars/${DANA}/events`)
    expect(response.status).toBe(401)
    const client = createClient(emulator)
    await client.events.list({ calendarId: DANA })
    emulator.revokeTokens()
    await expect(client.events.list({ calendarId: DANA })).rejects.toMatchObject(refusal(401, 'authError'))
  })
})

describe('faults', () => {
  it('befall the requests they name, as often as they say', async () => {
    await using emulator = await startEmulator()
    const client = createClient(emulator)
    emulator.faults.add({ fault: 'refuse', of: 'events.list', status: 403, reason: 'rateLimitExceeded', times: 2 })
    emulator.enter(DANA, { id: ID, ...hour(15) })
    for (const _ of [1, 2])
      await expect(client.events.list({ calendarId: DANA })).rejects.toMatchObject({
        response: { data: { error: { errors: [{ domain: 'usageLimits', reason: 'rateLimitExceeded' }] } } },
      })
    expect((await client.events.get({ calendarId: DANA, eventId: ID })).status).toBe(200)
    expect((await client.events.list({ calendarId: DANA })).status).toBe(200)
  })

  it.each([
    { fault: 'hang', when: 'before commit', kept: 0 },
    { fault: 'hang', when: 'after commit', kept: 1 },
    { fault: 'lose answer', kept: 1 },
  ] as const)('$fault $when leaves $kept event and no answer', async ({ kept, ...fault }) => {
    await using emulator = await startEmulator({ faults: [{ of: 'events.insert', ...fault }] })
    const { events } = createClient(emulator)
    const insert = events.insert({ calendarId: DANA, requestBody: hour(15) }, { timeout: 300 })
    await expect(insert).rejects.toMatchObject({ status: undefined })
    expect(emulator.eventsOf(DANA)).toHaveLength(kept)
  })
})
