import { expect, it } from 'vitest'
import { isBackChannel } from '../../src/call/back-channel.ts'

const STATEMENT = { heard: 'A fixed rate stays the same', unheard: 'for the whole life of the loan.' }
const QUESTION = { heard: 'I can take a message. Shall I pass it on?', unheard: 'It goes to the office today.' }

it.each([
  'mhm',
  'Mm-hmm.',
  'Uh-huh, uh-huh.',
  'Right.',
  'Okay',
  'OK, got it.',
  'Yeah, yeah.',
  'I see',
  'All right.',
  'Sí.',
  'Ajá, claro.',
  'Vale',
  'De acuerdo.',
  'Dạ, vâng.',
  'Ừm',
  'Đúng rồi',
])('[TT11] %j over a statement lets us go on', (text) => {
  expect(isBackChannel(text, STATEMENT)).toBe(true)
})

it.each([
  '',
  'Yes.',
  'No.',
  'Okay, wait.',
  'Right, but what about taxes?',
  'Okay?',
  'Yeah, I want that.',
  'okay okay okay okay okay',
  'Stop',
  'Sí, pero espere',
  'Không',
])('[TT11] %j over a statement is no back-channel', (text) => {
  expect(isBackChannel(text, STATEMENT)).toBe(false)
})

it.each([
  ['after its end', QUESTION],
  ['a word before its end', { heard: 'Shall I pass it', unheard: 'on? It goes to the office.' }],
  ['in Spanish', { heard: '¿Quiere que lo anote?', unheard: 'Se lo paso a la oficina.' }],
])('[TT11] "yeah" to a question is an answer: %s', (_, over) => {
  expect(isBackChannel('Yeah', over)).toBe(false)
})

it('[TT11] "okay" to the last word we had to say is an answer, and to a question of long ago it is none', () => {
  expect(isBackChannel('Okay', { heard: 'We close at five', unheard: 'sharp.' })).toBe(false)
  expect(
    isBackChannel('Okay', { heard: 'Shall I? I can take a message for the office', unheard: 'and they call you.' }),
  ).toBe(true)
})
