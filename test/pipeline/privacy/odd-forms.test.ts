import { expect, it } from 'vitest'
import { PrivateTalk } from '../../../src/pipeline/privacy/private-talk.ts'
import { hideInMessage } from '../../../src/pipeline-house.ts'

/** As models write them, as they are pasted into texts, and as they are typed on several lines. */
const MARKS = [
  '\u00a0',
  '\u202f',
  '\u2007',
  '\u2009',
  '\u3000',
  '\u2010',
  '\u2011',
  '\u2212',
  '\u200b',
  '\u2060',
  '\u00ad',
  '•',
  '·',
  '\n',
]

it.each(MARKS.map((mark) => [JSON.stringify(mark), mark.codePointAt(0)?.toString(16), mark]))(
  '[S24] hides numbers whose pieces stand apart by %s (U+%s)',
  (_, __, mark) => {
    expect(hideInMessage(['219', '09', '9999'].join(mark))).toBe('[SSN]')
    expect(hideInMessage(['5555', '3412', '1212', '9908'].join(mark))).toBe('[card]')
    expect(hideInMessage(`my account number is ${['8820', '4491'].join(mark)}`)).toBe('my account number is [account]')
  },
)

it.each([
  ['call me about 219-09-9999', 'call me about [SSN]'],
  ['My number is 219 09 9999', 'My number is [SSN]'],
  ['please call back regarding 219099999', 'please call back regarding [phone]'],
  ['call about five three seven two one nine four six eight', 'call about [phone]'],
  ['Ann Lee 05/09/1971', 'Ann Lee [date of birth]'],
  ['Ann Lee May 9, 1971', 'Ann Lee [date of birth]'],
])('[S24] does not take "%s" for a way to reach somebody', (said, kept) => {
  expect(hideInMessage(said)).toBe(kept)
})

it.each([
  'call me at 617-555-0123',
  'my number is (617) 555-0123',
  'call +34 612 345 678',
  'call 555-0123',
  'June Seven',
])('keeps %s', (said) => {
  expect(hideInMessage(said)).toBe(said)
})

it('[S24] hides what a model puts into the name of an argument', () => {
  expect(new PrivateTalk().hideJson('{"card 5555341212129908":"yes","about":"refinancing"}')).toBe(
    '{"card [card]":"yes","about":"refinancing"}',
  )
})
