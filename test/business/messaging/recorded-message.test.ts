import { expect, it } from 'vitest'
import type { NewMessage } from '../../../src/business/messages.ts'
import { keepRecordedMessage } from '../../../src/business/messaging/recorded-message.ts'
import { HearthlineError } from '../../../src/lib/errors.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'

const RECORDED = { recordingUrl: 'https://api.twilio.com/recordings/RE1', durationSeconds: 12 }
const AWAY = new HearthlineError('database_gone', 'The connection was lost.', { retryable: true })

/** A database that is away for so many tries, and then there. */
function house(failures: readonly Error[]) {
  const clock = new FakeClock()
  const taken: NewMessage[] = []
  const left = [...failures]
  const take = async (message: NewMessage) => {
    const failure = left.shift()
    if (failure) throw failure
    taken.push(message)
    return { ...message, id: 'message_1', takenAt: clock.now() }
  }
  return {
    clock,
    taken,
    keep: keepRecordedMessage({ callLog: { find: async () => undefined }, messages: { take }, clock }),
  }
}

it('keeps a message of somebody who was turned away, under the id the carrier gave the call', async () => {
  const { keep, taken } = house([])
  await keep('CA1', RECORDED)
  expect(taken).toMatchObject([{ callId: 'CA1', idempotencyKey: `recorded:${RECORDED.recordingUrl}` }])
})

it('[F10] keeps it although the database is away for a moment, within the time the carrier waits', async () => {
  const { keep, taken, clock } = house([AWAY, AWAY])
  const kept = keep('CA1', RECORDED)
  await clock.advanceAsync(5_000)
  await kept
  expect(taken).toHaveLength(1)
})

it('says what went wrong when it is no passing trouble, or lasts', async () => {
  await expect(house([new Error('no such table')]).keep('CA1', RECORDED)).rejects.toThrow('no such table')
  const { keep, clock } = house(Array.from({ length: 9 }, () => AWAY))
  const kept = expect(keep('CA1', RECORDED)).rejects.toThrow('The connection was lost.')
  await clock.advanceAsync(15_000)
  await kept
})
