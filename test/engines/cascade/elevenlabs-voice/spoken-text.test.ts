import { expect, it } from 'vitest'
import { SpokenText } from '../../../../src/engines/cascade/elevenlabs-voice/spoken-text.ts'

/** An alignment that spends 10 ms on each character. */
function aligned(text: string) {
  const chars = [...text]
  return { chars, startsMs: chars.map((_, at) => at * 10), durationsMs: chars.map(() => 10) }
}

it('adds up chunks, whose times begin at nought each', () => {
  const text = new SpokenText()
  text.add('Hi there. ')
  expect(text.follow(aligned('Hi '), 40)).toEqual([{ chars: 2, ms: 20 }])
  text.add('Bye. ')
  expect(text.follow(aligned('there. Bye.'), 120)).toEqual([
    { chars: 9, ms: 40 + 60 },
    { chars: 14, ms: 40 + 110 },
  ])
})

it('goes on behind a chunk without times', () => {
  const text = new SpokenText()
  text.add('One. Two. ')
  expect(text.follow(undefined, 500)).toEqual([])
  expect(text.follow(aligned('Two.'), 100)).toEqual([{ chars: 9, ms: 540 }])
})

it('is not led astray by spaces nobody sent, or by characters left out', () => {
  const text = new SpokenText()
  text.add('A — dash, “quoted”. ')
  const last = text.follow(aligned(' A  dash,  quoted.'), 200).at(-1)
  expect(last).toEqual({ chars: 'A — dash, “quoted”.'.length, ms: 180 })
})

it('counts a word that spans two chunks when it is whole', () => {
  const text = new SpokenText()
  text.add('Morning. ')
  expect(text.follow(aligned('Morn'), 40).at(-1)?.chars).toBe(4)
  expect(text.follow(aligned('ing.'), 40)).toEqual([{ chars: 8, ms: 80 }])
})
