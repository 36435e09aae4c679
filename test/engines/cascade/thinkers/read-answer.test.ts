import { expect, it, vi } from 'vitest'
import type { Thought } from '../../../../src/engines/cascade/thinker.ts'
import { readAnswer } from '../../../../src/engines/cascade/thinkers/read-answer.ts'
import { settle } from '../../../fakes/fake-clock.ts'

const ENDED: Thought = { type: 'ended', because: 'done' }

function answerOf(request: (signal: AbortSignal) => AsyncGenerator<Thought>) {
  return readAnswer<Thought>({
    request: async (signal) => request(signal),
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

it('hangs up on a stream that does not end behind the last word', async () => {
  // Each answer kept its connection for ever.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    let hangUp: AbortSignal | undefined
    async function* events(signal: AbortSignal) {
      hangUp = signal
      yield ENDED
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
    }
    for await (const thought of answerOf(events)) expect(thought).toBe(ENDED)
    expect(hangUp?.aborted).toBe(false)
    vi.advanceTimersByTime(1_000)
    expect(hangUp?.aborted).toBe(true)
  } finally {
    vi.useRealTimers()
  }
})
