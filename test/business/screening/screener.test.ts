import { describe, expect, it } from 'vitest'
import { openCallLog } from '../../../src/business/call-log.ts'
import { createContacts } from '../../../src/business/contacts.ts'
import { noteRobocall } from '../../../src/business/screening/caller-verdicts.ts'
import type { KnownFacts } from '../../../src/business/screening/number-facts.ts'
import { openScreening, type ScreeningOptions } from '../../../src/business/screening/screening.ts'
import type { EndReason } from '../../../src/call/facts.ts'
import type { Ring } from '../../../src/call/screener.ts'
import { screeningSchema } from '../../../src/config/screening-schema.ts'
import { type DatabasePlace, describeOnEachDatabase, newSqlitePlace, silentLog } from '../../fakes/databases.ts'
import { FakeClock, settle } from '../../fakes/fake-clock.ts'

const CALLER = '+14155550123'
const OURS = '+16175550100'
const DAY = 24 * 3_600_000
const FAILED = 'TN-Validation-Failed-C'

type OfficeOptions = Partial<Pick<ScreeningOptions, 'lookUp' | 'redisUrl'>> & { settings?: object }

/** The real thing over a real database, at a moment that stands still. */
async function openOffice(place: DatabasePlace, { settings, ...options }: OfficeOptions = {}) {
  const resources = new AsyncDisposableStack()
  resources.use(place)
  const clock = new FakeClock()
  const database = resources.use(await place.open())
  const callLog = resources.use(openCallLog(database, { clock, log: silentLog }))
  const screening = resources.use(
    openScreening(database, {
      settings: screeningSchema.parse(settings ?? {}),
      redisUrl: undefined,
      lookUp: undefined,
      ...{ callLog, clock, log: silentLog },
      ...options,
    }),
  )
  let calls = 0
  const nextId = () => `CA${++calls}`
  return {
    ...{ clock, database, callLog, ...screening },
    contacts: createContacts(database),
    ring: (ring: Partial<Ring> = {}) =>
      screening.screener.screen({ carrierCallId: nextId(), from: CALLER, to: OURS, at: clock.now(), ...ring }),
    /** A call of the past, with its end. */
    async hadCall(call: {
      endReason: EndReason
      turns?: number
      costUsd?: number
      daysAgo?: number
      avoidedUsd?: number
    }) {
      const { endReason, turns = 0, costUsd = 0, daysAgo = 1, avoidedUsd } = call
      const carrierCallId = nextId()
      const callId = `call_${carrierCallId}`
      const startedAt = clock.now() - daysAgo * DAY
      const begun = {
        callId,
        carrierCallId,
        from: CALLER,
        to: OURS,
        startedAt,
        agent: 'receptionist',
        engine: 'openai',
      }
      await callLog.begin(begun)
      await callLog.end({
        ...{ callId, endReason, turns, costUsd, endedAt: startedAt + 60_000 },
        ...{ talkedMs: avoidedUsd === undefined ? 60_000 : 0, interruptions: 0, deadAirMs: 0, priceVersion: 'test' },
        ...{ recordingFile: undefined, summary: '', costAvoidedUsd: avoidedUsd },
      })
      return callId
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

type Office = Awaited<ReturnType<typeof openOffice>>

/** Signs enough to be asked who they are, whoever calls. */
const suspicious = { stirVerdict: FAILED, to: CALLER }

describeOnEachDatabase('screening', (newPlace) => {
  it('[SC2] lets a first-time caller in without a word, and says why it was or was not in doubt', async () => {
    await using office = await openOffice(await newPlace())
    expect(await office.ring({ stirVerdict: 'TN-Validation-Passed-A' })).toMatchObject({
      verdict: 'accept',
      suspicion: 0,
    })
    const { verdict, evidence } = await office.ring(suspicious)
    expect(verdict).toBe('challenge')
    expect(evidence.map(({ says }) => says)).toEqual([
      'the signature of the caller id is not valid',
      'the caller id is our own number',
    ])
  })

  it('[SC1] whoever has talked with us comes in, whatever the signs', async () => {
    await using office = await openOffice(await newPlace())
    await office.hadCall({ endReason: 'agent ended', turns: 2, daysAgo: 400 })
    expect(await office.ring(suspicious)).toMatchObject({ verdict: 'accept', evidence: [{ layer: 'contact' }] })
  })

  it.each<[string, EndReason, number]>([
    ['in which nobody was there', 'nobody there', 5],
    ['that was screened out', 'screened out', 0],
    ['without a word', 'caller hung up', 0],
  ])('[SC1] a call %s makes nobody known', async (_what, endReason, turns) => {
    await using office = await openOffice(await newPlace())
    await office.hadCall({ endReason, turns })
    expect((await office.ring(suspicious)).verdict).toBe('challenge')
  })

  it('[SC1] a caller who told us their name is known', async () => {
    await using office = await openOffice(await newPlace())
    await office.hadCall({ endReason: 'caller hung up', turns: 1 })
    await office.contacts.rename(CALLER, 'Maria Santos')
    expect(await office.ring(suspicious)).toMatchObject({ verdict: 'accept', evidence: [{ layer: 'contact' }] })
  })

  it('[SC1] the more precise entry of the lists wins, and the office adds to those of the settings', async () => {
    await using office = await openOffice(await newPlace(), { settings: { block: ['+1415'], allow: ['+1415555'] } })
    expect((await office.ring({ from: '+14156660123' })).verdict).toBe('reject')
    expect((await office.ring(suspicious)).verdict).toBe('accept')
    await office.lists.put({ beginning: CALLER, list: 'block' })
    expect((await office.ring()).verdict).toBe('reject')
    await office.lists.put({ beginning: CALLER, list: 'allow' })
    expect((await office.ring(suspicious)).verdict).toBe('accept')
    expect(await office.lists.remove(CALLER)).toBe(true)
    expect(await office.lists.remove(CALLER)).toBe(false)
    expect(await office.lists.all()).toEqual([])
  })

  it('[SC3] one robocall is a question, two within 30 days are proof', async () => {
    await using office = await openOffice(await newPlace())
    await office.verdicts.noteRobocall({ number: CALLER, callId: 'call_1' })
    await office.verdicts.noteRobocall({ number: CALLER, callId: 'call_1' })
    expect((await office.ring()).verdict).toBe('challenge')
    await office.database
      .transaction()
      .execute((transaction) => noteRobocall(transaction, { number: CALLER, callId: 'call_2', at: office.clock.now() }))
    expect(await office.ring()).toMatchObject({ verdict: 'reject', evidence: [{ layer: 'history' }] })
    office.clock.advance(31 * DAY)
    expect((await office.ring()).verdict).toBe('accept')
  })

  it('[SC3] a number we have talked with is not turned away for what others did with it', async () => {
    await using office = await openOffice(await newPlace())
    await office.hadCall({ endReason: 'caller hung up', turns: 3 })
    for (const callId of ['call_x', 'call_y']) await office.verdicts.noteRobocall({ number: CALLER, callId })
    expect((await office.ring()).verdict).toBe('accept')
  })

  it('[SC1] a talk that turned out to be a robocall makes nobody known', async () => {
    await using office = await openOffice(await newPlace())
    const callId = await office.hadCall({ endReason: 'agent ended', turns: 4 })
    await office.verdicts.noteRobocall({ number: CALLER, callId })
    expect((await office.ring()).verdict).toBe('challenge')
  })

  it('[SC8] a correction is used by the next ring, and no robocall found later takes it back', async () => {
    await using office = await openOffice(await newPlace())
    for (const callId of ['call_1', 'call_2']) await office.verdicts.noteRobocall({ number: CALLER, callId })
    expect((await office.ring()).verdict).toBe('reject')
    office.clock.advance(1_000)
    await office.verdicts.correct({ number: CALLER, verdict: 'not spam', callId: 'call_2' })
    expect((await office.ring(suspicious)).verdict).toBe('accept')
    office.clock.advance(1_000)
    for (const callId of ['call_3', 'call_4']) await office.verdicts.noteRobocall({ number: CALLER, callId })
    expect((await office.ring()).verdict).toBe('accept')
    office.clock.advance(1_000)
    await office.verdicts.correct({ number: CALLER, verdict: 'robocall', callId: undefined })
    expect((await office.ring()).verdict).toBe('message')
    expect((await office.verdicts.recent({ limit: 2 })).map(({ verdict, by }) => [verdict, by])).toEqual([
      ['robocall', 'person'],
      ['robocall', 'call'],
    ])
  })

  it('holds calls without a word, and earlier screening, against a number nobody knows', async () => {
    await using office = await openOffice(await newPlace())
    for (let call = 0; call < 3; call += 1) await office.hadCall({ endReason: 'caller hung up' })
    await office.hadCall({ endReason: 'screened out', avoidedUsd: 0.1 })
    expect(await office.ring()).toMatchObject({ verdict: 'accept', suspicion: 0.47 })
    expect((await office.ring({ stirVerdict: FAILED })).verdict).toBe('challenge')
  })

  it('[SC7] the usual cost is that of served calls, and what was avoided can be summed', async () => {
    await using office = await openOffice(await newPlace())
    expect(await office.screener.usualCostUsd()).toBe(0)
    expect(await office.callLog.costAvoided()).toEqual({ calls: 0, usd: 0 })
    await office.hadCall({ endReason: 'agent ended', turns: 2, costUsd: 0.1 })
    await office.hadCall({ endReason: 'caller hung up', turns: 2, costUsd: 0.3 })
    for (let call = 0; call < 2; call += 1) await office.hadCall({ endReason: 'screened out', avoidedUsd: 0.2 })
    expect(await office.screener.usualCostUsd()).toBeCloseTo(0.2, 6)
    expect(await office.callLog.costAvoided()).toEqual({ calls: 2, usd: expect.closeTo(0.4, 6) })
  })
})

describe('what is asked of the carrier about a number', () => {
  const dialler: KnownFacts = { valid: true, lineType: 'nonFixedVoip', risk: 'high', blocked: false }
  const openLooking = async (lookUp: (number: string) => Promise<KnownFacts>): Promise<Office> =>
    openOffice(newSqlitePlace(), { lookUp })

  it('is asked once in 30 days, and is a sign among others', async () => {
    const asked: string[] = []
    await using office = await openLooking(async (number) => {
      asked.push(number)
      return dialler
    })
    expect(await office.ring()).toMatchObject({ verdict: 'challenge', suspicion: 0.53 })
    expect((await office.ring()).suspicion).toBe(0.53)
    expect(asked).toEqual([CALLER])
    office.clock.advance(30 * DAY)
    await office.ring()
    expect(asked).toEqual([CALLER, CALLER])
  })

  it('is never asked about who is known, withheld, or as good as turned away', async () => {
    await using office = await openLooking(() => Promise.reject(new Error('asked all the same')))
    expect((await office.ring({ from: 'anonymous' })).verdict).toBe('accept')
    await office.hadCall({ endReason: 'agent ended', turns: 2 })
    expect((await office.ring()).verdict).toBe('accept')
    await office.verdicts.correct({ number: CALLER, verdict: 'robocall', callId: undefined })
    expect((await office.ring()).verdict).toBe('message')
  })

  it('[SC4] is no evidence when the carrier fails', async () => {
    await using office = await openLooking(() => Promise.reject(new Error('out of order')))
    expect(await office.ring()).toMatchObject({ verdict: 'accept', suspicion: 0.05 })
  })

  it('[SC4] is waited for no longer than 0.7 s, and what comes later is known to the next ring', async () => {
    const late = Promise.withResolvers<KnownFacts>()
    await using office = await openLooking(() => late.promise)
    const judged = office.ring()
    let done = false
    void judged.then(() => {
      done = true
    })
    // The look at the table goes to another thread and back.
    for (let round = 0; round < 50 && !done; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, 5))
      office.clock.advance(50)
      await settle()
    }
    expect((await judged).suspicion).toBe(0.05)
    late.resolve(dialler)
    await expect.poll(async () => (await office.ring()).suspicion).toBe(0.53)
  })
})

describe('explaining a number', () => {
  it('counts for nothing', async () => {
    await using office = await openOffice(newSqlitePlace(), { settings: { velocity: { perNumber: 2 } } })
    const ring = { carrierCallId: 'explained', from: CALLER, to: OURS, at: office.clock.now() }
    for (let look = 0; look < 3; look += 1) await office.screener.explain({ ...ring, carrierCallId: `${look}` })
    await office.ring()
    expect(await office.screener.explain(ring)).toMatchObject({ verdict: 'accept', suspicion: 0.05 })
    expect((await office.ring()).evidence).toContainEqual(expect.objectContaining({ layer: 'velocity' }))
  })
})
