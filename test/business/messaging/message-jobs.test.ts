import { expect, it } from 'vitest'
import { outcomeOfCall } from '../../../src/business/call-outcomes.ts'
import { createContacts } from '../../../src/business/contacts.ts'
import { createMessageMailJob } from '../../../src/business/messaging/message-mail-job.ts'
import { createMessageTakenJob } from '../../../src/business/messaging/message-taken-job.ts'
import { createTasks } from '../../../src/business/tasks.ts'
import { createTexts } from '../../../src/business/texting/texts.ts'
import { HearthlineError } from '../../../src/lib/errors.ts'
import { describeOnEachDatabase } from '../../fakes/databases.ts'
import { openAfterCallDesk, runRows, TEN_OCLOCK, writtenIn } from '../call-outcome/after-call-desk.ts'
import { CALLER, said } from '../call-outcome/ledger.ts'

const MINUTE_MS = 60_000
/** Friday, 20 November 2026, 22:00 in New York; the office opens on Monday at 9:00. */
const FRIDAY_NIGHT = Date.UTC(2026, 10, 21, 3)
const MONDAY_NINE = Date.UTC(2026, 10, 23, 14)

describeOnEachDatabase('a message', (newPlace) => {
  it('becomes a task, a text and an e-mail with the whole call, once however often it is passed on', async () => {
    await using desk = await openAfterCallDesk(await newPlace())
    await desk.officers.setPresence('lee', 'away')
    const message = await desk.take({ urgency: 'urgent' })
    await desk.call([said('Please call me, it is urgent.')])
    await runRows(desk, desk.messageTaken)
    const once = await writtenIn(desk.database)
    await desk.messageTaken.run({ messageId: message.id }, CONTEXT)
    expect(await writtenIn(desk.database)).toEqual(once)
    const [task, ...others] = await createTasks(desk.database, desk).open({ limit: 10 })
    expect(others).toEqual([])
    expect(task).toMatchObject({
      ...{ kind: 'call back', officerId: 'dana', contactNumber: CALLER, callId: 'call_1', messageId: message.id },
      ...{ urgency: 'urgent', dueAt: TEN_OCLOCK + 30 * MINUTE_MS },
    })
    const [text] = await createTexts(desk.database).list({ limit: 10 })
    expect(text).toMatchObject({ number: '+16175550141', purpose: 'message' })
    expect(text?.body).toBe(
      'Acme: URGENT message from Ada Byron, +16175550123. Call back by Friday, November 20 at 10:30 AM Eastern. Please call me about my documents.',
    )
    expect(await runRows(desk, desk.messageMail)).toEqual(['done'])
    expect(desk.mailed).toMatchObject([{ key: `message.mail:${message.id}`, to: 'dana@example.com' }])
    expect(desk.mailed[0]?.subject).toBe('Acme: URGENT message, call back by Friday, November 20 at 10:30 AM Eastern')
    expect(desk.mailed[0]?.text).toContain('caller: Please call me, it is urgent.')
  })

  it('of the night is due in the first open hour, and its officer is texted when it begins', async () => {
    await using desk = await openAfterCallDesk(await newPlace(), { at: FRIDAY_NIGHT })
    await desk.call([])
    await runRows(desk, desk.callEnded)
    await desk.take()
    await runRows(desk, desk.messageTaken)
    const [task] = await createTasks(desk.database, desk).open({ limit: 10 })
    expect(task?.dueAt).toBe(MONDAY_NINE + 60 * MINUTE_MS)
    const send = desk.database.selectFrom('outbox').select('available_at').where('topic', '=', 'text.send')
    expect(await send.execute()).toEqual([{ available_at: MONDAY_NINE }])
    expect(await createContacts(desk.database).find(CALLER)).toMatchObject({
      nextAction: 'call back by Monday, November 23 at 10 AM Eastern',
    })
  })

  it("goes to the officer who knows the caller, and is nobody's turn", async () => {
    await using desk = await openAfterCallDesk(await newPlace())
    await desk.call([])
    await runRows(desk, desk.callEnded)
    await desk.database.updateTable('contacts').set({ officer_id: 'lee' }).execute()
    await desk.take()
    await runRows(desk, desk.messageTaken)
    expect(await createTasks(desk.database, desk).open({ limit: 10 })).toMatchObject([{ officerId: 'lee' }])
    expect(await desk.officers.find('lee')).toMatchObject({ lastOfferedAt: undefined })
    // Lee has no address.
    expect(await runRows(desk, desk.messageMail)).toEqual([])
  })

  it('is a task of the office when no officer is there, and to be read when nobody can be called', async () => {
    await using desk = await openAfterCallDesk(await newPlace())
    for (const id of ['dana', 'lee']) await desk.officers.setPresence(id, 'away')
    await desk.take({ callerNumber: undefined })
    await runRows(desk, desk.messageTaken)
    const tasks = await createTasks(desk.database, desk).open({ limit: 10 })
    expect(tasks).toMatchObject([{ officerId: undefined, contactNumber: undefined, kind: 'read message' }])
    expect(await createTexts(desk.database).list({ limit: 10 })).toEqual([])
  })

  it('that comes after the end of its call changes what came of it', async () => {
    await using desk = await openAfterCallDesk(await newPlace())
    await desk.call([], { endReason: 'message left', turns: 0 })
    await runRows(desk, desk.callEnded)
    await desk.take()
    await runRows(desk, desk.messageTaken)
    await runRows(desk, desk.callSettled)
    expect((await outcomeOfCall(desk.database, 'call_1'))?.outcome).toMatchObject({
      ...{ disposition: 'message taken', reached: 'message' },
      promises: [{ kind: 'call back' }],
    })
  })

  it('is kept whole when the process dies between the task and its text', async () => {
    await using desk = await openAfterCallDesk(await newPlace())
    const message = await desk.take()
    const before = await writtenIn(desk.database)
    const textBook = {
      ...{ asFirst: (body: string) => body },
      say: () => {
        throw new Error('killed')
      },
    }
    const unlucky = createMessageTakenJob({ ...desk.passing, textBook })
    await expect(unlucky.run({ messageId: message.id }, CONTEXT)).rejects.toThrow('killed')
    expect(await writtenIn(desk.database)).toEqual(before)
    expect(await runRows(desk, desk.messageTaken)).toEqual(['done'])
    expect(await createTexts(desk.database).list({ limit: 10 })).toHaveLength(1)
  })

  it('is neither texted nor mailed where that is not set up', async () => {
    await using desk = await openAfterCallDesk(await newPlace())
    await desk.take()
    const bare = { ...desk.passing, textBook: undefined, mailer: undefined, company: 'Acme' }
    await runRows(desk, createMessageTakenJob(bare))
    expect(await createTexts(desk.database).list({ limit: 10 })).toEqual([])
    const mail = { messageId: 'message_1', officerId: 'dana', dueAt: 0 }
    expect(await createMessageMailJob(bare).run(mail, CONTEXT)).toBe('done')
  })

  it('is mailed again under its key when the mail server did not take it', async () => {
    await using desk = await openAfterCallDesk(await newPlace())
    await desk.officers.setPresence('lee', 'away')
    await desk.take()
    await runRows(desk, desk.messageTaken)
    const refusal = new HearthlineError('mail.not-sent', 'Later.', { retryable: true })
    const job = createMessageMailJob({
      ...desk.passing,
      company: 'Acme',
      mailer: { send: () => Promise.reject(refusal) },
    })
    await expect(runRows(desk, job)).rejects.toBe(refusal)
    desk.clock.advance(MINUTE_MS)
    expect(await runRows(desk, desk.messageMail)).toEqual(['done'])
    expect(desk.mailed).toHaveLength(1)
  })
})

const CONTEXT = { key: 'key', attempts: 1, signal: new AbortController().signal }
