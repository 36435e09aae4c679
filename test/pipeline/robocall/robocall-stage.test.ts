import { expect, it } from 'vitest'
import { createRobocallStage } from '../../../src/pipeline/robocall/robocall-stage.ts'
import type { Said, Stage } from '../../../src/pipeline/stage.ts'

const OFFER = 'You have been selected for a free security system, press one to speak to a specialist.'
const DOUBTFUL = 'hola le llamo para ofrecerle un plan de internet'
const GREETING = 'Thanks for calling Summit Mortgage, how can I help?'
const QUESTION = 'Who am I speaking with?'

function says(stage: Stage, text: string, more: Partial<Said> = {}): string[] {
  return stage.hear({ by: 'caller', text, atMs: 0, ...more }).map(({ type }) => type)
}

it('suspects a recording once', () => {
  const stage = createRobocallStage()()
  expect(stage.hear({ by: 'caller', text: OFFER, atMs: 0 })).toEqual([
    {
      type: 'robocall suspected',
      score: expect.any(Number),
      because: expect.arrayContaining(['tells us to press a key']),
    },
  ])
  expect(says(stage, OFFER)).toEqual([])
})

it('adds up what comes in pieces', () => {
  const stage = createRobocallStage({ sureAt: 0.999 })()
  const pieces = [
    'Your warranty is about to expire.',
    'This is the final courtesy call.',
    'Press one to speak to a specialist.',
  ]
  expect(pieces.flatMap((piece) => says(stage, piece))).toEqual(['robocall suspected'])
})

it('listens to the caller only', () => {
  expect(says(createRobocallStage()(), OFFER, { by: 'agent' })).toEqual([])
})

it('suspects sooner where the ring was suspicious', () => {
  const open = createRobocallStage({ suspectAt: 0.05, sureAt: 0.99999 })
  expect(says(open([], 0), DOUBTFUL)).toEqual([])
  expect(says(open([], 1), DOUBTFUL)).toEqual(['robocall suspected'])
})

it('clears somebody who answers a question of ours that came later', () => {
  const stage = createRobocallStage()()
  says(stage, OFFER, { prompt: GREETING })
  expect(says(stage, 'Brenda Walsh', { prompt: QUESTION })).toEqual(['robocall cleared'])
  expect(says(stage, 'Yes, that is right.', { prompt: 'Is that correct?' })).toEqual([])
})

it('clears somebody who goes on to speak of their own matter', () => {
  const stage = createRobocallStage()()
  says(stage, OFFER, { prompt: GREETING })
  expect(says(stage, 'That is what they told me, so I wanted to ask about my escrow', { prompt: GREETING })).toEqual([
    'robocall cleared',
  ])
})

it.each(['Thank you. Goodbye.', 'Press two to be removed from our list.', '833.', 'Hello? Hello, how are you today?'])(
  'does not take it for an answer when the recording goes on: %s',
  (text) => {
    const stage = createRobocallStage()()
    says(stage, OFFER, { prompt: GREETING })
    expect(says(stage, text, { prompt: GREETING })).toEqual([])
  },
)

it('goes on where it was after the process died', () => {
  const suspected = { type: 'robocall suspected', score: 0.9, because: [] } as const
  const open = createRobocallStage()
  expect(says(open([suspected]), OFFER)).toEqual([])
  expect(says(open([suspected]), 'I need my payoff', { prompt: QUESTION })).toEqual(['robocall cleared'])
  expect(says(open([suspected, { type: 'robocall cleared' }]), OFFER)).toEqual([])
})
