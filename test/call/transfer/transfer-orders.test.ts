import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { LegEvent } from '../../../src/call/transfer/officer-legs.ts'
import { CallHouse } from '../../fakes/call-house.ts'
import { settle } from '../../fakes/fake-clock.ts'
import { DANA, FakeOfficers, KIM, SAM } from '../../fakes/fake-officers.ts'

/** What may happen to a transfer, in any order, also when it makes no sense. `late`: said of a leg that rang before. */
type Happening =
  | { readonly leg: LegEvent; readonly late: boolean }
  | { readonly pass: number }
  | 'caller hangs up'
  | 'caller presses 0'

const legEvent: fc.Arbitrary<LegEvent> = fc.oneof(
  fc.constant<LegEvent>({ type: 'picked up' }),
  fc.constantFrom('1', '2', undefined).map((key): LegEvent => ({ type: 'pressed', key })),
  fc.constant<LegEvent>({ type: 'caller joined' }),
  fc
    .constantFrom('completed', 'busy', 'no answer', 'failed')
    .map((how): LegEvent => ({ type: 'ended', how: how as 'busy' })),
)
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ leg: legEvent, late: fc.boolean() }) },
  { weight: 3, arbitrary: fc.constantFrom(200, 2_500, 12_000, 31_000).map((pass) => ({ pass })) },
  { weight: 1, arbitrary: fc.constant<Happening>('caller hangs up') },
  { weight: 1, arbitrary: fc.constant<Happening>('caller presses 0') },
)

const RUNS = 600

it('[TR1][TR5][TR7] whatever order the news comes in, nobody is joined unasked, left ringing, or without an end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { maxLength: 14 }), async (happenings) => {
      const officers = new FakeOfficers([DANA, SAM, KIM])
      const history = new History(officers)
      await using house = new CallHouse({ officerLines: officers })
      const line = await house.greeted()
      line.callerPresses('0')
      await settle()
      for (const what of happenings) {
        if (what === 'caller hangs up') line.callerHangsUp()
        else if (what === 'caller presses 0') line.callerPresses('0')
        else if ('pass' in what) await house.pass(what.pass)
        else history.tell(what.leg, what.late)
        await settle()
      }
      // Long after, with the caller's leg gone at the carrier.
      await house.switchboard.carrierEnded('CA1')
      await house.pass(40_000)
      for (const session of house.engine.sessions) session.take()
      history.check(house)
    }),
    { numRuns: RUNS },
  )
})

/** Every input and effect, and what must hold of them in the end. */
class History {
  readonly #officers: FakeOfficers
  readonly #accepted = new Set<string>()
  readonly #ended = new Set<string>()
  readonly #joined: string[] = []

  constructor(officers: FakeOfficers) {
    this.#officers = officers
  }

  tell(event: LegEvent, late: boolean): void {
    const leg = this.#officers.rung.at(late ? -2 : -1)
    if (!leg) return
    const { legId } = leg
    if (event.type === 'pressed' && event.key === '1') this.#accepted.add(legId)
    const answer = this.#officers.tell(event, leg)
    if (event.type === 'ended') this.#ended.add(legId)
    if (answer.do === 'join') this.#joined.push(legId)
    // A telephone that is told to hang up has ended.
    if (answer.do === 'hang up') this.#ended.add(legId)
  }

  check(house: CallHouse): void {
    const { rung, letGone, kept } = this.#officers
    expect(this.#joined.filter((legId) => !this.#accepted.has(legId))).toEqual([])
    const bridged = kept.some((what) => what.startsWith('bridged'))
    const over = new Set([...this.#ended, ...letGone.map(({ legId }) => legId), ...(bridged ? this.#joined : [])])
    expect(rung.filter(({ legId }) => !over.has(legId))).toEqual([])
    expect(new Set(rung.map(({ candidate }) => candidate.officerId)).size).toBe(rung.length)
    expect(house.store.records).toHaveLength(1)
    const transfers = house.of('transfer.started').length
    expect(house.of('transfer.ended')).toHaveLength(transfers)
  }
}
