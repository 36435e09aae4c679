import { expect, it } from 'vitest'
import { isEcho } from '../../src/call/echo-guard.ts'

const OVER = {
  heard: 'Our office is open every weekday. You find us at 12 Lantern Street in',
  unheard: 'Providence, next to the courthouse, and parking is free.',
}
const CHOICE = { heard: 'Would you like a fixed rate or an adjustable rate', unheard: 'loan?' }

it.each([
  ['the words just said', 'You find us at 12 Lantern Street'],
  ['with one word misheard', 'you find us at twelve Lantern Street'],
  ['with a word lost', 'find us 12 Lantern Street in'],
  ['reaching beyond what the carrier has confirmed', 'Lantern Street in Providence'],
  ['two words just said', 'Lantern Street'],
  ['one long word', 'Providence'],
])('[TT10] our own voice is known: %s', (_, text) => {
  expect(isEcho(text, OVER)).toBe(true)
})

it.each([
  ['yes', 'Yes.'],
  ['no', 'No'],
  ['a short word of ours', 'Street'],
  ['a question back', 'Lantern Street?'],
  ['other words with ours among them', 'Wait, is Lantern Street near the station?'],
  ['our words in another order', 'Street Lantern us find'],
  ['what we said long ago', 'our office is open every weekday'],
  ['nothing', ''],
])('[TT10] a caller is not taken for it: %s', (_, text) => {
  expect(isEcho(text, OVER)).toBe(false)
})

it('[TT10] a caller who chooses in our own words has a turn', () => {
  expect(isEcho('adjustable rate', CHOICE)).toBe(false)
  expect(isEcho('an adjustable rate', CHOICE)).toBe(false)
  expect(isEcho('Would you like a fixed rate or an', CHOICE)).toBe(true)
})

it('[TT10] holds in Spanish and Vietnamese', () => {
  expect(
    isEcho('abierta de lunes a viernes', {
      heard: 'La oficina está abierta de lunes a viernes',
      unheard: 'hasta las cinco.',
    }),
  ).toBe(true)
  expect(
    isEcho('Sí, gracias', { heard: 'La oficina está abierta de lunes a viernes', unheard: 'hasta las cinco.' }),
  ).toBe(false)
  expect(isEcho('văn phòng mở cửa lúc chín giờ', { heard: 'Văn phòng mở cửa lúc chín', unheard: 'giờ sáng.' })).toBe(
    true,
  )
})
