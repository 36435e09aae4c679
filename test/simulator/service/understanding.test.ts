import { expect, it } from 'vitest'
import { languagesOf, type SpokenWord, textOf, understand } from '../../../src/simulator/service/understanding.ts'

const words = (text: string, language: string): SpokenWord[] =>
  text.split(' ').map((word) => ({ text: word, language }))
const MIXED = [...words('Gracias', 'es'), ...words('how are you', 'en')]

it('understands the languages it knows, and all where none are named', () => {
  expect(understand(MIXED, ['en', 'es'])).toEqual(MIXED)
  expect(understand(MIXED, undefined)).toEqual(MIXED)
  expect(languagesOf(MIXED)).toEqual(['en', 'es'])
})

it('hears a language it does not know as as many words of its own, always the same', () => {
  const spanish = words('La casa está en Houston', 'es')
  const heard = understand(spanish, ['en'])
  expect(heard).toHaveLength(spanish.length)
  expect(languagesOf(heard)).toEqual(['en'])
  expect(textOf(heard)).not.toMatch(/casa|está|Houston/)
  expect(understand(spanish, ['en'])).toEqual(heard)
  expect(textOf(understand(words('hello there', 'en'), ['vi']))).not.toMatch(/hello|there/)
})
