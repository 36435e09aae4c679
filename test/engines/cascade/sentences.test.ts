import { expect, it } from 'vitest'
import { SentenceSplitter } from '../../../src/engines/cascade/sentences.ts'

/** The pieces of a text that streams in a few characters at a time, as tokens do. */
function piecesOf(text: string, step = 3): string[] {
  const splitter = new SentenceSplitter()
  const pieces: string[] = []
  for (let at = 0; at < text.length; at += step) pieces.push(...splitter.add(text.slice(at, at + step)))
  return [...pieces, ...splitter.rest()]
}

it.each([
  ['sentences', 'Sure. Which day suits you? Great!', ['Sure. ', 'Which day suits you? ', 'Great! ']],
  ['no end inside a number', 'The rate is 6.5 percent. Fixed.', ['The rate is 6.5 percent. ', 'Fixed. ']],
  [
    'no end after an abbreviation',
    'Ask Dr. Lee at 5 Main St. today. Bye.',
    ['Ask Dr. Lee at 5 Main St. today. ', 'Bye. '],
  ],
  ['nor after an initial', 'I am J. Doe. Hello.', ['I am J. Doe. ', 'Hello. ']],
  ['nor after the number of a list', '1. Call us.\n2. Wait.', ['1. Call us. ', '2. Wait. ']],
  ['times of day go on', 'We open at 9 a.m. every day. Come.', ['We open at 9 a.m. every day. ', 'Come. ']],
  ['closing quotes belong to the sentence', 'He said "no." Then he left.', ['He said "no." ', 'Then he left. ']],
  ['Spanish', '¿Cómo está? El Sr. Paz llama. Sí.', ['¿Cómo está? ', 'El Sr. Paz llama. ', 'Sí. ']],
  ['several marks are one end', 'Wait... what?! Yes.', ['Wait... ', 'what?! ', 'Yes. ']],
  ['line breaks end a piece, markup is not spoken', '**First**\n- second', ['First ', '- second ']],
  ['white space is single', 'One.\n\n  Two   three.', ['One. ', 'Two three. ']],
  ['nothing', '  \n ', []],
])('%s', (_what, text, pieces) => {
  for (const step of [1, 3, 1_000]) expect(piecesOf(text, step)).toEqual(pieces)
})

it('lets the first piece go at a comma when it is long enough to be worth it, and no later one', () => {
  const text =
    'I can certainly help you with that refinance, and with everything else that comes with it, if I may. So, shall we?'
  expect(piecesOf(text)).toEqual([
    'I can certainly help you with that refinance, ',
    'and with everything else that comes with it, if I may. ',
    'So, shall we? ',
  ])
  expect(piecesOf('Yes, it is 350,000 dollars.')).toEqual(['Yes, it is 350,000 dollars. '])
})

it('says nothing before an end is certain', () => {
  const splitter = new SentenceSplitter()
  expect(splitter.add('It is 6.')).toEqual([])
  expect(splitter.add('5 now.')).toEqual([])
  expect(splitter.add(' ')).toEqual(['It is 6.5 now. '])
  expect(splitter.rest()).toEqual([])
})
