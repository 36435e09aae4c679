import { expect, it } from 'vitest'
import { judgeRobocall } from '../../../src/pipeline/robocall/judge-robocall.ts'
import { soundsRecorded } from '../../../src/pipeline/robocall/recorded.ts'

const SUSPECT = 0.65
/** Enough where the ring was suspicious. */
const DOUBT = 0.4
const firstWords = (text: string) => text.split(' ').slice(0, 15).join(' ')

const ROBOCALLS = [
  'This is an urgent notice from the vehicle protection office. Your coverage has lapsed. Press one to renew it today or press two to opt out.',
  'Hello, this is the fraud prevention unit. A payment of $689 to Best Buy is about to leave your account. To stop it, press 1.',
  'Congratulations! As a loyal guest of Ocean View Resorts you have been chosen to receive a complimentary four night stay.',
  'The sheriff has been informed of the lawsuit under your name. Failure to call us back will result in your immediate arrest.',
  'Good afternoon, my name is Todd with Summit Bankcard, do you have a quick minute to talk about your card processing fees?',
  'You may qualify for a zero percent interest rate on all your credit cards because of your good payment history.',
  'Le llamamos porque usted ha sido seleccionado para recibir un viaje gratis, oprima el dos para hablar con un agente.',
  '您好,这里是国际快递公司,您有一个包裹无人签收,查询请按1',
]

const CALLERS = [
  'I got a call about my interest rate expiring, was that from you?',
  'The IRS sent me a transcript that your underwriter asked for.',
  'Your system told me to press one and then nothing happened.',
  'I want to lower my rate, do I qualify for a refinance?',
  'The home warranty on my house ends next month, does the lender need to know?',
  'I am on Medicare and Social Security, does that count as income?',
  "Hi, this is Tracy from Lakeview Title, I'm checking on the payoff for the Hughes file.",
  'I got a letter that says final notice and I do not know what it is about.',
  'Someone said my social security number was used to open a loan with you.',
  '我收到一封信说要按一，请问是你们吗',
  'Quiero saber si califico para bajar la tasa de mi casa.',
]

it.each(ROBOCALLS)('hears a robocall or a telemarketer: %s', (text) => {
  expect(judgeRobocall(text).score).toBeGreaterThan(SUSPECT)
})

it.each(ROBOCALLS)('knows it by the first fifteen words: %s', (text) => {
  expect(judgeRobocall(firstWords(text)).score).toBeGreaterThan(DOUBT)
})

it.each(CALLERS)('lets through who has a reason to call: %s', (text) => {
  expect(judgeRobocall(text).score).toBeLessThan(DOUBT)
})

it('says what a score is owed to', () => {
  expect(judgeRobocall(ROBOCALLS[0]!).because).toEqual(
    expect.arrayContaining(['tells us to press a key', 'offers to be taken off a list']),
  )
})

it('judges a long text by its worst stretch, not by its length', () => {
  const talk = 'yeah so I was saying to my wife that I need to ask about my loan and when it closes '.repeat(6)
  expect(judgeRobocall(talk).score).toBeLessThan(DOUBT)
  expect(judgeRobocall(`${ROBOCALLS[0]} ${talk}`).score).toBeGreaterThan(SUSPECT)
})

it('judges by what is said, whoever says it', () => {
  const scores = ['Todd', 'Rosalind', 'Mary Beth'].map(
    (name) => judgeRobocall(`Good morning, this is ${name} from Clearview Solar, do you have a minute?`).score,
  )
  expect(new Set(scores).size).toBe(1)
})

it('judges alike whoever gives their name before they say what they are', () => {
  const scores = ['Shauna', 'Bob', 'Mary Beth'].map(
    (name) => judgeRobocall(`Hi, my name is ${name} and I'm a licensed benefits advisor in your county.`).score,
  )
  expect(new Set(scores).size).toBe(1)
  expect(scores[0]).toBeGreaterThan(SUSPECT)
})

it.each(['Press two, is that for Spanish?', 'It kept saying press one and then it hung up.'])(
  'takes a key that a caller tells of for no order: %s',
  (text) => {
    expect(judgeRobocall(text).because).not.toContain('tells us to press a key')
  },
)

it('bears no words at all, and very many', () => {
  expect(judgeRobocall('').score).toBeLessThan(SUSPECT)
  expect(judgeRobocall(`${ROBOCALLS[0]} `.repeat(1_000)).score).toBeGreaterThan(SUSPECT)
})

it.each([
  ROBOCALLS[0]!,
  'All our agents are busy. Your call will be answered in the order it was received.',
  "You've reached the Petersons. Nobody is home.",
  'For billing, press three. To hear this again, press star.',
  'Ahora no podemos contestar, deje su mensaje después de la señal.',
  'Vui lòng để lại lời nhắn sau tiếng bíp.',
])('is sure that a tape plays: %s', (text) => {
  expect(soundsRecorded(text)).toBe(true)
})

it.each([
  ...CALLERS,
  'Can I leave a message for Teresa?',
  'I pressed two for loans and got you.',
  'They told me to stay on the line.',
  'My voicemail says you called.',
  'Your voicemail was full when I tried.',
])('takes no caller for a tape: %s', (text) => {
  expect(soundsRecorded(text)).toBe(false)
})

it.each([
  'Please do not record this call.',
  'Do not record this call. Where is your office?',
  'Is this call being recorded?',
  'No quiero que graben esta llamada.',
])('takes nobody who speaks of the call itself for a recording: %s', (said) => {
  expect(judgeRobocall(said).score).toBeLessThan(0.4)
})
