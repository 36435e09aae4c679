import { expect, it } from 'vitest'
import { tellByText } from '../../../src/business/scheduling/appointment-texts.ts'
import { loadTextBook } from '../../../src/business/texting/text-book.ts'
import { createTexts } from '../../../src/business/texting/texts.ts'
import { describeOnEachDatabase } from '../../fakes/databases.ts'

const ADA = '+16175550123'
const book = loadTextBook({
  textsFile: 'config/texts.yaml',
  company: 'Hearthline',
  nmlsId: '1234567',
  phone: '+16175550100',
})

describeOnEachDatabase('a text that asks to choose again', (newPlace) => {
  // With one time left it named none, and a yes to it booked a time that nobody had read.
  it.each([
    ['none', {}, /another day/],
    ['one', { first: 'Monday at 3 PM' }, /Monday at 3 PM.*Reply 1 to take it/],
    ['two', { first: 'Monday at 3 PM', second: 'Tuesday at 9 AM' }, /1\) Monday at 3 PM or 2\) Tuesday at 9 AM/],
  ])('names every time an answer can mean: %s', async (_, times, named) => {
    await using place = await newPlace()
    await using database = await place.open()
    const text = {
      key: 'k',
      number: ADA,
      template: 'choose again',
      language: 'en-US',
      callId: undefined,
      at: 1,
    } as const
    const values = { when: 'Friday at 1 PM', officer: 'Dana Lee', ...times }
    await database
      .transaction()
      .execute((transaction) => tellByText(book)(transaction, { ...text, values, appointmentId: 'appointment_1' }))
    const [told] = await createTexts(database).ofContact(ADA, { limit: 1 })
    expect(told?.body).toMatch(named)
  })
})
