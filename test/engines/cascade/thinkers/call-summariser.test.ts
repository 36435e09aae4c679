import { expect, it } from 'vitest'
import type { Prompt, Thinker, Thought } from '../../../../src/engines/cascade/thinker.ts'
import { createCallSummariser } from '../../../../src/engines/cascade/thinkers/call-summariser.ts'

const SIGNAL = new AbortController().signal

function thinkerOf(thoughts: readonly Thought[], prompts: Prompt[] = []): Thinker {
  return {
    ...{ name: 'scripted', model: 'scripted', provider: 'scripted' },
    async *think(prompt) {
      prompts.push(prompt)
      yield* thoughts
    },
  }
}

it('gives the model the talk as data, and no tools', async () => {
  const prompts: Prompt[] = []
  const thoughts = [
    { type: 'text', text: 'They want ' },
    { type: 'text', text: 'a loan.' },
    { type: 'ended', because: 'done' },
  ] as const
  const summary = await createCallSummariser(thinkerOf(thoughts, prompts)).summarise('caller: A loan.', SIGNAL)
  expect(summary).toBe('They want a loan.')
  expect(prompts).toMatchObject([
    { tools: [], memory: [{ role: 'caller', text: '<transcript>\ncaller: A loan.\n</transcript>' }] },
  ])
})

it.each(['length', 'refused'] as const)('gives no part of an answer that ended with %s', async (because) => {
  const thinker = thinkerOf([
    { type: 'text', text: 'They want' },
    { type: 'ended', because },
  ])
  await expect(createCallSummariser(thinker).summarise('caller: A loan.', SIGNAL)).rejects.toThrow(because)
})
