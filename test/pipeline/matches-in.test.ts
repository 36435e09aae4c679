import { expect, it } from 'vitest'
import { matchesIn } from '../../src/pipeline/matches-in.ts'

it.each([
  ['one two three', /\w+/g],
  ['aab', /a*/g],
  ['', /x?/g],
  ['nothing here', /\d/g],
  ['é 😀 é', /\p{L}|(?=😀)/gu],
  ['😀😀', /x?/gu],
])('finds in "%s" what matchAll finds with %s, every time', (text, pattern) => {
  const found = [...text.matchAll(pattern)]
  expect(matchesIn(text, pattern)).toEqual(found)
  expect(matchesIn(text, pattern)).toEqual(found)
})
