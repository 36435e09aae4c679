import { expect, it } from 'vitest'
import { consentEventsOf } from '../../../src/business/consent/consents.ts'
import { isOptedOut } from '../../../src/business/consent/opt-outs.ts'
import { describeOnEachDatabase } from '../../fakes/databases.ts'
import { CALLER, openTexting } from './texting-house.ts'

describeOnEachDatabase('somebody who texts', (newPlace) => {
  it('[S24] a number nobody may keep leaves it nowhere, nor to whom it is passed on', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const house = openTexting(database)
    await house.receive('My social is 123-45-6789, what next?')
    await house.receive('Stop texting me about 123-45-6789')
    await house.work()
    const consents = await consentEventsOf(database, CALLER)
    const kept = JSON.stringify([await house.texts.list({ limit: 10 }), house.passedOn, consents, house.carrier.sent])
    expect(kept).toContain('My social is [SSN]')
    expect(kept).not.toContain('123-45')
  })

  it('STOP and START in turn for ever, as machines do, has its effect each time and few answers', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const house = openTexting(database)
    for (let turn = 0; turn < 20; turn += 1) {
      await house.receive(turn % 2 === 0 ? 'STOP' : 'START')
      await house.work()
      expect(await isOptedOut(database, CALLER)).toBe(turn % 2 === 0)
      house.clock.advance(1_000)
    }
    expect(house.carrier.sent).toHaveLength(6)
  })

  it('[I7] STOP at the very moment of many others is off at once, and what is queued meanwhile stays', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const house = openTexting(database)
    await Promise.all([
      ...[1, 2, 3, 4].map((n) => house.queue({ key: `confirmation:${n}` })),
      ...[1, 2, 3, 4].map((n) => house.receive(`Thursday ${n}?`)),
      house.receive('stop!!', { carrierSid: 'SMstop' }),
      house.receive('stop!!', { carrierSid: 'SMstop' }),
    ])
    await house.queue({ key: 'confirmation:5' })
    await house.work()
    expect(house.carrier.sent.map(({ body }) => body)).toEqual([expect.stringContaining('unsubscribed')])
  })

  // PostgreSQL refused one of them now and then, for the carrier's id: the carrier got an error and logged it.
  it('[F18] the same text at the same moment, again and again, is kept once and never refused', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const house = openTexting(database)
    for (let round = 0; round < 25; round += 1) {
      await Promise.all(Array.from({ length: 6 }, () => house.receive('Hello', { carrierSid: `SMsame${round}` })))
    }
    expect(await house.texts.list({ limit: 100 })).toHaveLength(25)
  })

  it('nothing but a picture, or 1600 characters, is for a person', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const house = openTexting(database)
    const picture = { carrierSid: 'SMpicture', from: CALLER, body: '', channel: 'whatsapp', attachments: 1 } as const
    await house.received({ ...picture, carrierAnswered: undefined })
    await house.receive('x'.repeat(1_600))
    await house.work()
    expect(house.passedOn.map(({ body, channel }) => [body.length, channel])).toEqual([
      ['[1 attached]'.length, 'whatsapp'],
      [1_600, 'sms'],
    ])
  })
})
