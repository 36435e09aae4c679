import { describe, expect, it } from 'vitest'
import { isOptedOut } from '../../src/business/consent/opt-outs.ts'
import { createOutbox } from '../../src/business/outbox.ts'
import { createTexting } from '../../src/business/texting/texting.ts'
import { queueText } from '../../src/business/texting/texts.ts'
import { createClock } from '../../src/lib/clock.ts'
import type { CarrierFaults } from '../../src/simulator/twilio/faults.ts'
import { startTwilioEmulator } from '../../src/simulator/twilio/twilio-emulator.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { createTwilioMessages } from '../../src/telephony/twilio-messages.ts'
import { book, CALLER, COMPANY, OURS } from '../business/texting/texting-house.ts'
import { silentLog } from '../fakes/databases.ts'
import { AUTH_TOKEN, PUBLIC_URL, startTestServer } from './harness.ts'

const SPEED = 20

/** Our webhooks and texts, and the emulated carrier, each knowing the other only by its addresses. */
async function startHouse(faults: CarrierFaults) {
  await using started = new AsyncDisposableStack()
  const clock = createClock(SPEED)
  const database = started.use(await openDatabase({ log: silentLog }))
  let port = 0
  const account = { accountSid: 'AC1', authToken: AUTH_TOKEN }
  const reach = (url: string) => url.replace(PUBLIC_URL, `http://127.0.0.1:${port}`)
  const emulator = started.use(await startTwilioEmulator({ ...account, clock, log: silentLog, reach, faults, seed: 3 }))
  const texting = createTexting({
    ...{ database, book, clock, log: silentLog, language: 'en-US', timeZone: 'America/New_York' },
    carrier: createTwilioMessages({ ...account, baseUrl: emulator.baseUrl, clock }),
    settings: { enabled: true, channel: 'sms', number: OURS, perSecond: 1, pumping: { numbers: 20, minutes: 10 } },
    statusUrl: `${PUBLIC_URL}/twilio/sms/status`,
    appointments: { keepHold: never, choose: never, confirm: never, cancel: never, offer: never },
    passOn: async () => {},
    hide: (text) => text,
  })
  const server = started.use(await startTestServer({ texts: texting }))
  port = server.port
  const outbox = createOutbox(database, { clock })
  const work = async () => {
    for (const row of await outbox.claim({ limit: 10, leaseMs: 60_000 })) {
      const { textId } = row.payload as { textId: string }
      const end = await texting.send(textId)
      if (end === 'done') await outbox.done(row)
      else await outbox.postpone(row, end.later)
    }
    return (await outbox.pending({ limit: 1 })).length
  }
  const receive = (body: string) =>
    emulator.messages.receive({ from: CALLER, to: OURS, body, smsUrl: `${PUBLIC_URL}/twilio/sms` })
  const kept = started.move()
  return { clock, database, emulator, texting, work, receive, [Symbol.asyncDispose]: () => kept.disposeAsync() }
}

describe('texts through the carrier', () => {
  it('[F14] "please stop texting me" is kept, honoured and confirmed once, though every webhook comes three times', async () => {
    await using house = await startHouse({ duplicateWebhooks: 2, shuffleCallbacks: true })
    const { database, emulator, texting, clock } = house
    const waiting = await database.transaction().execute((transaction) =>
      queueText(transaction, {
        ...{ key: 'reminder:1', number: CALLER, purpose: 'reminder', language: 'en', at: clock.now() },
        body: `${COMPANY}: reminder`,
      }),
    )
    expect(await house.receive('please stop texting me')).toMatchObject({ ok: true })
    expect(await isOptedOut(database, CALLER)).toBe(true)
    await expect.poll(house.work, { timeout: 5000 }).toBe(0)
    expect(emulator.messages.texts.map(({ body }) => body)).toEqual([
      `${COMPANY}: you are unsubscribed and will get no more messages.`,
    ])
    const statuses = async () =>
      (await texting.texts.ofContact(CALLER, { limit: 9 })).map(({ status }) => status).sort()
    await expect.poll(statuses, { timeout: 5000 }).toEqual(['delivered', 'received', 'refused'])
    expect(await texting.texts.find(waiting)).toMatchObject({ status: 'refused', failure: 'opted out' })
  })
})

async function never(): Promise<never> {
  throw new Error('appointments were asked though nothing should')
}
