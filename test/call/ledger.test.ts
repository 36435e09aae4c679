import fc from 'fast-check'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import type { CallFact, LedgerEntry } from '../../src/call/facts.ts'
import { CallLedger } from '../../src/call/ledger.ts'
import { FakeClock, settle } from '../fakes/fake-clock.ts'
import { FakeStore } from '../fakes/fake-store.ts'

const call = { callId: 'call_1', carrierCallId: 'CA1', from: undefined, to: '+1', agent: 'a', engine: 'e' }
const pressed = (digit: string): CallFact => ({ type: 'caller.pressed', digit })
const log = pino({ level: 'silent' })

function open(options: { store?: FakeStore; clock?: FakeClock; stored?: LedgerEntry[] } = {}) {
  const { store = new FakeStore(), clock = new FakeClock(), stored } = options
  const started = { ...call, startedAt: clock.now() }
  const ledger = new CallLedger({
    call: started,
    store,
    clock,
    log,
    hide: (entry) => entry,
    ...(stored ? { stored } : {}),
  })
  return { ledger, store, clock }
}

it('stores facts in order, whatever the store does, once each', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('fact', 'fail', 'work', 'wait', 'flush'), { maxLength: 40 }),
      async (steps) => {
        const { ledger, store } = open()
        let count = 0
        for (const step of steps) {
          if (step === 'fact') ledger.append(pressed(String(count++)))
          else if (step === 'wait') await settle()
          else if (step === 'flush') await ledger.flush().catch(() => undefined)
          else store.fails = step === 'fail'
        }
        store.fails = false
        await ledger.flush().catch(() => undefined)
        await ledger.flush()
        const expected = Array.from({ length: count }, (_, digit) => pressed(String(digit)))
        expect(store.facts('CA1')).toEqual(expected)
        const seqs = ledger.entries.map(({ seq }) => seq)
        expect(seqs).toEqual(seqs.map((_, index) => index))
      },
    ),
  )
})

it('has stored what was added before, when a flush resolves', async () => {
  const { ledger, store } = open()
  for (let turn = 0; turn < 50; turn += 1) {
    ledger.append(pressed('1'))
    for (let microtask = 0; microtask < turn % 12; microtask += 1) await Promise.resolve()
    ledger.append(pressed('2'))
    await ledger.flush()
    expect(store.facts('CA1')).toHaveLength(2 * (turn + 1))
  }
})

it('says so when it cannot be stored, and stores it with the next', async () => {
  const { ledger, store } = open()
  store.fails = true
  ledger.append(pressed('1'))
  await expect(ledger.flush()).rejects.toThrow('the database is away')
  store.fails = false
  ledger.append(pressed('2'))
  await ledger.flush()
  expect(store.facts('CA1')).toEqual([pressed('1'), pressed('2')])
})

it('goes on behind what a process that died had stored, and never back in time', () => {
  const clock = new FakeClock()
  const stored = [{ seq: 7, atMs: 90_000, fact: pressed('1') }]
  const { ledger } = open({ clock, stored })
  ledger.append(pressed('2'))
  expect(ledger.entries.at(-1)).toEqual({ seq: 8, atMs: 90_000, fact: pressed('2') })
})

it('is not harmed by a listener that fails', async () => {
  const { store, clock } = open()
  const onFact = () => {
    throw new Error('metrics')
  }
  const ledger = new CallLedger({ call: { ...call, startedAt: 0 }, store, clock, log, onFact, hide: (entry) => entry })
  ledger.append(pressed('1'))
  await ledger.flush()
  expect(ledger.entries).toHaveLength(1)
})
