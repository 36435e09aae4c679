import { expect, it } from 'vitest'
import { Recent } from '../../src/lib/recent.ts'

/** Works out the length of a text, and keeps which it did. */
function lengths(most: number) {
  const recent = new Recent<number>(most)
  const worked: string[] = []
  const lengthOf = (text: string) =>
    recent.of(text, () => {
      worked.push(text)
      return text.length
    })
  return { lengthOf, worked }
}

it('works out once what is asked for again', () => {
  const { lengthOf, worked } = lengths(2)
  expect([lengthOf('one'), lengthOf(''), lengthOf('one'), lengthOf('')]).toEqual([3, 0, 3, 0])
  expect(worked).toEqual(['one', ''])
})

it('forgets the oldest when there are more than it may keep', () => {
  const { lengthOf, worked } = lengths(2)
  for (const text of ['a', 'b', 'c', 'b', 'a']) lengthOf(text)
  expect(worked).toEqual(['a', 'b', 'c', 'a'])
})
