import { expect, it } from 'vitest'
import { createMessages } from '../../../src/business/messages.ts'
import { createOutbox } from '../../../src/business/outbox.ts'
import { createHandToOffice } from '../../../src/business/texting/hand-to-office.ts'
import { describeOnEachDatabase } from '../../fakes/databases.ts'
import { CALLER, openTexting } from './texting-house.ts'

describeOnEachDatabase('a text for the office', (newPlace) => {
  it('is one message that is passed on like any other, however often it is handed over', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const { receive, texts, clock } = openTexting(database)
    await receive('What documents do you need?')
    const [text] = await texts.ofContact(CALLER, { limit: 1 })
    const handToOffice = createHandToOffice(database, { clock })
    await handToOffice(text!)
    await handToOffice(text!)
    const [message, ...more] = await createMessages(database, { clock }).list({ limit: 10 })
    expect(more).toEqual([])
    expect(message).toMatchObject({ callerNumber: CALLER, text: 'What documents do you need?' })
    const rows = await createOutbox(database, { clock }).pending({ limit: 10 })
    const passedOn = rows.filter(({ topic }) => topic === 'message.taken')
    expect(passedOn).toMatchObject([{ payload: { messageId: message?.id } }])
  })
})
