import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isFinal, parseCarrierWord, rankOf } from '../../../src/business/texting/text-status.ts'
import { describeOnEachDatabase } from '../../fakes/databases.ts'
import { knowCaller, openTexting } from './texting-house.ts'

const REPORTS = ['accepted', 'queued', 'sending', 'sent', 'delivered', 'undelivered', 'failed', 'read', 'unheard-of']

describeOnEachDatabase('the status of a text', (newPlace) => {
  it('only rises, whatever is reported in whatever order, and of final ones the first stands (RELIABILITY I4, F19)', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const house = openTexting(database)
    await knowCaller(database)
    let runs = 0
    const reports = fc.array(fc.constantFrom(...REPORTS), { minLength: 1, maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(reports, async (words) => {
        runs += 1
        const textId = await house.queue({ key: `run ${runs}` })
        const carrierSid = `SMrun${runs}`
        let before = 'waiting' as NonNullable<ReturnType<typeof parseCarrierWord>>
        for (const status of words) {
          await house.statusReported({ textId, carrierSid, status })
          const now = (await house.texts.find(textId))!.status
          expect(rankOf(now)).toBeGreaterThanOrEqual(rankOf(before))
          if (isFinal(before) && now !== before) expect([before, now]).toEqual(['delivered', 'read'])
          before = now
        }
        const known = words.map(parseCarrierWord).filter((word) => word !== undefined)
        const final = known.find(isFinal)
        if (final) expect(isFinal(before)).toBe(true)
        else expect(rankOf(before)).toBe(Math.max(rankOf('accepted'), ...known.map(rankOf)))
      }),
      { numRuns: 40 },
    )
  })

  it('is the same for every order of what one text goes through', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const house = openTexting(database)
    let runs = 0
    const orders = fc.shuffledSubarray(['queued', 'sending', 'sent', 'sent', 'undelivered'], { minLength: 5 })
    await fc.assert(
      fc.asyncProperty(orders, async (words) => {
        runs += 1
        const textId = await house.queue({ key: `run ${runs}` })
        for (const status of words) {
          const failure = status === 'undelivered' ? '30003' : undefined
          await house.statusReported({ textId, carrierSid: `SM${runs}`, status, failure })
        }
        expect(await house.texts.find(textId)).toMatchObject({ status: 'undelivered', failure: '30003' })
      }),
      { numRuns: 20 },
    )
  })

  it('is known by a report that comes before the answer to our request, and by the carrier id alone', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const house = openTexting(database)
    await knowCaller(database)
    const textId = await house.queue()
    await house.statusReported({ textId, carrierSid: 'SM9', status: 'sent' })
    await house.work()
    expect(house.carrier.sent).toEqual([])
    await house.statusReported({ carrierSid: 'SM9', status: 'delivered' })
    await house.statusReported({ textId, carrierSid: 'SMof-another', status: 'failed' })
    expect(await house.texts.find(textId)).toMatchObject({ status: 'delivered', carrierSid: 'SM9' })
  })
})
