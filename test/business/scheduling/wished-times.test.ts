import { expect, it } from 'vitest'
import { sinceWishedDay, wishedSpans } from '../../../src/business/scheduling/wished-times.ts'

const NOW = Date.parse('2026-10-30T12:00-04:00')
const WISH = { timeZone: 'America/New_York', date: undefined, from: undefined, until: undefined }
const RANGE = { now: NOW, daysAhead: 3 }

it('a wished afternoon is that of the clock, before and after it jumps', () => {
  const spans = wishedSpans({ ...WISH, from: '13:00', until: '17:00' }, RANGE)
  expect(spans.map(({ startsAt }) => new Date(startsAt).toISOString())).toEqual([
    '2026-10-30T17:00:00.000Z',
    '2026-10-31T17:00:00.000Z',
    '2026-11-01T18:00:00.000Z',
    '2026-11-02T18:00:00.000Z',
  ])
})

it('a wished day is the whole of it, 25 hours where it has them', () => {
  const day = { ...WISH, date: '2026-11-01' }
  const [span] = wishedSpans(day, RANGE)
  expect((span?.endsAt ?? 0) - (span?.startsAt ?? 0)).toBe(25 * 60 * 60_000)
  expect(sinceWishedDay(day)[0]?.startsAt).toBe(span?.startsAt)
})

it('what is no date and no time counts as not said', () => {
  const spans = wishedSpans({ ...WISH, date: '2026-02-31', from: 'noon', until: '5 pm' }, RANGE)
  expect(spans).toEqual(wishedSpans(WISH, RANGE))
})
