import { expect, it } from 'vitest'
import { isOptedOut } from '../../../src/business/consent/opt-outs.ts'
import { offerByText, offerOf, type TextOffer } from '../../../src/business/texting/text-offers.ts'
import type { Database } from '../../../src/storage/database.ts'
import { describeOnEachDatabase } from '../../fakes/databases.ts'
import { CALLER, COMPANY, openTexting } from './texting-house.ts'

const told = 'Thu, Nov 26, 10:00 AM EST'

async function offer(database: Database, kind: TextOffer['kind'], at: number, options = [{ id: 'a', told }]) {
  const open = { number: CALLER, kind, options, language: 'en-US', expiresAt: at + 86_400_000, at }
  await database.transaction().execute((tx) => offerByText(tx, open))
}

const bodies = (house: ReturnType<typeof openTexting>) =>
  house.carrier.sent.map(({ body }) => body.replace(/ NMLS #1234567\.( Reply STOP to end\.)?$/, ''))

describeOnEachDatabase('a text that comes', (newPlace) => {
  it('[F14] STOP: confirmed once, and nothing more from then on, whatever is queued or comes', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const house = openTexting(database)
    await house.queue({ notBefore: house.clock.now() + 60_000 })
    await house.receive('Please stop texting me!')
    expect(await isOptedOut(database, CALLER)).toBe(true)
    await house.work()
    await house.receive('STOP')
    await house.receive('can we do Thursday')
    house.clock.advance(120_000)
    await house.work()
    expect(bodies(house)).toEqual([`${COMPANY}: you are unsubscribed and will get no more messages.`])
    expect(house.passedOn.map(({ body }) => body)).toEqual(['can we do Thursday'])
  })

  it('STOP that the carrier has answered is not confirmed again', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const house = openTexting(database)
    await house.receive('STOP', { answered: 'stop' })
    await house.work()
    expect(house.carrier.sent).toEqual([])
    expect(await isOptedOut(database, CALLER)).toBe(true)
  })

  it('HELP is answered even then, START lifts the opt-out', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const house = openTexting(database)
    await house.receive('STOP', { answered: 'stop' })
    await house.receive('help?')
    await house.work()
    await house.receive('Start')
    await house.work()
    expect(bodies(house)).toEqual([
      `${COMPANY}: help at +16175550100. Msg&data rates may apply. Reply STOP to end.`,
      `${COMPANY}: you will get our messages again. Reply STOP to end, HELP for help.`,
    ])
    expect(await isOptedOut(database, CALLER)).toBe(false)
  })

  it('[F18] delivered five times at the same moment has its effect once', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const house = openTexting(database)
    await Promise.all(Array.from({ length: 5 }, () => house.receive('STOP', { carrierSid: 'SMsame' })))
    await Promise.all(
      Array.from({ length: 5 }, () => house.receive('Thursday?', { carrierSid: 'SMother', from: '+12125550111' })),
    )
    await house.work()
    expect(house.carrier.sent).toHaveLength(2)
    expect(house.appointments.asked).toEqual(['offer 2026-11-26'])
  })

  it.each([
    ['keep hold', 'yes please', 'keepHold a', `${COMPANY}: thank you, ${told} is yours.`],
    [
      'keep hold',
      '2',
      'cancel a',
      `${COMPANY}: all right, we have let that time go. Reply with a day when you want another.`,
    ],
    ['choose time', '2', 'choose b', `${COMPANY}: thank you, Fri 2 PM is yours.`],
    ['confirm appointment', 'Sí, gracias', 'confirm a', `${COMPANY}: thank you, ${told} is confirmed.`],
    [
      'confirm appointment',
      'No',
      'cancel a',
      `${COMPANY}: your call on ${told} is cancelled. Reply with a day that suits you to set a new time.`,
    ],
  ] as const)('to an offer to %s: "%s" does %s', async (kind, said, asked, answer) => {
    await using place = await newPlace()
    await using database = await place.open()
    const house = openTexting(database)
    const options = [
      { id: 'a', told },
      { id: 'b', told: 'Fri 2 PM' },
    ]
    await offer(database, kind, house.clock.now(), kind === 'choose time' ? options : options.slice(0, 1))
    await house.receive(said)
    await house.work()
    expect(house.appointments.asked).toEqual([asked])
    expect(bodies(house)).toEqual([answer])
    expect((await offerOf(database, CALLER, house.clock.now()))?.kind).toBe(said === 'Sí, gracias' ? kind : undefined)
  })

  it('with a wish gets times to choose from, and the choice is understood', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const house = openTexting(database)
    await house.receive('can we do Thursday')
    await house.work()
    await house.receive('1')
    await house.work()
    expect(bodies(house)).toEqual([
      `${COMPANY}: we have 1) Thu 10 AM or 2) Thu 2 PM. Reply 1 or 2.`,
      `${COMPANY}: thank you, Thu 10 AM is yours.`,
    ])
    expect(house.appointments.asked).toEqual(['offer 2026-11-26', 'choose slot_1'])
  })

  it('for a time that has gone offers others', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const house = openTexting(database)
    house.appointments.isGone = true
    await offer(database, 'keep hold', house.clock.now())
    await house.receive('1')
    await house.work()
    expect(bodies(house)).toEqual([`${COMPANY}: we have 1) Thu 10 AM or 2) Thu 2 PM. Reply 1 or 2.`])
  })

  it('with anything else goes to the office, and says so once an hour', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const house = openTexting(database)
    for (const said of ['What documents do you need?', 'And by when?', '1']) {
      await house.receive(said)
      await house.work()
    }
    house.clock.advance(3_600_001)
    await house.receive('Hello?')
    await house.work()
    const answer = `${COMPANY}: thank you, we have your message. Somebody will get back to you in office hours.`
    expect(bodies(house)).toEqual([answer, answer])
    expect(house.passedOn.map(({ body }) => body)).toEqual([
      'What documents do you need?',
      'And by when?',
      '1',
      'Hello?',
    ])
  })

  it('is answered once though its job ran twice', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const house = openTexting(database)
    await house.receive('Thursday?')
    const [row] = await house.outbox.pending({ limit: 1 })
    const { textId } = row!.payload as { textId: string }
    await house.answer(textId, { isSilent: false })
    await house.answer(textId, { isSilent: false })
    await house.work()
    expect(house.carrier.sent).toHaveLength(1)
  })

  it('of a short code, or of our own number, is nobody to answer', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const house = openTexting(database)
    for (const from of ['262966', 'ACME', '+16175550100']) await house.receive('Thursday?', { from })
    await house.work()
    expect(house.carrier.sent).toEqual([])
    expect(await house.texts.list({ limit: 10 })).toEqual([])
  })
})
