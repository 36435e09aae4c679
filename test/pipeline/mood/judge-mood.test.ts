import { expect, it } from 'vitest'
import { judgeMood } from '../../../src/pipeline/mood/judge-mood.ts'
import { CALM, FRUSTRATED } from './held-out.ts'

const frustration = (text: string) => judgeMood(text).frustration
const score = (text: string) => judgeMood(text).score

it('tells the frustrated from the calm in utterances it was not made from, in 15 languages', () => {
  const wins = FRUSTRATED.flatMap((angry) =>
    CALM.map((calm) => (Math.sign(frustration(angry) - frustration(calm)) + 1) / 2),
  )
  expect(wins.reduce((sum, win) => sum + win, 0) / wins.length).toBeGreaterThan(0.88)
  expect(CALM.filter((text) => frustration(text) >= 0.7).length).toBeLessThanOrEqual(1)
})

it('hears frustration where no word is bad', () => {
  expect(frustration('I already sent that to you twice')).toBeGreaterThan(0.5)
  expect(frustration('I sent that to you this morning')).toBeLessThan(0.3)
})

it('hears a complaint between calm sentences', () => {
  const calm = ['Yes, this is Paul.', 'My address is still the one on Harbor Road.', 'I have the blue card.']
  const complaint = "It's always something with you people."
  const between = frustration(`${calm[0]} ${calm[1]} ${complaint} ${calm[2]}`)
  expect(between).toBeGreaterThan(frustration(calm.join(' ')) + 0.3)
  expect(between).toBeLessThan(frustration(complaint))
})

it('makes no difference between days, numbers and papers', () => {
  expect(frustration('you told me Monday and here it is Thursday')).toBe(
    frustration('you told me Tuesday and here it is Friday'),
  )
  expect(frustration('twenty five days for one letter')).toBe(frustration('fifty days for one form'))
})

it('takes a negated word for the other side, and less of it', () => {
  expect(score('this is not good')).toBeLessThan(0)
  expect(score('not bad')).toBeGreaterThan(0)
  expect(score('not bad')).toBeLessThan(score('good'))
})

it('weighs degree, shouting and exclamation', () => {
  expect(score('very good')).toBeGreaterThan(score('good'))
  expect(score('this is TERRIBLE')).toBeLessThan(score('this is terrible'))
  expect(score('this is terrible!!')).toBeLessThan(score('this is terrible'))
})

it('does not read other languages as English', () => {
  expect(score('die Unterlagen sind da')).toBe(0)
  expect(frustration('die Unterlagen liegen in der Post')).toBeLessThan(0.2)
})

it('names what it was judged by', () => {
  expect(judgeMood('I want to file a complaint, nobody ever called me back').cues).toEqual(
    expect.arrayContaining(['complaint or court', 'nobody answers']),
  )
})

it('survives any text', () => {
  for (const text of ['', ' ', '!!!', '😀', 'no '.repeat(50_000), 'a'.repeat(100_000)]) {
    expect(frustration(text)).toBeGreaterThanOrEqual(0)
    expect(frustration(text)).toBeLessThanOrEqual(1)
  }
})
