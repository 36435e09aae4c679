import { describe, expect, it } from 'vitest'
import { asksForNumber, digitsAtEnd, isUnfinishedNumber } from '../../src/lib/spoken-numbers.ts'

const PHONE = 'I can do that. What is the best phone number to reach you?'
const LOAN = 'Could you give me your loan number? It is on your statement.'
const EMAIL = 'And what is your e-mail address?'
const ZIP = "What's the ZIP code of the property?"
const YEAR = 'In which year was the house built?'
const TELEFONO = '¿Cuál es su número de teléfono?'

describe('the digits a text ends with', () => {
  it.each([
    ['nine one seven, five five five', '917555'],
    ['It is 917-555-0123.', '9175550123'],
    ['area code 917, then 555', '917555'],
    ['five double two oh one', '52201'],
    ['triple zero four', '0004'],
    ['one eight hundred, five five five', '1800555'],
    ['twenty three fifteen', '2315'],
    ['twenty oh five', '2005'],
    ['nueve uno siete, cinco cinco cinco', '917555'],
    ['novecientos diecisiete, cincuenta y cinco', '91755'],
    ['doble dos cero', '220'],
    ['I have 2 kids', ''],
    ['', ''],
  ])('%j: %j', (text, digits) => {
    expect(digitsAtEnd(text)).toBe(digits)
  })
})

describe('a caller in the middle of a number', () => {
  it.each([
    ['nine one seven, five five five', ''],
    ['My number is 917-555', ''],
    ['my loan number is', ''],
    ['It is j o h n', ''],
    ['j-o-h-n at gmail', ''],
    ['mi teléfono es', ''],
    ['Nine one seven.', PHONE],
    ['917 555 01', PHONE],
    ['1-917-555-012', PHONE],
    ['Sure, it is', PHONE],
    ['Um, hold on.', PHONE],
    ['Four four', LOAN],
    ['one two three four five six seven eight', LOAN],
    ['021', ZIP],
    ['j o h n', EMAIL],
    ['john smith', EMAIL],
    ['john dot smith at', EMAIL],
    ['john@gmail', EMAIL],
    ['nueve uno siete, cinco cinco cinco', TELEFONO],
    ['A ver', TELEFONO],
    ['juan arroba', '¿Me puede dar su correo electrónico?'],
  ])('%j after %j', (text, agentSaid) => {
    expect(isUnfinishedNumber(text, agentSaid)).toBe(true)
  })
})

describe('a caller who has finished', () => {
  it.each([
    ['nine one seven, five five five, oh one two three', ''],
    ['I want to borrow 350,000', ''],
    ['born 07/18/1992', ''],
    ['The rate is six point one two five', ''],
    ['my social is 000-12-3456', ''],
    ['Email me at ann.brown at example.com.', EMAIL],
    ['It is 1111081471', LOAN],
    ['We bought it in 2019.', ''],
    ['about five hundred', ''],
    ['three hundred thousand', ''],
    ['I have two', ''],
    ['two kids and a dog', ''],
    ['What do I need for a loan?', ''],
    ['', ''],
    ['917 555 0123', PHONE],
    ['nine one seven double five five oh one two three', PHONE],
    ['1 917 555 0123', PHONE],
    ['I would rather not say.', PHONE],
    ['Why do you need that?', PHONE],
    ['02139', ZIP],
    ['nineteen eighty five', YEAR],
    ['1234', 'What are the last four digits of your social security number?'],
    ['six hundred eighty', 'What is your credit score?'],
    ['john at gmail dot com', EMAIL],
    ['It is john.smith@example.com.', EMAIL],
    ["I don't have one", EMAIL],
    ['juan arroba correo punto es', '¿Me puede dar su correo electrónico?'],
    ['nueve uno siete cinco cinco cinco cero uno dos tres', TELEFONO],
  ])('%j after %j', (text, agentSaid) => {
    expect(isUnfinishedNumber(text, agentSaid)).toBe(false)
  })
})

describe('an agent', () => {
  it.each([
    PHONE,
    LOAN,
    EMAIL,
    ZIP,
    TELEFONO,
    'Please spell your e-mail for me.',
    'May I have a phone number for the call back?',
  ])('asks for a number or an address: %j', (agentSaid) => expect(asksForNumber(agentSaid)).toBe(true))
  it.each([
    '',
    YEAR,
    'Shall I call you at this number?',
    'I have your phone number. Shall I pass it on?',
    'What is the purchase price?',
  ])('does not: %j', (agentSaid) => expect(asksForNumber(agentSaid)).toBe(false))
})
