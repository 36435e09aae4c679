import { describe, expect, it } from 'vitest'
import { factsIn } from '../../../src/pipeline/facts/facts-in.ts'

const NAME = 'May I have your full name, please?'
const STATE = 'And which state is the property in?'
const USE = 'Will it be your primary residence, a second home or an investment?'
const PURPOSE = 'Is this for a purchase or a refinance?'
const NUMBER = "What's the best number to reach you at?"
const TIME = 'When would be a good time to call you?'

const said = (text: string, prompt?: string) =>
  Object.fromEntries(factsIn(text, prompt).map(({ key, value }) => [key, value]))

describe('a caller states', () => {
  it.each([
    ["hi my name is elena vasquez and i'm calling about a loan", undefined, 'Elena Vasquez'],
    ['This is Owen Baxter, I called earlier.', undefined, 'Owen Baxter'],
    ["Sure, it's Nadia Petrova.", NAME, 'Nadia Petrova'],
    ["um, kevin o'hara", NAME, "Kevin O'Hara"],
    ["My name is not Dan, it's Dean Foster", undefined, 'Dean Foster'],
    ['Me llamo Lucía de la Vega y quiero información', undefined, 'Lucía de la Vega'],
    ['soy Tomás Ibarra', '¿Me puede decir su nombre?', 'Tomás Ibarra'],
  ])('their name: %s', (text, prompt, name) => {
    expect(said(text, prompt)).toMatchObject({ name })
  })

  it.each([
    ['We are hoping to buy a small house near the lake', undefined, 'purchase'],
    ["I'd like to refinance, not buy", undefined, 'refinance'],
    ['We want to tap our home equity', undefined, 'home equity'],
    ["we're going to build a cabin up there", undefined, 'construction'],
    ['my dad is interested in a reverse mortgage', undefined, 'reverse mortgage'],
    ['Buying.', PURPOSE, 'purchase'],
    ["a purchase, no wait, it's a refi", PURPOSE, 'refinance'],
    ['queremos comprar nuestra primera casa', undefined, 'purchase'],
  ])('what the loan is for: %s', (text, prompt, purpose) => {
    expect(said(text, prompt)).toMatchObject({ 'loan purpose': purpose })
  })

  it.each([
    ['The house is in Tulsa, Oklahoma', undefined, 'Oklahoma'],
    ['West Virginia.', STATE, 'West Virginia'],
    ['not Kansas, Arkansas', STATE, 'Arkansas'],
    ["It's in Utah, I mean Nevada", STATE, 'Nevada'],
    ["I live in Ohio but we're buying in South Carolina", undefined, 'South Carolina'],
    ['It would be a condo in Tampa, FL', undefined, 'Florida'],
    ['la propiedad está en Nuevo México', undefined, 'New Mexico'],
  ])('the state of the property: %s', (text, prompt, state) => {
    expect(said(text, prompt)).toMatchObject({ 'property state': state })
  })

  it.each([
    ["We'd rent it out by the week", undefined, 'investment'],
    ["No, it's a vacation home", USE, 'second home'],
    ["it's not a rental property, we're going to live in it", undefined, 'primary residence'],
    ['Primary.', USE, 'primary residence'],
    ['es para alquilar', USE, 'investment'],
  ])('how the property is used: %s', (text, prompt, use) => {
    expect(said(text, prompt)).toMatchObject({ 'property use': use })
  })

  it.each([
    ['six one four, five five five, oh one double nine', NUMBER, '+16145550199'],
    ['You can call me back at (614) 555-0123 please', undefined, '+16145550123'],
    ["not 614 555 0123, it's 740 555 0188", NUMBER, '+17405550188'],
    ['mi número es seis uno cuatro cinco cinco cinco cero uno dos dos', undefined, '+16145550122'],
  ])('the number to call back: %s', (text, prompt, number) => {
    expect(said(text, prompt)).toMatchObject({ 'call-back number': number })
  })

  it.each([
    ['Tomorrow after three.', TIME, 'tomorrow after three'],
    ['could somebody call me next Tuesday morning', undefined, 'next tuesday morning'],
    ['weekday evenings are best for me', TIME, 'weekday evenings'],
    ['Not Monday, Thursday at ten thirty works', undefined, 'thursday at ten thirty'],
    ['¿pueden llamarme el jueves por la tarde?', undefined, 'jueves por la tarde'],
  ])('when it suits them: %s', (text, prompt, time) => {
    expect(said(text, prompt)).toMatchObject({ 'time wish': time })
  })

  it.each([
    ['We close on Friday and nobody answers me', 'urgent'],
    ['I need that letter by tomorrow', 'urgent'],
    ['lo necesito lo antes posible', 'urgent'],
    ["There's no rush", 'no hurry'],
  ])('how urgent it is: %s', (text, urgency) => {
    expect(said(text)).toMatchObject({ urgency })
  })
})

describe('nothing is taken from', () => {
  it.each([
    ["I'm calling about my loan"],
    ['This is taking forever'],
    ["I'd rather not say", NAME],
    ["my wife's name is Carol"],
    ['My name is on the deed'],
    ['I live in Ohio'],
    ["It's at 40 Virginia Avenue"],
    ['OK', STATE],
    ['What is a reverse mortgage?'],
    ['what are rates today'],
    ['I paid on Monday'],
    ['I called you yesterday morning'],
    ['My account number is 6145550123'],
    ['4 1 1', NUMBER],
    ['How are you today?'],
  ])('%s', (text, prompt?: string) => {
    expect(factsIn(text, prompt)).toEqual([])
  })

  it.each([
    'I make eighty thousand a year and my credit score is 710',
    'My social is 219 09 9999',
    "I'm a single mother from Guatemala and I'm sixty two years old",
    'I owe twelve thousand dollars on my cards',
    "We're married, I'm Catholic and my wife is pregnant",
  ])('[C11, C14] what nobody may collect: %s', (text) => {
    expect(factsIn(text)).toEqual([])
  })
})

it('takes several facts of one breath', () => {
  expect(said("I'm Grace Lindholm, and I want to buy a house in Boise, Idaho as soon as possible.")).toEqual({
    name: 'Grace Lindholm',
    'loan purpose': 'purchase',
    'property state': 'Idaho',
    urgency: 'urgent',
  })
})

it('ends with words without end', () => {
  for (const words of ['not in the ', 'my name is ', 'five ', 'next monday at ', 'A ', 'aaaa']) {
    expect(() => factsIn(words.repeat(20_000), `${NAME} ${NUMBER} ${TIME} ${STATE}`)).not.toThrow()
  }
})
