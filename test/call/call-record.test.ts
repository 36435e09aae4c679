import { expect, it } from 'vitest'
import { z } from 'zod'
import { createTakeMessage } from '../../src/tools/take-message.ts'
import { CallHouse } from '../fakes/call-house.ts'
import { settle } from '../fakes/fake-clock.ts'

it('[TL5] a tool that runs when the caller hangs up is in the ledger as cancelled, before the end', async () => {
  const run = () => new Promise<never>(() => undefined)
  const tool = {
    name: 'slow',
    description: 'Never ends.',
    arguments: z.strictObject({}),
    effect: 'reads' as const,
    timeoutMs: 60_000,
    run,
  }
  await using house = new CallHouse({ tools: [tool] })
  const line = await house.greeted()
  await house.callerSays('Look it up')
  house.engine.session.asksFor({ requestId: 'r1', name: 'slow' })
  await house.pass(100)
  line.callerHangsUp()
  await settle()
  const types = house.store.facts('CA1').map(({ type }) => type)
  expect(types.slice(-2)).toEqual(['tool.ended', 'call.ended'])
  expect(house.of('tool.ended')).toMatchObject([{ outcome: 'cancelled' }])
  house.engine.session.take()
})

it('[CS3] the record says what was asked, what was done, how long it took and how it ended', async () => {
  const taken: string[] = []
  const messages = {
    take: async ({ text }: { text: string }) => {
      taken.push(text)
      return { id: '1' }
    },
  }
  await using house = new CallHouse({ tools: [createTakeMessage(messages)] })
  const line = await house.greeted()
  await house.callerSays('Please tell Ann I called')
  const args = { name: 'Bob', message: 'He called', urgency: 'normal' }
  house.engine.session.asksFor({ requestId: 'r1', name: 'take_message', args })
  await settle()
  house.engine.session.says('a1', 'I have noted it.', 1_000)
  await house.pass(400)
  house.engine.session.callerStarts()
  await house.pass(1_500)
  house.engine.session.callerStops()
  line.callerHangsUp()
  await settle()
  expect(taken).toEqual(['He called'])
  expect(house.store.records[0]).toMatchObject({
    endReason: 'caller hung up',
    talkedMs: 6_400,
    turns: 1,
    interruptions: 1,
    deadAirMs: 0,
    recordingFile: expect.stringMatching(/\.wav$/),
    summary: 'The caller said: "Please tell Ann I called" Tools used: take_message. Ended: caller hung up.',
  })
  house.engine.session.take()
})

it('[CS4] what several tools found is said before the call that is to end with them ends', async () => {
  const work = Promise.withResolvers<void>()
  const run = async () => {
    await work.promise
    return { reply: { noted: true } }
  }
  const slow = {
    name: 'slow',
    description: 'Takes its time.',
    arguments: z.strictObject({}),
    effect: 'reads' as const,
    timeoutMs: 60_000,
    run,
  }
  const end = {
    ...slow,
    name: 'end_call',
    run: async () => ({ reply: { ending: true }, action: { type: 'end call' } as const }),
  }
  await using house = new CallHouse({ tools: [slow, end] })
  const line = await house.greeted()
  await house.callerSays('Note it, and bye')
  const { session } = house.engine
  session.asksFor({ requestId: 'r1', name: 'slow' }, { requestId: 'r2', name: 'end_call' })
  await house.pass(300)
  work.resolve()
  await settle()
  session.says('a1', 'It is noted, goodbye.', 1_000)
  await house.pass(900)
  expect(line.told).toEqual([])
  await house.pass(1_500)
  expect(line.told).toEqual(['hang up'])
  expect(line.heard.get('a1')).toBe(1_000)
  session.take()
})
