import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { SignReader } from '../../../src/pipeline/injection/injection-signs.ts'
import { readPassages } from '../../../src/pipeline/injection/passages.ts'

const TEXTS = new URL('../../../scripts/training/texts/', import.meta.url)
const lines = (file: string) => readFileSync(new URL(file, TEXTS), 'utf8').split('\n')

it('finds in each passage of a text what it finds in the passage by itself', () => {
  const long = lines('injection-orders.txt').map((line, at, all) => `${line}. ${all[(at * 7) % all.length]}, ${line}`)
  let signs = 0
  for (const text of long) {
    const { passages } = readPassages(text)
    const reader = new SignReader(passages[0]!)
    for (const passage of passages) {
      const alone = new SignReader(passage)
      expect(reader.signsIn(passage), passage).toEqual(alone.signsIn(passage))
      expect(reader.isSureOrder(passage), passage).toBe(alone.isSureOrder(passage))
      signs += alone.signsIn(passage).length
    }
  }
  expect(signs).toBeGreaterThan(1_000)
})
