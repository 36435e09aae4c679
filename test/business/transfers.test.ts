import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createTransfers } from '../../src/business/transfers.ts'
import { describeOnEachDatabase, silentLog } from '../fakes/databases.ts'
import { FakeClock } from '../fakes/fake-clock.ts'
import { DANA } from '../fakes/fake-officers.ts'

const TRANSFER = { transferId: 'transfer_1', callId: 'call_1', carrierCallId: 'CA1', because: 'asked' }
const LEG = { legId: 'leg_1', transferId: 'transfer_1', officerId: DANA.officerId }

describeOnEachDatabase('transfers', (newPlace) => {
  it('are kept with their legs, and with how long the caller and the officer talked', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const clock = new FakeClock()
    const transfers = createTransfers(database, { clock, log: silentLog })
    transfers.began(TRANSFER)
    transfers.rang(LEG)
    transfers.legEnded(LEG.legId, 'accepted')
    transfers.bridged({
      transferId: 'transfer_1',
      candidate: DANA,
      brief: 'Maria is on the line.',
      callerNumber: '+16175550123',
    })
    await transfers.settled()
    clock.advance(90_000)
    await transfers.parted(LEG.legId)
    clock.advance(5_000)
    await transfers.parted(LEG.legId)
    const [transfer] = await transfers.ofCall('call_1')
    const endedAt = clock.now() - 5_000
    expect(transfer).toEqual({
      ...{ id: 'transfer_1', because: 'asked', outcome: 'bridged', officerId: DANA.officerId },
      ...{ startedAt: endedAt - 90_000, bridgedAt: endedAt - 90_000, endedAt, talkedMs: 90_000 },
      legs: [
        {
          ...{ id: 'leg_1', officerId: DANA.officerId, carrierCallId: undefined, status: 'queued' },
          ...{ outcome: 'accepted', rangAt: endedAt - 90_000, endedAt: undefined },
        },
      ],
    })
  })

  it('keep what follows from a bridge only together with it', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const failing = async () => {
      throw new Error('the text could not be queued')
    }
    const transfers = createTransfers(database, { clock: new FakeClock(), log: silentLog, onBridged: failing })
    transfers.began(TRANSFER)
    transfers.bridged({ transferId: 'transfer_1', candidate: DANA, brief: '', callerNumber: undefined })
    await transfers.settled()
    expect(await transfers.ofCall('call_1')).toMatchObject([{ outcome: undefined }])
  })

  it('know the legs a dead process left ringing, or waiting for the caller', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const transfers = createTransfers(database, { clock: new FakeClock(), log: silentLog })
    transfers.began(TRANSFER)
    transfers.rang(LEG)
    transfers.rang({ ...LEG, legId: 'leg_2' })
    transfers.legEnded('leg_1', 'busy')
    await transfers.settled()
    expect((await transfers.openLegs('call_1')).map(({ id }) => id)).toEqual(['leg_2'])
    transfers.legEnded('leg_2', 'accepted')
    await transfers.settled()
    expect((await transfers.openLegs('call_1')).map(({ id }) => id)).toEqual(['leg_2'])
    expect(await transfers.openLegs('call_2')).toEqual([])
  })

  it('have a status that only rises, whatever order the news comes in (RELIABILITY I4)', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const transfers = createTransfers(database, { clock: new FakeClock(), log: silentLog })
    transfers.began(TRANSFER)
    let legs = 0
    const news = fc.shuffledSubarray(['queued', 'ringing', 'in-progress', 'completed', 'completed'], { minLength: 1 })
    await fc.assert(
      fc.asyncProperty(news, async (statuses) => {
        legs += 1
        const legId = `leg_${legs}`
        transfers.rang({ ...LEG, legId })
        await transfers.settled()
        for (const status of statuses) await transfers.legStatus({ legId, carrierCallId: 'CA2', status })
        const highest = ['completed', 'in-progress', 'ringing', 'queued'].find((status) => statuses.includes(status))
        const [{ legs: kept } = { legs: [] }] = await transfers.ofCall('call_1')
        expect(kept.find(({ id }) => id === legId)).toMatchObject({ status: highest, carrierCallId: 'CA2' })
      }),
      { numRuns: 30 },
    )
  })
})
