import { expect, it } from 'vitest'
import type { Thought } from '../../../../src/engines/cascade/thinker.ts'
import { readAnswer } from '../../../../src/engines/cascade/thinkers/read-answer.ts'
import { settle } from '../../../fakes/fake-clock.ts'

const ENDED: Thought = { type: 'ended', because: 'done' }

function answerOf(request: () => AsyncGenerator<Thought>) {
  return readAnswer<Thought>({
    request: async () => request(),
    reader: { read: (thought) => [thought], finish: () => [] },
    signal: new AbortController().signal,
    describeFailure: () => expect.fail('nothing failed'),
    describeBreak: () => expect.fail('it was whole'),
  })
}

it('reads what follows the last word, so that the connection can serve the next answer', async () => {
  let read = 'not to the end'
  async function* events() {
    yield ENDED
    yield { type: 'text', text: 'nobody hears this' } as const
    read = 'to the end'
  }
  const told: Thought[] = []
  for await (const thought of answerOf(events)) told.push(thought)
  await settle()
  expect([told, read]).toEqual([[ENDED], 'to the end'])
})

it('cares for nothing that goes wrong behind the last word', async () => {
  async function* events() {
    yield ENDED
    throw new Error('the connection broke')
  }
  for await (const thought of answerOf(events)) expect(thought).toBe(ENDED)
  await settle()
})
