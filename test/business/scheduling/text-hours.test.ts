import { expect, it } from 'vitest'
import { textPlacesOf } from '../../../src/business/scheduling/text-hours.ts'
import { schedulingSchema } from '../../../src/config/scheduling-schema.ts'

const hours = schedulingSchema.parse({}).reminderHours
const BOSTON = '+16175550123'

it('texts go by the clock of the number and by the one its owner was told', () => {
  const zonesOf = (timeZone: string) => textPlacesOf({ number: BOSTON, timeZone }, hours).map((place) => place.timeZone)
  expect(zonesOf('America/Los_Angeles')).toEqual(['America/Los_Angeles', 'America/New_York'])
  expect(zonesOf('America/New_York')).toEqual(['America/New_York'])
})

it('texts have other hours on Sundays', () => {
  const [place] = textPlacesOf({ number: BOSTON, timeZone: 'America/New_York' }, hours)
  const ofWeek = [1, 2, 3, 4, 5, 6, 7].map((dayOfWeek) => place?.hoursOn(dayOfWeek))
  expect(ofWeek).toEqual([...Array.from({ length: 6 }, () => hours.mondayToSaturday), hours.sunday])
})
