import { describe, expect, it } from 'vitest'
import { readReply } from '../../../src/business/texting/read-reply.ts'

/** Friday, November 20, 2026, 10 in the morning on the east coast. */
const read = (text: string, wasOffered = false) =>
  readReply(text, { at: Date.UTC(2026, 10, 20, 15), zoneOffsetMinutes: -300, wasOffered })

describe('a reply', () => {
  it.each([
    ['1', 1],
    ['2.', 2],
    ['Option 1 please', 1],
    ["I'll take the second one", 2],
    ['la primera', 1],
    ['dos', 2],
  ])('"%s" chooses %i', (text, number) => {
    expect(read(text)).toEqual({ means: 'choice', number })
  })

  it.each(['Yes', 'yep!', 'OK thanks', 'Sí', 'si, gracias', 'confirmo', '👍'])('"%s" is a yes', (text) => {
    expect(read(text)).toEqual({ means: 'yes' })
  })

  it.each(['No', 'nope, sorry', "I can't make it", 'cancel my appointment', 'no puedo, gracias'])(
    '"%s" is a no',
    (text) => {
      expect(read(text)).toEqual({ means: 'no' })
    },
  )

  it.each([
    ['can we do Thursday', '2026-11-26', undefined, undefined],
    ['el jueves', '2026-11-26', undefined, undefined],
    ['Thursday afternoon?', '2026-11-26', '12:00', '17:00'],
    ['¿Podemos el jueves por la tarde?', '2026-11-26', '12:00', '17:00'],
    ['how about tomorrow at 3pm', '2026-11-21', '15:00', '17:00'],
    ['podemos a las 4 de la tarde?', undefined, '16:00', '18:00'],
    ['mañana por la mañana', '2026-11-21', '07:00', '12:00'],
    ['December 5', '2026-12-05', undefined, undefined],
  ])('"%s" wishes for a time', (text, date, from, until) => {
    expect(read(text)).toEqual({ means: 'wish', wish: { date, from, until } })
  })

  it('of a bare day among few words is a wish when a time was offered', () => {
    expect(read('Thursday suits me more', true)).toMatchObject({ means: 'wish', wish: { date: '2026-11-26' } })
    expect(read('Thursday suits me more')).toEqual({ means: 'other' })
  })

  it.each([
    'My Thursday paycheck came in, do I have to upload it?',
    'I sent the documents on Monday',
    'I closed on 5/12',
    'I have 2 kids',
    'Do I need 20% down?',
    'What do you need?',
    '12345',
    '',
    `can we do Thursday ${'really '.repeat(100)}`,
  ])('"%s" is for a person to read', (text) => {
    expect(read(text)).toEqual({ means: 'other' })
  })
})
