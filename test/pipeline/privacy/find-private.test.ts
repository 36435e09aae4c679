import { describe, expect, it } from 'vitest'
import { findPrivate } from '../../../src/pipeline/privacy/find-private.ts'
import { hidePrivate } from '../../../src/pipeline/privacy/redaction.ts'

const hide = (text: string, prompt?: string, earlier?: string) =>
  hidePrivate(text, { ...(prompt && { prompt }), ...(earlier && { earlier }) })

describe('numbers callers name', () => {
  it.each([
    ['my ssn is 219-09-9999 if you need it', 'my ssn is [SSN] if you need it'],
    ['two one nine, oh nine, quadruple nine is my social', '[SSN] is my social'],
    ['the last four of my social are 9999', 'the last four of my social are [SSN]'],
    ['card number 4000 0566 5566 5556, cvv 123', 'card number [card], cvv [card]'],
    ['routing number oh two one oh oh oh oh two one', 'routing number [account]'],
    [
      'transfer it from account 8812 0043 to account 77120934 today',
      'transfer it from account [account] to account [account] today',
    ],
    ['my loan number is 2,204,118', 'my loan number is [account]'],
    ['account 5583120 and I pay two hundred dollars', 'account [account] and I pay two hundred dollars'],
    ['the pin is four oh two nine', 'the pin is [PIN]'],
    ['reach me at six one nine five five five oh one four four', 'reach me at [phone ..0144]'],
    ['my cell is +1 (619) 555-0144, extension 12', 'my cell is [phone ..0144], extension 12'],
    ['my phone is six one nine five five five two thousand', 'my phone is [phone ..2000]'],
    ['llámeme al seis diecinueve cinco cincuenta y cinco doce doce', 'llámeme al [phone ..1212]'],
    ['my IBAN is GB82 WEST 1234 5698 7654 32', 'my IBAN is [account]'],
    ['license number F2557031', 'license number [number]'],
    ['our number is one eight hundred five five five one thousand', 'our number is [phone ..1000]'],
    ['the card number starts with five thousand four hundred twelve', 'the card number starts with [card]'],
  ])('%s', (text, hidden) => expect(hide(text)).toBe(hidden))
})

describe('dates of birth', () => {
  const asked = 'And what is your date of birth?'
  it.each([
    ['the second of the fourth of eighty one', asked, '[date of birth]'],
    ["sure, it's five eleven sixty", asked, "sure, it's [date of birth]"],
    ['cinco de mayo de mil novecientos ochenta', asked, '[date of birth]'],
    // what a recogniser makes of "fourth of March" and "sixth of December"
    ['four of match 1962', asked, '[date of birth]'],
    ['6 to December 1954', asked, '[date of birth]'],
    ['I was born on March 9th, 1971, in Ohio', undefined, 'I was born on [date of birth], in Ohio'],
    ['we close on March 9th, 2025', undefined, 'we close on March 9th, 2025'],
    ['my wife was born in Mexico in 1980', undefined, 'my wife was born in Mexico in 1980'],
    [
      'the 9th of March 1971 and could I come in on April 2nd',
      asked,
      '[date of birth] and could I come in on April 2nd',
    ],
    ['March 9th 1971, yes, March 9th', asked, '[date of birth]'],
    ["Yes sir, it's March 9th, 1971. What else?", undefined, "Yes sir, it's [date of birth]. What else?"],
    ['I was born in nineteen seventy one', undefined, 'I was born in nineteen seventy one'],
    ['my birthday is in two weeks', undefined, 'my birthday is in two weeks'],
  ])('%s', (text, prompt, hidden) => expect(hide(text, prompt)).toBe(hidden))
})

describe('e-mail addresses', () => {
  const asked = 'What is the best email for you?'
  it.each([
    ['write to kim.lee+home@post.example.org please', undefined, 'write to [email] please'],
    ['you can use kim underscore lee at gmail dot com', undefined, 'you can use [email]'],
    ["it's k as in kilo, i, m at first bank dot net", asked, "it's [email]"],
    ['es kim punto lee arroba gmail punto com', undefined, 'es [email]'],
    ['k i m l', asked, '[email]'],
    ['write to kim.lee @ example.org', undefined, 'write to [email]'],
    ['two boxes @ 14.99 each', undefined, 'two boxes @ 14.99 each'],
    ['I saw it at zillow dot com yesterday', undefined, 'I saw it at zillow dot com yesterday'],
  ])('%s', (text, prompt, hidden) => expect(hide(text, prompt)).toBe(hidden))
})

describe('numbers in pieces', () => {
  it('knows a piece by the question', () => {
    expect(hide('five five six six', 'What card would you like to use?')).toBe('[card]')
    expect(hide('uh then 0144', 'What is the best number to reach you?')).toBe('uh then [phone]')
  })

  it('knows a piece by what was said before it', () => {
    expect(hide('oh nine nine nine', undefined, 'my social is two one nine oh')).toBe('[SSN]')
    expect(hide('nineteen eighty', 'Your date of birth?', 'May the ninth')).toBe('[date of birth]')
  })

  it('takes amounts and times for no piece', () => {
    expect(findPrivate('about 350000', { prompt: 'How much do you want to borrow?' })).toEqual([])
    expect(findPrivate('call me at three fifteen', { prompt: 'When may we call you?' })).toEqual([])
  })
})

describe('other languages', () => {
  it.each([
    ['我的电话是六一九五五五零一四四', 'PHONE'],
    ['số điện thoại của tôi là sáu một chín năm năm năm không một bốn bốn', 'PHONE'],
    ['제 전화번호는 육일구 오오오 공일사사예요', 'PHONE'],
    ['ang telepono ko ay anim isa siyam lima lima lima zero isa apat apat', 'PHONE'],
    ['mon téléphone est le zéro six douze trente-quatre cinquante-six soixante-dix', 'PHONE'],
    ['meu telefone é seis um nove cinco cinco cinco zero um quatro quatro', 'PHONE'],
    ['мой телефон шесть один девять пять пять пять ноль один четыре четыре', 'PHONE'],
    ['هاتفي ستة واحد تسعة خمسة خمسة خمسة صفر واحد أربعة', 'ID'],
    ['मेरा फोन छह एक नौ पांच पांच पांच शून्य एक चार चार है', 'PHONE'],
    ['nimewo telefòn mwen se sis en nèf senk senk senk zewo en kat kat', 'PHONE'],
    ['رقم هاتفي ٦١٩٥٥٥٠١٤٤', 'PHONE'],
  ])('%s', (text, kind) => expect(findPrivate(text).map((span) => span.kind)).toEqual([kind]))

  it.each(['我想贷款三百五十万', 'je veux emprunter deux cent cinquante mille euros', 'quiero doscientos mil dólares'])(
    'leaves an amount: %s',
    (text) => expect(findPrivate(text)).toEqual([]),
  )
})

describe('what is no secret', () => {
  it.each([
    'I need form 1098 for 2023 and 2024',
    'I have a 401k with 120000 in it',
    'call nine one one',
    "I'm at 1420 Oak Street, zip nine two one oh one",
    'our NMLS number is 1234567',
    'it is the card ending in 4421',
    // "số thẻ" is Vietnamese for a card number
    'so the three forty and the five twenty are both free?',
    'we live in Canton, OH 44702',
    'taxes were four thousand one hundred twelve, from my account',
    'once I get one or two more I will call',
    'twenty twenty two, twenty twenty three taxes',
    'a 7/1 arm at 6.25, 6.375 or 6.5',
    'the payment went to 2,105 from 1,980',
    'I called three or four times, on the fifth and on the twenty second',
  ])('%s', (text) => expect(findPrivate(text)).toEqual([]))
})
