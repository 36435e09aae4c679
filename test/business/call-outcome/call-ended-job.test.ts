import { expect, it } from 'vitest'
import { createCallEndedJob } from '../../../src/business/call-outcome/call-ended-job.ts'
import { createCallSummaryJob } from '../../../src/business/call-outcome/call-summary-job.ts'
import { outcomeOfCall } from '../../../src/business/call-outcomes.ts'
import { optOut } from '../../../src/business/consent/opt-outs.ts'
import { factsOfContact } from '../../../src/business/contact-facts.ts'
import { createContacts } from '../../../src/business/contacts.ts'
import { createTexts } from '../../../src/business/texting/texts.ts'
import { describeOnEachDatabase } from '../../fakes/databases.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { openAfterCallDesk, runRows, TEN_OCLOCK, writtenIn } from './after-call-desk.ts'
import { answered, CALLER, confirmed, found, said, stated, TRANSFER } from './ledger.ts'

const TALK = [
  said('I want to refinance.'),
  ...answered('Gladly.'),
  said('In Texas.'),
  ...answered('Good.'),
  said('Bye.'),
]
const BRIDGED = TRANSFER.map((fact) => ('officerId' in fact ? { ...fact, officerId: 'dana' } : fact))

describeOnEachDatabase('what follows from the end of a call', (newPlace) => {
  it('merges the contact and keeps what came of the call', async () => {
    await using desk = await openAfterCallDesk(await newPlace())
    const spanish = found({ type: 'language changed', language: 'es', because: 'spoken' })
    await desk.call([...TALK, confirmed('name', 'Ada Byron'), stated('property state', 'TX'), spanish])
    await runRows(desk, desk.callEnded)
    const contact = await createContacts(desk.database).find(CALLER)
    expect(contact).toMatchObject({ name: 'Ada Byron', language: 'es-US', nextAction: 'none' })
    expect(await factsOfContact(desk.database, CALLER)).toMatchObject([
      { key: 'name', value: 'Ada Byron', confirmed: true, callId: 'call_1' },
      { key: 'property state', value: 'TX', confirmed: false },
    ])
    const kept = await outcomeOfCall(desk.database, 'call_1')
    expect(kept).toMatchObject({ number: CALLER, madeBy: 'extract', outcome: { disposition: 'other' } })
    expect(kept?.summary).toContain('Ada Byron said: "I want to refinance."')
  })

  it('finds the same in a second run, and leaves nothing of a run that failed in its middle', async () => {
    await using desk = await openAfterCallDesk(await newPlace())
    await desk.call([...TALK, ...BRIDGED, confirmed('name', 'Ada Byron')])
    const before = await writtenIn(desk.database)
    const unlucky = createCallEndedJob({ ...desk.afterCall, clock: dyingAt(3) })
    await expect(unlucky.run({ callId: 'call_1', robocall: false }, CONTEXT)).rejects.toThrow('killed')
    expect(await writtenIn(desk.database)).toEqual(before)
    await runRows(desk, desk.callEnded)
    const once = await writtenIn(desk.database)
    expect(once).not.toEqual(before)
    await desk.callEnded.run({ callId: 'call_1', robocall: false }, CONTEXT)
    expect(await writtenIn(desk.database)).toEqual(once)
  })

  it('remembers the officer they talked with, and how long once they have parted', async () => {
    await using desk = await openAfterCallDesk(await newPlace())
    const { transfers, clock } = desk
    const transferId = 'transfer_1'
    const candidate = { officerId: 'dana', name: 'Dana Lee', nmlsId: undefined, phone: '+16175550141', because: [] }
    transfers.began({ transferId, callId: 'call_1', carrierCallId: 'CA1', because: 'asked' })
    transfers.rang({ legId: 'leg_1', transferId, officerId: 'dana' })
    transfers.bridged({ transferId, candidate, brief: '', callerNumber: CALLER })
    await transfers.settled()
    await desk.call([...TALK, ...BRIDGED])
    await runRows(desk, desk.callEnded)
    expect(await createContacts(desk.database).find(CALLER)).toMatchObject({ officerId: 'dana' })
    expect((await outcomeOfCall(desk.database, 'call_1'))?.summary).toContain('They talked with Dana Lee.')
    clock.advance(5 * 60_000)
    expect(await desk.callSettled.run({ callId: 'call_1' }, CONTEXT)).toEqual({ later: clock.now() + 600_000 })
    await transfers.parted('leg_1')
    expect(await runRows(desk, desk.callSettled, { times: 2 })).toEqual(['done', 'done'])
    const kept = await outcomeOfCall(desk.database, 'call_1')
    expect(kept?.outcome.transfer).toMatchObject({ outcome: 'bridged', talkedMs: 300_000 })
    expect(kept?.summary).toContain('They talked with Dana Lee for 5 min.')
  })

  it('keeps a confirmed name when another is stated, and takes the newest of those stated', async () => {
    await using desk = await openAfterCallDesk(await newPlace())
    const names = [
      [stated('name', 'Eda')],
      [stated('name', 'Aida')],
      [confirmed('name', 'Ada')],
      [stated('name', 'Ida')],
    ]
    const seen: (string | undefined)[] = []
    for (const [at, facts] of names.entries()) {
      await desk.call(facts, { callId: `call_${at}`, startedAt: TEN_OCLOCK + at * 1_000 })
      await runRows(desk, desk.callEnded)
      seen.push((await createContacts(desk.database).find(CALLER))?.name)
    }
    expect(seen).toEqual(['Eda', 'Aida', 'Ada', 'Ada'])
  })

  it('takes language and officer from the latest call, though an earlier one is merged after it', async () => {
    await using desk = await openAfterCallDesk(await newPlace())
    const spanish = found({ type: 'language changed', language: 'es', because: 'asked for' })
    await desk.call([spanish, stated('name', 'Ada')], { callId: 'late', startedAt: TEN_OCLOCK })
    await desk.call([stated('name', 'Eda')], { callId: 'early', startedAt: TEN_OCLOCK - 1_000_000 })
    await desk.callEnded.run({ callId: 'late', robocall: false }, CONTEXT)
    await desk.callEnded.run({ callId: 'early', robocall: false }, CONTEXT)
    expect(await createContacts(desk.database).find(CALLER)).toMatchObject({ name: 'Ada', language: 'es-US' })
  })

  it('texts whoever was gone before anybody served them, once a day', async () => {
    await using desk = await openAfterCallDesk(await newPlace())
    for (const callId of ['call_1', 'call_2']) await desk.call([], { callId, turns: 0 })
    await runRows(desk, desk.callEnded, { times: 2 })
    const texts = await createTexts(desk.database).ofContact(CALLER, { limit: 10 })
    expect(texts).toMatchObject([{ purpose: 'missed call', callId: 'call_1' }])
    expect(await createContacts(desk.database).find(CALLER)).toMatchObject({
      nextAction: 'see to it: they were not served',
    })
  })

  it.each([
    ['was served', { turns: 2 }],
    ['has a time kept for them', { turns: 0, callId: 'held' }],
    ['was turned away', { turns: 0, endReason: 'screened out' }],
    ['withholds their number', { turns: 0, from: undefined }],
    ['is a robocall', { turns: 0, robocall: true }],
  ] as const)('does not text one who %s', async (_who, more) => {
    await using desk = await openAfterCallDesk(await newPlace())
    desk.heldCalls.add('held')
    await desk.call([], more)
    expect(await runRows(desk, desk.callEnded)).toEqual(['done'])
    expect(await createTexts(desk.database).list({ limit: 10 })).toEqual([])
  })

  it('texts nobody who has opted out, and tells the office to leave them alone (I7)', async () => {
    await using desk = await openAfterCallDesk(await newPlace())
    await desk.database
      .transaction()
      .execute((transaction) => optOut(transaction, { number: CALLER, source: 'spoken', callId: 'call_1', at: 1 }))
    await desk.call([], { turns: 0 })
    await runRows(desk, desk.callEnded)
    expect(await createTexts(desk.database).list({ limit: 10 })).toEqual([])
    expect(await createContacts(desk.database).find(CALLER)).toMatchObject({ nextAction: 'do not call or text' })
    expect((await outcomeOfCall(desk.database, 'call_1'))?.outcome).toMatchObject({ disposition: 'opted out' })
  })

  it('makes no contact of a robocall', async () => {
    await using desk = await openAfterCallDesk(await newPlace())
    await desk.call([...TALK, stated('name', 'Rachel')], { robocall: true })
    await runRows(desk, desk.callEnded)
    expect(await factsOfContact(desk.database, CALLER)).toEqual([])
    expect((await outcomeOfCall(desk.database, 'call_1'))?.outcome.disposition).toBe('robocall')
  })

  it('waits with a late text for the hours of texts', async () => {
    await using desk = await openAfterCallDesk(await newPlace(), { at: Date.UTC(2026, 10, 21, 4) })
    await desk.call([], { turns: 0 })
    desk.clock.advance(60 * 60_000)
    await runRows(desk, desk.callEnded)
    const send = await desk.database
      .selectFrom('outbox')
      .select('available_at')
      .where('topic', '=', 'text.send')
      .execute()
    expect(send).toEqual([{ available_at: Date.UTC(2026, 10, 21, 14) }])
  })

  it('lets a model sum up, keeps only what was said, and does without it when it fails', async () => {
    await using desk = await openAfterCallDesk(await newPlace())
    const said: (string | Error)[] = [
      'The caller was offered 5.5 percent on a refinance in Texas.',
      new Error('down'),
      'The caller wants to refinance in Texas; nothing was promised to them.',
    ]
    const next = () => said.shift() ?? expect.unreachable()
    const summarise = async () => {
      const answer = next()
      if (answer instanceof Error) throw answer
      return answer
    }
    const parts = { ...desk.afterCall, summariser: { summarise } }
    await desk.call(TALK)
    await runRows(desk, createCallEndedJob(parts))
    const job = createCallSummaryJob(parts)
    const madeBy = async () => (await outcomeOfCall(desk.database, 'call_1'))?.madeBy
    expect([await job.run({ callId: 'call_1' }, CONTEXT), await madeBy()]).toEqual(['done', 'extract'])
    await expect(job.run({ callId: 'call_1' }, CONTEXT)).rejects.toMatchObject({ retryable: true })
    expect([await runRows(desk, job), await madeBy()]).toEqual([['done'], 'model'])
    await createCallEndedJob(parts).run({ callId: 'call_1', robocall: false }, CONTEXT)
    expect(await madeBy()).toBe('model')
  })
})

const CONTEXT = { key: 'key', attempts: 1, signal: new AbortController().signal }

/** A clock in whose hands the process dies: `question` times it is asked for the time. */
function dyingAt(question: number): FakeClock {
  let asked = 0
  const clock = new FakeClock(TEN_OCLOCK)
  clock.now = () => {
    asked += 1
    if (asked >= question) throw new Error('killed')
    return TEN_OCLOCK
  }
  return clock
}
