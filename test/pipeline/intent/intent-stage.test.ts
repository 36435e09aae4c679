import { expect, it } from 'vitest'
import { createIntentStage } from '../../../src/pipeline/intent/intent-stage.ts'
import type { Stage } from '../../../src/pipeline/stage.ts'

const caller = (stage: Stage, text: string, prompt?: string) =>
  stage.hear({ by: 'caller', text, atMs: 0, ...(prompt === undefined ? {} : { prompt }) })
const intents = (stage: Stage, text: string, prompt?: string) =>
  caller(stage, text, prompt).map((finding) => 'intent' in finding && finding.intent)

it('tells what the caller wants once, and again when they want something else', () => {
  const stage = createIntentStage()
  expect(caller(stage, "Hi, I'd like to set up autopay for my mortgage.")).toEqual([
    { type: 'intent found', intent: 'make_payment', confidence: expect.any(Number) },
  ])
  expect(intents(stage, 'I want the automatic payment on the first')).toEqual([])
  expect(intents(stage, 'And what are your refinance rates today?')).toEqual(['rates'])
  expect(intents(stage, 'Okay, let us set up that automatic payment now')).toEqual(['make_payment'])
})

it.each([
  ['yes'],
  ["No, that's it, thank you."],
  ['five five five oh one two three'],
  ['jane at mail dot com', "What's your e-mail address?"],
  ['sure it is 614 555 0123', 'What is your phone number?'],
  ['Hold on, my son is crying.'],
  ['The weather is terrible today'],
])('is not changed by: %s', (text, prompt?: string) => {
  const stage = createIntentStage()
  expect(intents(stage, 'I need a payoff quote for my house')).toEqual(['payoff'])
  expect(intents(stage, text, prompt)).toEqual([])
  expect(intents(stage, 'So the payoff quote, please')).toEqual([])
})

it('listens to the caller only', () => {
  expect(createIntentStage().hear({ by: 'agent', text: 'Would you like to make a payment?', atMs: 0 })).toEqual([])
})

it('goes on after a crash with what was found before', () => {
  const stage = createIntentStage([{ type: 'intent found', intent: 'refinance', confidence: 0.9 }])
  expect(intents(stage, 'I want to refinance my house')).toEqual([])
})
