import { expect, it } from 'vitest'
import { nameDatabaseError } from '../../../src/storage/database-errors.ts'
import { describeOnEachDatabase } from '../../fakes/databases.ts'
import { knowCaller, openTexting } from './texting-house.ts'

describeOnEachDatabase('a disk that is full when the carrier has taken a text', (newPlace) => {
  it('[I2] does not call the text refused, and finds it at the carrier when there is room again', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const house = openTexting(database)
    await knowCaller(database)
    const id = await house.queue()
    const send = house.carrier.send.bind(house.carrier)
    house.carrier.send = async (text) => {
      await send(text)
      // As the database throws it when it is to note what the carrier said.
      throw nameDatabaseError(Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' }))
    }
    await expect(house.send(id)).rejects.toMatchObject({ code: 'database_full' })
    expect(await house.texts.find(id)).toMatchObject({ status: 'asked', failure: undefined })
    house.clock.advance(5_000)
    expect(await house.send(id)).toBe('done')
    expect(house.carrier.sent).toHaveLength(1)
    expect(await house.texts.find(id)).toMatchObject({ carrierSid: 'SM1' })
  })
})
