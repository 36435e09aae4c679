import { expect, it } from 'vitest'
import { createMessages, type NewMessage } from '../../src/business/messages.ts'
import { createOutbox } from '../../src/business/outbox.ts'
import { describeOnEachDatabase } from '../fakes/databases.ts'
import { FakeClock } from '../fakes/fake-clock.ts'

const message: NewMessage = {
  callId: 'call_1',
  idempotencyKey: 'call_1:take_message:abc',
  callerNumber: '+16175550123',
  name: 'Ada Byron',
  callbackNumber: undefined,
  text: 'Please call me back about my documents.',
  urgency: 'urgent',
}

describeOnEachDatabase('messages', (newPlace) => {
  it('are kept as they were taken, with a row for whoever passes them on', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const clock = new FakeClock()
    const messages = createMessages(database, { clock })
    const taken = await messages.take(message)
    expect(taken).toEqual({ ...message, id: expect.stringMatching(/^message_/), takenAt: clock.now() })
    expect(await messages.list({ limit: 10 })).toEqual([taken])
    const outbox = await createOutbox(database, { clock }).pending({ limit: 10 })
    expect(outbox).toMatchObject([{ topic: 'message.taken', callId: 'call_1', payload: { messageId: taken.id } }])
  })

  it('are taken once when the same intent comes 200 times at the same moment (RELIABILITY I2)', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const clock = new FakeClock()
    const messages = createMessages(database, { clock })
    const taken = await Promise.all(
      Array.from({ length: 200 }, (_, n) => messages.take({ ...message, text: `${message.text} ${n}` })),
    )
    expect(new Set(taken.map(({ id, text }) => `${id} ${text}`)).size).toBe(1)
    expect(await messages.list({ limit: 10 })).toEqual([taken[0]])
    expect(await createOutbox(database, { clock }).pending({ limit: 10 })).toHaveLength(1)
  })

  it('are listed newest first', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const clock = new FakeClock()
    const messages = createMessages(database, { clock })
    for (const idempotencyKey of ['first', 'second', 'third']) {
      await messages.take({ ...message, idempotencyKey })
      clock.advance(1_000)
    }
    const newest = await messages.list({ limit: 2 })
    expect(newest.map(({ idempotencyKey }) => idempotencyKey)).toEqual(['third', 'second'])
  })
})
