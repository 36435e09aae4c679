import { describe, expect, it } from 'vitest'
import { EngineError } from '../../../src/engines/engine.ts'
import type { StageFactory } from '../../../src/pipeline/stage.ts'
import { CALLER, PERSON } from '../../fakes/call-house.ts'
import { settle } from '../../fakes/fake-clock.ts'
import { DANA, FakeOfficers } from '../../fakes/fake-officers.ts'
import { PLACED, PlacedHouse } from '../../fakes/placed-house.ts'

/** Whatever they say, it is the last straw. */
const angry: StageFactory = () => ({
  name: 'angry',
  hear: ({ by }) => (by === 'caller' ? [{ type: 'caller frustrated', frustration: 0.9 }] : []),
})

describe('a call we placed', () => {
  it('[OC1] tells who we are right after their hello, and then has the agent say why we call', async () => {
    await using house = new PlacedHouse()
    const line = await house.pickedUp()
    await house.hears(line, 600)
    expect(house.phrases).toEqual([])
    await house.quiet(line, 1_300)
    expect(house.phrases).toEqual(['calling-reminder'])
    expect(house.engine.session.take()).toEqual([{ answer: expect.stringContaining('why you call') }])
    expect(house.engine.briefings[0]!.instructions).toContain('a reminder about "the appointment on Friday"')
    expect(house.engine.briefings[0]!.history).toEqual([{ role: 'agent', text: 'Phrase calling-reminder.' }])
  })

  it('[OC1] speaks to somebody who says nothing within 2 s', async () => {
    await using house = new PlacedHouse()
    const line = await house.pickedUp()
    await house.quiet(line, 1_800)
    expect(house.phrases).toEqual(['calling-reminder'])
    house.engine.session.take()
  })

  it('[OC1] lets nothing of the engine be heard before our first words', async () => {
    await using house = new PlacedHouse()
    const line = await house.pickedUp()
    const { session } = house.engine
    session.callerStarts()
    await house.hears(line, 400)
    session.callerWords(session.callerStops(), 'Hello?')
    const answer = session.answerStarts()
    session.says('early', 'Hi there!', 500)
    session.answerEnds(answer, 'spoke')
    await house.quiet(line, 1_300)
    expect([...line.heard.keys()]).not.toContain('early')
    expect(house.phrases).toEqual(['calling-reminder'])
    session.take()
  })

  it('[OC2] waits for the beep of a machine, leaves the message and hangs up', async () => {
    await using house = new PlacedHouse()
    const line = await house.pickedUp()
    const { session } = house.engine
    session.callerStarts()
    await house.hears(line, 3_000)
    session.callerWords(session.callerStops(), 'You have reached the Petersons, leave a message after the beep.')
    await house.quiet(line, 1_500)
    expect(house.phrases).toEqual([])
    await house.beep(line)
    expect(house.phrases).toEqual(['voicemail-reminder'])
    await house.pass(1_500)
    expect(line.told).toEqual(['hang up'])
    await house.pass(500)
    expect(house.store.records).toMatchObject([{ endReason: 'voicemail left' }])
    session.take()
  })

  it('[OC2] leaves the message once when the carrier says machine after we had begun to greet it', async () => {
    await using house = new PlacedHouse()
    const line = await house.pickedUp()
    await house.hears(line, 500)
    await house.quiet(line, 1_300)
    expect(house.phrases).toEqual(['calling-reminder'])
    house.switchboard.pickedUpBy(CALLER.carrierCallId, 'machine')
    await house.hears(line, 2_000)
    await house.quiet(line, 1_000)
    expect(house.phrases).toEqual(['calling-reminder'])
    await house.beep(line)
    await house.quiet(line, 2_000)
    expect(house.phrases).toEqual(['calling-reminder', 'voicemail-reminder'])
    expect(line.told).toEqual(['hang up'])
    house.engine.session.take()
  })

  it('[OC2] leaves nothing with a fax', async () => {
    await using house = new PlacedHouse()
    const line = await house.pickedUp()
    house.switchboard.pickedUpBy(CALLER.carrierCallId, 'fax')
    await house.quiet(line, 500)
    expect(house.phrases).toEqual([])
    expect(line.told).toEqual(['hang up'])
  })

  it('[OC3] ends for good at the key 9, when the opt-out is saved, and says so', async () => {
    await using house = new PlacedHouse()
    const line = await house.pickedUp()
    await house.quiet(line, 1_800)
    line.callerPresses('9')
    await settle()
    expect(house.optedOut).toEqual([{ source: 'key', evidence: 'They pressed 9.' }])
    line.callerPresses('9')
    await house.pass(5_000)
    expect(house.phrases).toEqual(['calling-reminder', 'opted-out'])
    expect(line.told).toEqual(['hang up'])
    expect(house.optedOut).toHaveLength(1)
    expect(house.store.records).toMatchObject([{ endReason: 'opted out' }])
    house.engine.session.take()
  })

  it('[OC3] ends the same when they say it', async () => {
    await using house = new PlacedHouse()
    const line = await house.pickedUp()
    await house.quiet(line, 1_800)
    await house.pass(3_500)
    await house.callerSays('stop calling me')
    expect(house.optedOut).toEqual([{ source: 'spoken', evidence: 'stop calling me' }])
    await house.pass(2_000)
    expect(house.phrases.at(-1)).toBe('opted-out')
    expect(line.told).toEqual(['hang up'])
    house.engine.session.take()
  })

  // "Cancel", said to a reminder, once opted people out of all calls and texts, and kept their appointment.
  it.each(['Cancel.', 'I need to cancel', 'Cancelar, por favor'])('[OC3] leaves "%s" to the talk', async (words) => {
    await using house = new PlacedHouse()
    const line = await house.pickedUp()
    await house.quiet(line, 1_800)
    await house.pass(3_500)
    house.engine.session.take()
    await house.callerSays(words)
    expect(house.engine.session.take()).toContainEqual({ answer: undefined })
    await house.pass(2_000)
    expect(house.optedOut).toEqual([])
    expect(line.told).toEqual([])
    house.engine.session.take()
  })

  it('[OC3] promises nothing that could not be saved', async () => {
    await using house = new PlacedHouse({ fails: true })
    const line = await house.pickedUp()
    await house.quiet(line, 1_800)
    line.callerPresses('9')
    await house.pass(5_000)
    expect(house.phrases).toEqual(['calling-reminder', 'called-goodbye'])
    expect(house.errors.splice(0)).toEqual(['opt-out could not be saved'])
    house.engine.session.take()
  })

  it('[OC4] is answered the same again, and is hung up on when no line is free', async () => {
    await using house = new PlacedHouse()
    const first = await house.switchboard.placed(CALLER, PLACED)
    expect(await house.switchboard.placed(CALLER, PLACED)).toEqual(first)
    house.switchboard.drain()
    expect(await house.switchboard.placed({ ...CALLER, carrierCallId: 'CA2' }, PLACED)).toEqual({ do: 'hang up' })
    await settle()
  })

  it('[OC5] ends with an apology, and asks for no message, when our voice is lost and nobody is there', async () => {
    await using house = new PlacedHouse()
    const line = await house.pickedUp()
    await house.quiet(line, 1_800)
    await house.pass(2_000)
    house.engine.session.take()
    house.engine.session.emit({ type: 'engine.lost', error: new EngineError('refused', 'insufficient_quota', 'no') })
    await house.pass(2_500)
    expect(house.phrases).toEqual(['calling-reminder', 'called-too-long'])
    expect(line.told).toEqual(['hang up'])
    expect(house.store.records).toMatchObject([{ endReason: 'interrupted' }])
  })

  it('[OC5] goes to the office when somebody is there', async () => {
    await using house = new PlacedHouse()
    house.rescue = PERSON
    const line = await house.pickedUp()
    await house.quiet(line, 1_800)
    await house.pass(2_000)
    house.engine.session.take()
    house.engine.session.emit({ type: 'engine.lost', error: new EngineError('refused', 'insufficient_quota', 'no') })
    await house.pass(2_500)
    expect(house.phrases).toEqual(['calling-reminder', 'get-someone'])
    expect(line.told).toEqual([PERSON])
  })

  it('[OC5] is hung up on without a word when our voice never came to be', async () => {
    await using house = new PlacedHouse()
    house.engine.script(new EngineError('refused', 'invalid_api_key', 'no'))
    const line = await house.pickedUp()
    await house.pass(500)
    expect(house.phrases).toEqual([])
    expect(line.told).toEqual(['hang up'])
  })

  it('[OC5] ends with an apology when our voice is lost and no officer takes the call', async () => {
    const officers = new FakeOfficers([DANA])
    await using house = new PlacedHouse({ officerLines: officers })
    const line = await house.pickedUp()
    await house.quiet(line, 1_800)
    await house.pass(2_000)
    house.engine.session.take()
    house.engine.session.emit({ type: 'engine.lost', error: new EngineError('refused', 'insufficient_quota', 'no') })
    await house.pass(95_000)
    expect(officers.kept).toContain('rang dana-lee')
    expect(house.phrases.at(-1)).toBe('called-too-long')
    expect(line.told).toEqual(['hang up'])
    expect(house.store.records).toMatchObject([{ endReason: 'interrupted' }])
  })

  it('[OC5] rings no officer for somebody who has not been greeted when our voice is lost', async () => {
    const officers = new FakeOfficers([DANA])
    await using house = new PlacedHouse({ officerLines: officers })
    const line = await house.pickedUp()
    house.engine.session.emit({ type: 'engine.lost', error: new EngineError('refused', 'insufficient_quota', 'no') })
    await house.pass(2_500)
    expect(house.phrases).toEqual([])
    expect(officers.kept).toEqual([])
    expect(line.told).toEqual(['hang up'])
  })

  // "Stop calling me" spends somebody's patience, too: they were first asked whether they wanted to leave a message.
  it('[OC3] puts no question to somebody who is angry while they stop our calls', async () => {
    await using house = new PlacedHouse({ stages: [angry] })
    const line = await house.pickedUp()
    await house.quiet(line, 1_800)
    await house.pass(3_500)
    await house.callerSays('stop calling me')
    await house.pass(2_000)
    expect(house.phrases).not.toContain('offer-message')
    expect(house.phrases.at(-1)).toBe('opted-out')
    expect(line.told).toEqual(['hang up'])
    house.engine.session.take()
  })

  it('[OC4] is still a call of ours to the process that takes it up', async () => {
    const before = new PlacedHouse()
    const line = await before.pickedUp()
    await before.quiet(line, 1_800)
    await before.pass(500)
    before.engine.session.take()
    await before.switchboard.closeAll('shut down')
    before.engine.session.take()
    await before[Symbol.asyncDispose]()
    await using after = new PlacedHouse({ clock: before.clock, store: before.store })
    await after.switchboard.resume(CALLER.carrierCallId)
    await settle()
    expect(after.session.call.outbound).toEqual(PLACED)
    expect(after.engine.briefings[0]!.instructions).toContain('the appointment on Friday')
  })
})
