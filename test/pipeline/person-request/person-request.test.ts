import { expect, it } from 'vitest'
import { createPersonRequest } from '../../../src/pipeline/person-request/person-request.ts'

const stage = createPersonRequest()
const findings = (text: string, by: 'caller' | 'agent' = 'caller') => stage.hear({ by, text, atMs: 0 })

it.each([
  'Person.',
  'Representative!',
  'A human being, please.',
  'I want to talk to a person.',
  'Could I please speak with your loan officer about this?',
  'Well okay. Can you put me through to somebody who knows?',
  'Transfer me to the loan department.',
  'How do I get to talk to a real person?',
  'Just give me an agent now',
  "I don't want to talk to a robot",
  'Is there anyone there I can speak with?',
  'Quiero hablar con una persona, por favor.',
  'Un agente, por favor.',
  'Yes, please, connect me.',
  'Transfer me now.',
])('[CS11] hears who asks for a person: %s', (text) => {
  expect(findings(text)).toEqual([{ type: 'person requested' }])
})

it.each([
  'I talked to an agent yesterday.',
  'My real estate agent told me to call.',
  'Do I need a person to co-sign?',
  'Do I have to speak with somebody at closing?',
  'Can I come to the branch in person?',
  'I want the person on the deed to be my wife.',
  'I need someone to sign for the package.',
  'My husband is the person who handles that.',
  'Are you a human?',
  'Can you connect me to the wifi?',
  'My brother said he would connect me.',
])('[CS11] is not misled by: %s', (text) => {
  expect(findings(text)).toEqual([])
})

it('[CS11] listens to the caller only', () => {
  expect(findings('Would you like to talk to a person?', 'agent')).toEqual([])
})
