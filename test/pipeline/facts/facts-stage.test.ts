import { expect, it } from 'vitest'
import { createFactsStage } from '../../../src/pipeline/facts/facts-stage.ts'
import type { Finding, Stage } from '../../../src/pipeline/stage.ts'

const caller = (stage: Stage, text: string, prompt?: string) =>
  stage.hear({ by: 'caller', text, atMs: 0, ...(prompt === undefined ? {} : { prompt }) })
const agent = (stage: Stage, text: string) => stage.hear({ by: 'agent', text, atMs: 0 })

const ASKS_NUMBER = 'What number can we call you back on?'
const NUMBER = '+16145550123'

it('tells a fact when it is new and when it changes, and no oftener', () => {
  const stage = createFactsStage()
  expect(caller(stage, 'The house is in Ohio')).toEqual([{ type: 'fact stated', key: 'property state', value: 'Ohio' }])
  expect(caller(stage, 'As I said, the house is in Ohio')).toEqual([])
  expect(caller(stage, 'Sorry, the house is in Iowa')).toEqual([
    { type: 'fact stated', key: 'property state', value: 'Iowa' },
  ])
})

it.each([
  ['in figures', 'I have 614-555-0123. Is that right?', 'Yes.'],
  ['in words', 'So that is six one four, five five five, oh one two three, correct?', "That's right"],
  ['in Spanish', 'Es el seis uno cuatro, cinco cinco cinco, cero uno dos tres, ¿correcto?', 'Sí, correcto'],
])('takes a number for confirmed that was read back %s and agreed to', (_, readBack, answer) => {
  const stage = createFactsStage()
  caller(stage, '614 555 0123', ASKS_NUMBER)
  expect(agent(stage, readBack)).toEqual([])
  expect(caller(stage, answer, readBack)).toEqual([{ type: 'fact confirmed', key: 'call-back number', value: NUMBER }])
})

it('confirms all that was read back at once', () => {
  const stage = createFactsStage()
  caller(stage, 'My name is Ines Duarte and we want to buy a house in Maine')
  agent(stage, "So you're Ines Duarte, and you'd like to buy a home in Maine, is that right?")
  expect(caller(stage, 'yes exactly').map((finding) => 'key' in finding && finding.key)).toEqual([
    'name',
    'loan purpose',
    'property state',
  ])
})

it.each([
  ['something else was read back', 'I have 614-555-0199. Is that right?', 'Yes'],
  ['it was only named in passing', 'Thanks, I noted 614-555-0123.', 'Yes'],
  ['the caller says no', 'I have 614-555-0123. Is that right?', 'No'],
  ['the agreement has a but', 'I have 614-555-0123. Is that right?', 'Yes, but not in the morning'],
  ['the caller talks of other things', 'I have 614-555-0123. Is that right?', 'How long does it take?'],
])('confirms nothing when %s', (_, readBack, answer) => {
  const stage = createFactsStage()
  caller(stage, '614 555 0123', ASKS_NUMBER)
  agent(stage, readBack)
  expect(caller(stage, answer).filter(({ type }) => type === 'fact confirmed')).toEqual([])
  expect(caller(stage, 'Yes').filter(({ type }) => type === 'fact confirmed')).toEqual([])
})

it('replaces what the caller corrects, and waits for it to be confirmed again', () => {
  const stage = createFactsStage()
  const stated: Finding = { type: 'fact stated', key: 'call-back number', value: '+16145550188' }
  caller(stage, '614 555 0123', ASKS_NUMBER)
  agent(stage, 'I have 614-555-0123. Is that right?')
  expect(caller(stage, "No, it's 614 555 0188")).toEqual([stated])
  agent(stage, '614-555-0188, is that right?')
  expect(caller(stage, 'Correct.')).toEqual([{ ...stated, type: 'fact confirmed' }])
})

it('goes on after a crash with what was found before', () => {
  const stage = createFactsStage([
    { type: 'fact stated', key: 'name', value: 'Ines Duarte' },
    { type: 'fact stated', key: 'property state', value: 'Maine' },
    { type: 'fact confirmed', key: 'property state', value: 'Maine' },
  ])
  expect(caller(stage, 'My name is Ines Duarte')).toEqual([])
  agent(stage, 'Ines Duarte, and the home is in Maine, right?')
  expect(caller(stage, 'Yes')).toEqual([{ type: 'fact confirmed', key: 'name', value: 'Ines Duarte' }])
})
