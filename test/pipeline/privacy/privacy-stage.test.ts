import { expect, it } from 'vitest'
import { createPrivacyStage } from '../../../src/pipeline/privacy/privacy-stage.ts'

it('reports each kind that is said once an utterance, and what the agent repeats of it', () => {
  const stage = createPrivacyStage()
  expect(stage.hear({ by: 'agent', text: 'What is your card number?', atMs: 0 })).toEqual([])
  expect(stage.hear({ by: 'caller', text: 'four two four two', atMs: 1000 })).toEqual([
    { type: 'private number said', kinds: ['CARD'] },
  ])
  expect(stage.hear({ by: 'agent', text: 'I have 4242 so far.', atMs: 2000 })).toEqual([
    { type: 'private number said', kinds: ['CARD'] },
  ])
  expect(stage.hear({ by: 'caller', text: 'no wait, I want a quote for 300000 dollars', atMs: 3000 })).toEqual([])
})
