import { expect, it } from 'vitest'
import { addConsentEvent, consentEventsOf, standingConsent } from '../../../src/business/consent/consents.ts'
import { isOptedOut, liftOptOut, optOut } from '../../../src/business/consent/opt-outs.ts'
import { HearthlineError } from '../../../src/lib/errors.ts'
import type { Database } from '../../../src/storage/database.ts'
import { describeOnEachDatabase } from '../../fakes/databases.ts'
import { CALLER, COMPANY, knowCaller, openTexting, unreachable } from './texting-house.ts'

const stop = (database: Database, number = CALLER) =>
  database.transaction().execute((tx) => optOut(tx, { number, source: 'spoken', evidence: 'stop calling', at: 1 }))

describeOnEachDatabase('sending a text', (newPlace) => {
  it('sends it once, with the notices of a first text and where to report', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const house = openTexting(database)
    await knowCaller(database)
    const id = await house.queue()
    expect(await house.queue()).toBe(id)
    await house.work()
    await house.queue({ key: 'confirmation:2' })
    await house.work()
    const [first, second, ...more] = house.carrier.sent
    expect(more).toEqual([])
    expect(first?.body).toMatch(new RegExp(`^${COMPANY}: .* NMLS #1234567\\. Reply STOP to end\\.$`))
    expect(second?.body).not.toContain('NMLS')
    expect(first?.statusCallbackUrl).toBe(`https://phone.example.com/twilio/sms/status?text=${id}`)
    expect(await house.texts.find(id)).toMatchObject({
      status: 'queued',
      carrierSid: 'SM1',
      segments: 1,
      body: first?.body,
    })
  })

  it('[C16] adds the notices once, though the first text was tried twice', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const house = openTexting(database)
    await knowCaller(database)
    const id = await house.queue()
    house.carrier.beforeSend = () => {
      throw unreachable()
    }
    await expect(house.send(id)).rejects.toThrow()
    house.carrier.beforeSend = () => {}
    house.clock.advance(5_000)
    await house.send(id)
    expect(house.carrier.sent[0]?.body.match(/NMLS/g)).toHaveLength(1)
  })

  it('[I7] sends nothing after an opt-out, not even what was queued before or is being carried out', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const house = openTexting(database)
    await knowCaller(database)
    const id = await house.queue()
    const [claimed] = await house.outbox.claim({ limit: 1, leaseMs: 60_000 })
    await stop(database)
    // The worker had it in hand already; the row of another process is gone.
    expect(await house.send(id)).toBe('done')
    const late = await house.queue({ key: 'confirmation:2' })
    await house.work()
    expect(claimed?.payload).toEqual({ textId: id })
    expect(house.carrier.sent).toEqual([])
    expect(await house.texts.find(id)).toMatchObject({ status: 'refused', failure: 'opted out' })
    expect(await house.texts.find(late)).toMatchObject({ status: 'refused', failure: 'opted out' })
    expect(await house.outbox.pending({ limit: 10 })).toEqual([])
  })

  it('[I7] notices an opt-out that came while the carrier did not answer', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const house = openTexting(database)
    await knowCaller(database)
    const id = await house.queue()
    house.carrier.beforeSend = () => {
      throw unreachable()
    }
    await expect(house.send(id)).rejects.toMatchObject({ code: 'carrier.unreachable' })
    await stop(database)
    house.carrier.beforeSend = () => {}
    house.clock.advance(10_000)
    expect(await house.send(id)).toBe('done')
    expect(house.carrier.sent).toEqual([])
  })

  it('[I2] finds a text whose answer was lost instead of sending another', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const house = openTexting(database)
    await knowCaller(database)
    const id = await house.queue()
    house.carrier.losesAnswers = 1
    await expect(house.send(id)).rejects.toMatchObject({ retryable: true })
    expect(await house.send(id)).toEqual({ later: expect.any(Number) })
    house.clock.advance(5_000)
    expect(await house.send(id)).toBe('done')
    expect(house.carrier.sent).toHaveLength(1)
    expect(await house.texts.find(id)).toMatchObject({ status: 'sent', carrierSid: 'SM1' })
  })

  it('takes no text of the same words for a lost one', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const house = openTexting(database)
    await knowCaller(database)
    for (const key of ['a', 'b', 'c']) await house.queue({ key })
    await house.work()
    const lost = await house.queue({ key: 'd' })
    house.carrier.beforeSend = () => {
      throw unreachable()
    }
    await expect(house.send(lost)).rejects.toMatchObject({ retryable: true })
    house.carrier.beforeSend = () => {}
    house.clock.advance(5_000)
    expect(await house.send(lost)).toBe('done')
    expect(house.carrier.lookUps).toBe(1)
    expect(house.carrier.sent).toHaveLength(4)
  })

  it('[F14] takes 21610 of the carrier for an opt-out, and does not try again', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const house = openTexting(database)
    await knowCaller(database)
    await house.queue()
    house.carrier.beforeSend = () => {
      throw new HearthlineError('text.opted-out', 'Attempt to send to unsubscribed recipient')
    }
    await house.work()
    expect(await isOptedOut(database, CALLER)).toBe(true)
    expect(await house.outbox.pending({ limit: 10 })).toEqual([])
  })

  it('leaves what the carrier refuses to the office, with its code', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const house = openTexting(database)
    await knowCaller(database)
    const id = await house.queue()
    house.carrier.beforeSend = () => {
      throw Object.assign(new HearthlineError('text.refused', 'no mobile'), { carrierCode: '21614' })
    }
    await expect(house.send(id)).rejects.toMatchObject({ code: 'text.refused', retryable: false })
    expect(await house.texts.find(id)).toMatchObject({ status: 'refused', failure: '21614' })
    expect(await house.send(id)).toBe('done')
  })

  it('[S8] texts nobody who neither called nor works here', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const house = openTexting(database)
    const id = await house.queue({ number: '+19005550100' })
    await house.work()
    expect(house.carrier.sent).toEqual([])
    expect(await house.texts.find(id)).toMatchObject({ failure: 'neither a caller nor an officer' })
  })

  it('[S10] holds texts to ever new numbers of one block, and no others', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const house = openTexting(database, { pumping: { numbers: 3, minutes: 10 } })
    const numbers = [1, 2, 3, 4].map((n) => `+1617555010${n}`)
    for (const number of [...numbers, '+12125550101']) {
      await knowCaller(database, number)
      await house.queue({ key: number, number })
    }
    await house.work()
    expect(house.carrier.sent.map(({ to }) => to)).toEqual([...numbers.slice(0, 3), '+12125550101'])
    await house.queue({ key: 'again', number: numbers[0]! })
    await house.work()
    expect(house.carrier.sent.at(-1)?.to).toBe(numbers[0])
    house.clock.advance(10 * 60_000 + 1)
    await house.work()
    expect(house.carrier.sent.at(-1)?.to).toBe(numbers[3])
  })

  it('keeps to the pace of its carrier', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const house = openTexting(database, { perSecond: 1 })
    await knowCaller(database)
    for (const key of ['a', 'b', 'c']) await house.queue({ key })
    await house.work()
    expect(house.carrier.sent).toHaveLength(1)
    house.clock.advance(1_000)
    await house.work()
    expect(house.carrier.sent).toHaveLength(2)
    house.clock.advance(1_000)
    await house.work()
    expect(house.carrier.sent).toHaveLength(3)
  })

  it('sends nothing while texting is off', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const house = openTexting(database, { enabled: false })
    await knowCaller(database)
    const id = await house.queue()
    await house.work()
    expect(house.carrier.sent).toEqual([])
    expect(await house.texts.find(id)).toMatchObject({ status: 'refused', failure: 'texting is off' })
  })
})

describeOnEachDatabase('consent', (newPlace) => {
  it('stands until it is taken back, for its seller, channel and scope', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const given = { number: CALLER, event: 'given', channel: 'call', scope: 'marketing', written: true } as const
    const need = { number: CALLER, channel: 'call', scope: 'marketing', seller: COMPANY } as const
    await database
      .transaction()
      .execute((tx) => addConsentEvent(tx, { ...given, seller: COMPANY, source: 'form', at: 0 }))
    expect(await standingConsent(database, need)).toMatchObject({ written: true, source: 'form' })
    expect(await standingConsent(database, { ...need, scope: 'informational' })).toBeDefined()
    expect(await standingConsent(database, { ...need, channel: 'text' })).toBeUndefined()
    expect(await standingConsent(database, { ...need, seller: 'Another Company' })).toBeUndefined()
    await stop(database)
    expect(await standingConsent(database, need)).toBeUndefined()
  })

  it('keeps the words of an opt-out, once, and who lifted it', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    expect(await stop(database)).toBe(true)
    expect(await stop(database)).toBe(false)
    const start = { number: CALLER, source: 'text', evidence: 'START', at: 2 } as const
    expect(await database.transaction().execute((tx) => liftOptOut(tx, start))).toBe(true)
    expect(await isOptedOut(database, CALLER)).toBe(false)
    expect(await consentEventsOf(database, CALLER)).toMatchObject([
      { event: 'revoked', channel: 'all', scope: 'all', evidence: 'stop calling', source: 'spoken' },
      { event: 'lifted', evidence: 'START' },
    ])
  })
})
