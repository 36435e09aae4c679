import { expect, it } from 'vitest'
import { addConsentEvent } from '../../../src/business/consent/consents.ts'
import { passGate, passToDial } from '../../../src/business/outbound/gate.ts'
import { outboundSchema } from '../../../src/config/outbound-schema.ts'
import { describeOnEachDatabase } from '../../fakes/databases.ts'

const NOON = Date.parse('2026-11-18T12:00-05:00')
const TERMS = {
  settings: outboundSchema.parse({ callsPerSecond: 2 }),
  callerId: '+16175550100',
  seller: 'Hearthline',
  longestCallMs: 3_600_000,
}

describeOnEachDatabase('calls that are dialled at once', (newPlace) => {
  it('pass the gate no more often than the pace allows, whoever dials them', async () => {
    await using place = await newPlace()
    // Two processes.
    const databases = [await place.open(), await place.open()]
    const numbers = Array.from({ length: 6 }, (_, index) => `+1617555013${index}`)
    const calls = []
    for (const number of numbers) {
      const { call } = await databases[0]!.transaction().execute(async (transaction) => {
        const given = { number, event: 'given', channel: 'call', scope: 'informational', written: false } as const
        await addConsentEvent(transaction, { ...given, seller: TERMS.seller, source: 'call', at: NOON })
        const request = { key: number, number, kind: 'reminder', purpose: 'informational' } as const
        return await passGate(transaction, { ...request, subject: 'a', language: 'en-US' }, TERMS, NOON)
      })
      calls.push(call)
    }
    const dialled = calls.map((call, index) => passToDial(databases[index % 2]!, call, TERMS, NOON))
    const judgements = await Promise.all(dialled)
    expect(judgements.filter(({ allowed }) => allowed)).toHaveLength(2)
    expect(judgements.filter((one) => !one.allowed && one.reason === 'too many calls this second')).toHaveLength(4)
    for (const database of databases) await database.destroy()
  })
})
