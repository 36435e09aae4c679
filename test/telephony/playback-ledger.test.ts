import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { durationMs, encodedSilence } from '../../src/audio/encoded-audio.ts'
import { createPiece, totalMs } from '../../src/telephony/piece.ts'
import { type HeardPiece, PlaybackLedger } from '../../src/telephony/playback-ledger.ts'
import { FakeClock } from '../fakes/fake-clock.ts'
import { CarrierModel } from './carrier-model.ts'

const at = (nowMs: number) => ({ nowMs, positionMs: nowMs })
const speech = (utteranceId: string, ms: number) => createPiece(utteranceId, encodedSilence(ms))

/** A ledger that was given and has sent pieces of one utterance, a mark behind each; gives the marks' names. */
function ledgerWith(...pieceMs: number[]) {
  const ledger = new PlaybackLedger()
  const marks = pieceMs.map((ms) => {
    ledger.give('u', ms)
    ledger.send(speech('u', ms), at(0))
    return ledger.mark()!
  })
  return { ledger, marks }
}

describe('PlaybackLedger', () => {
  it('interpolates between marks, never beyond the piece whose mark is awaited', () => {
    const { ledger, marks } = ledgerWith(400, 400)
    expect(ledger.heardMs('u', 150)).toBe(150)
    expect(ledger.heardMs('u', 430)).toBe(400)
    ledger.marked(marks[0]!, at(450))
    expect(ledger.heardMs('u', 450)).toBe(400)
    expect(ledger.heardMs('u', 500)).toBe(450)
    expect(ledger.unplayedMs(500)).toBe(350)
  })

  it('counts audio sent after the carrier ran dry from when it was sent', () => {
    const { ledger } = ledgerWith(100)
    ledger.marked('heard-1', at(100))
    ledger.give('u', 100)
    ledger.send(speech('u', 100), at(5000))
    expect(ledger.heardMs('u', 5030)).toBe(130)
  })

  it('counts pieces that share a mark from when they were sent, although the first was over long ago', () => {
    const ledger = new PlaybackLedger()
    ledger.give('u', 60)
    ledger.send(speech('u', 20), at(0))
    ledger.send(speech('u', 40), at(1000))
    expect(ledger.heardMs('u', 1000)).toBe(20)
    expect(ledger.heardMs('u', 1010)).toBe(30)
  })

  it('takes a later mark for those before it that never came', () => {
    const { ledger, marks } = ledgerWith(100, 100, 100)
    expect(ledger.marked(marks[1]!, at(200)).map((piece) => piece.heardMs)).toEqual([100, 200])
    expect(ledger.marked(marks[0]!, at(210))).toEqual([])
  })

  it('ignores the marks that come back because of its own clear', () => {
    const { ledger, marks } = ledgerWith(400, 400)
    const { heard, unheard } = ledger.clear(at(150))
    expect(heard.map((piece) => durationMs(piece.audio))).toEqual([150])
    expect(totalMs(unheard)).toBe(650)
    for (const mark of marks) expect(ledger.marked(mark, at(160))).toEqual([])
    expect(ledger.heardMs('u', 9999)).toBe(150)
  })

  it('gives up on a lost mark, and places the audio where it must have been', () => {
    const { ledger } = ledgerWith(400)
    expect(ledger.expire(at(3300), 3000)).toEqual([])
    expect(ledger.expire(at(3400), 3000)).toMatchObject([{ positionMs: 0, heardMs: 400 }])
    expect(ledger.isHeard('u')).toBe(true)
  })

  it('trusts the clock once two marks in a row were lost, until one comes', () => {
    // With a carrier that sends no marks every group of pieces was waited for 3 s: speech came in bursts of two
    // seconds with a second of silence between, to the end of the call.
    const { ledger, marks } = ledgerWith(200, 200, 200, 200)
    expect(ledger.expire(at(3200), 3000)).toHaveLength(1)
    expect(ledger.expire(at(3400), 3000)).toHaveLength(3)
    ledger.give('u', 600)
    for (const ms of [200, 200, 200]) {
      ledger.send(speech('u', ms), at(4000))
      marks.push(ledger.mark()!)
    }
    expect(ledger.expire(at(4400), 3000)).toEqual([])
    expect(ledger.expire(at(4500), 3000)).toMatchObject([{ positionMs: 4000, heardMs: 1000 }])
    ledger.marked(marks[5]!, at(4550))
    expect(ledger.expire(at(5100), 3000)).toEqual([])
  })

  it('keeps contiguous pieces contiguous though their marks waver', () => {
    const { ledger, marks } = ledgerWith(400, 400, 400)
    const positions = [403, 845, 1201].flatMap((ms, nth) => ledger.marked(marks[nth]!, at(ms)))
    expect(positions.map((piece) => piece.positionMs)).toEqual([3, 403, 803])
  })

  it('believes a mark that is far off: the carrier ran dry on the way', () => {
    const { ledger, marks } = ledgerWith(400, 400)
    ledger.marked(marks[0]!, at(400))
    expect(ledger.marked(marks[1]!, at(1100))).toMatchObject([{ positionMs: 700 }])
  })

  it('agrees with the carrier, whatever happens in whatever order', () => {
    const command: fc.Arbitrary<Command> = fc.oneof(
      fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 700 }) }),
      fc.record({
        do: fc.constant('send' as const),
        ms: fc.integer({ min: 1, max: 480 }),
        to: fc.constantFrom('a', 'b'),
      }),
      fc.record({ do: fc.constantFrom('mark' as const, 'clear' as const, 'stray mark' as const) }),
    )
    const run = (commands: readonly Command[], markDelayMs: number) => {
      const trial = new Trial(markDelayMs)
      for (const each of commands) trial.perform(each)
      trial.conclude()
    }
    fc.assert(fc.property(fc.array(command, { maxLength: 40 }), fc.integer({ min: 0, max: 50 }), run), { numRuns: 300 })
  })
})

type Utterance = 'a' | 'b'

type Command =
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'send'; readonly ms: number; readonly to: Utterance }
  | { readonly do: 'mark' | 'clear' | 'stray mark' }

/** A ledger and a carrier that are told the same, compared after each step and every 10 ms between. */
class Trial {
  readonly #clock = new FakeClock()
  readonly #ledger = new PlaybackLedger()
  readonly #carrier: CarrierModel
  readonly #heard: HeardPiece[] = []
  readonly #sentMs = { a: 0, b: 0 }
  readonly #lastHeardMs = { a: 0, b: 0 }
  readonly #markDelayMs: number
  #clears = 0

  constructor(markDelayMs: number) {
    this.#markDelayMs = markDelayMs
    this.#carrier = new CarrierModel({
      clock: this.#clock,
      outMs: 0,
      backMs: () => markDelayMs,
      onMark: (name) => this.#heard.push(...this.#ledger.marked(name, this.#now())),
    })
  }

  perform(command: Command): void {
    if (command.do === 'wait') this.#wait(command.ms)
    else if (command.do === 'send') this.#send(command.to, command.ms)
    else if (command.do === 'mark') this.#mark()
    else if (command.do === 'clear') this.#clear()
    else expect(this.#ledger.marked('nobody', this.#now())).toEqual([])
    this.#compare()
  }

  /** Lets everything be heard, then looks at the account as a whole. */
  conclude(): void {
    this.#mark()
    this.#clock.advance(60_000)
    this.#compare()
    for (const id of ['a', 'b'] as const) {
      const heardMs = this.#ledger.heardMs(id, this.#clock.monotonicMs())
      expect(totalMs(this.#heard.filter((piece) => piece.utteranceId === id))).toBe(heardMs)
      if (this.#clears === 0) expect(heardMs).toBe(this.#sentMs[id])
    }
    let untilMs = 0
    for (const piece of this.#heard) {
      expect(piece.positionMs).toBeGreaterThanOrEqual(untilMs)
      expect(piece.durationMs).toBe(durationMs(piece.audio))
      untilMs = piece.positionMs + piece.durationMs
    }
  }

  #wait(ms: number): void {
    for (let left = ms; left > 0; left -= 10) {
      this.#clock.advance(Math.min(10, left))
      this.#compare()
    }
  }

  #send(id: Utterance, ms: number): void {
    this.#sentMs[id] += ms
    this.#ledger.give(id, ms)
    this.#ledger.send(speech(id, ms), this.#now())
    this.#carrier.send({ utteranceId: id, durationMs: ms })
  }

  #mark(): void {
    const name = this.#ledger.mark()
    if (name !== undefined) this.#carrier.mark(name)
  }

  #clear(): void {
    this.#clears += 1
    this.#heard.push(...this.#ledger.clear(this.#now()).heard)
    this.#carrier.clear()
    expect(this.#ledger.isSettled).toBe(true)
    expect(this.#ledger.unplayedMs(this.#clock.monotonicMs())).toBe(0)
  }

  #compare(): void {
    // A mark under way may hide what two groups of pieces played meanwhile; a clear makes that final.
    const toleranceMs = (this.#clears + 1) * (2 * this.#markDelayMs + 2)
    for (const id of ['a', 'b'] as const) {
      const heardMs = this.#ledger.heardMs(id, this.#clock.monotonicMs())
      expect(heardMs).toBeLessThanOrEqual(this.#sentMs[id])
      expect(heardMs).toBeGreaterThanOrEqual(this.#lastHeardMs[id])
      expect(Math.abs(heardMs - this.#carrier.heardMs(id))).toBeLessThanOrEqual(toleranceMs)
      this.#lastHeardMs[id] = heardMs
    }
  }

  #now() {
    return at(this.#clock.monotonicMs())
  }
}
