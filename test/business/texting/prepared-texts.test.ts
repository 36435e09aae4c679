import { expect, it } from 'vitest'
import { optOut } from '../../../src/business/consent/opt-outs.ts'
import { createPreparedTexts } from '../../../src/business/texting/prepared-texts.ts'
import { newSqlitePlace } from '../../fakes/databases.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'

const prepared = [{ id: 'documents to bring', text: 'Bring two pay stubs.' }]
const WANTED = {
  callId: 'call_1',
  idempotencyKey: 'call_1:send_text:1',
  number: '+16175550123',
  what: 'documents to bring',
  language: 'en',
}

async function openHouse({ enabled = true } = {}) {
  const resources = new AsyncDisposableStack()
  const place = resources.use(newSqlitePlace())
  const database = resources.use(await place.open())
  const clock = new FakeClock()
  const texts = createPreparedTexts(database, { settings: { enabled, prepared }, company: 'Harbor', clock })
  const queued = () => database.selectFrom('texts').select(['number', 'body']).execute()
  return { database, texts, queued, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}

it('queues a prepared text under the name of the company, once for the same intent', async () => {
  await using house = await openHouse()
  expect(await house.texts.send(WANTED)).toBe('queued')
  expect(await house.texts.send(WANTED)).toBe('queued')
  expect(await house.queued()).toEqual([{ number: WANTED.number, body: 'Harbor: Bring two pay stubs.' }])
})

it('queues nothing for who has opted out, nothing that is not prepared, and nothing when texting is off', async () => {
  await using house = await openHouse()
  await house.database.transaction().execute(async (transaction) => {
    await optOut(transaction, { number: WANTED.number, source: 'spoken', evidence: 'stop', at: 1 })
  })
  expect(await house.texts.send(WANTED)).toBe('opted out')
  expect(await house.texts.send({ ...WANTED, number: '+16175550199', what: 'my password' })).toBe('not possible')
  await using silent = await openHouse({ enabled: false })
  expect(await silent.texts.send(WANTED)).toBe('not possible')
  expect([...(await house.queued()), ...(await silent.queued())]).toEqual([])
})
