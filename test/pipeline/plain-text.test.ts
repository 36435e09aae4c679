import { expect, it } from 'vitest'
import { partRead, plainText } from '../../src/pipeline/plain-text.ts'

it('reads an utterance whole, and of a very long one how it begins and how it ends, in whole words', () => {
  const usual = 'I would like to know what happened to my payment '.repeat(9).trim()
  expect(partRead(usual)).toBe(usual)
  const read = partRead(`first of all ${'and then they said something '.repeat(2_000)}that is all`)
  expect(read.length).toBeLessThan(490)
  expect(read).toMatch(/^first of all and then .* that is all$/)
  expect(read.replace(' … ', ' ')).toMatch(/^first of all(?: and| then| they| said| something)+ that is all$/)
  expect(partRead('好'.repeat(5_000)).length).toBeGreaterThan(470)
})

it('gives each text its own plain form, in whatever order they are asked for', () => {
  const texts = ['It’s  ＯＫ', 'My Name', 'It’s  ＯＫ', 'Third', 'My Name', '']
  expect(texts.map(plainText)).toEqual(["it's ok", 'my name', "it's ok", 'third', 'my name', ''])
})
