import { describe, expect, it } from 'vitest'
import { findingsTextOf, trendOf } from '../../scripts/call-findings.ts'
import { talkOf } from '../../scripts/call-view.ts'
import type { CallFact, LedgerEntry } from '../../src/call/facts.ts'
import type { Finding } from '../../src/pipeline/stage.ts'

const RANG: CallFact = {
  type: 'call.rang',
  from: '+14155550123',
  to: '+16175550100',
  ...{ agent: 'receptionist', engine: 'fake', model: 'none', language: 'en-US' },
}

/** One fact a second. */
function ledger(...facts: readonly (CallFact | Finding)[]): LedgerEntry[] {
  return facts.map((fact, seq) => ({ seq, atMs: seq * 1_000, fact: isFinding(fact) ? found(fact) : fact }))
}

function isFinding(fact: CallFact | Finding): fact is Finding {
  return !fact.type.includes('.')
}

function found(finding: Finding): CallFact {
  return { type: 'finding.made', stage: 'any', finding }
}

describe('what was noticed in a call', () => {
  it('tells in which language it was held, and since when', () => {
    const changes = [
      { type: 'language changed', language: 'es', because: 'spoken' },
      { type: 'language changed', language: 'en', because: 'asked for' },
    ] as const
    expect(findingsTextOf(ledger(RANG, ...changes))).toEqual([
      'Language  English, Spanish from 1.0 s (spoken), English from 2.0 s (asked for)',
    ])
  })

  it('shows how the mood went, its worst moment with the reasons, and when a person was offered', () => {
    const moods = [0.05, 0.5, 0.84, 0.3].map(
      (frustration): Finding => ({ type: 'mood judged', frustration, cues: frustration > 0.8 ? ['had enough'] : [] }),
    )
    expect(findingsTextOf(ledger(...moods, { type: 'caller frustrated', frustration: 0.84 }))).toEqual([
      'Mood      ▁▅▇▃  0 to 1, at most 0.84 at 2.0 s: had enough',
      '          patience at its end at 4.0 s',
    ])
  })

  it('calls a call without a sign of bad mood calm', () => {
    expect(findingsTextOf(ledger({ type: 'mood judged', frustration: 0, cues: [] }))).toEqual(['Mood      ▁  calm'])
  })

  it('keeps the worst of each stretch of a long call', () => {
    const values = Array.from({ length: 600 }, (_, at) => (at === 299 ? 1 : 0))
    expect(trendOf(values)).toBe(`${'▁'.repeat(29)}█${'▁'.repeat(30)}`)
  })

  it('marks the facts that were confirmed, with the last value of each', () => {
    const facts = [
      { type: 'fact stated', key: 'property state', value: 'Texas' },
      { type: 'fact stated', key: 'loan purpose', value: 'refinance' },
      { type: 'fact stated', key: 'property state', value: 'Ohio' },
      { type: 'fact confirmed', key: 'property state', value: 'Ohio' },
    ] as const
    expect(findingsTextOf(ledger(...facts))).toEqual([
      'Facts     ✓ property state: Ohio (confirmed)',
      '          ? loan purpose: refinance',
    ])
  })

  it('tells why a ring was suspected, what sounded like a robocall, and what the agent was kept from saying', () => {
    const evidence = [{ layer: 'carrier', says: 'the number is withheld', weight: 0.15 }] as const
    const facts: (CallFact | Finding)[] = [
      { type: 'call.screened', verdict: 'accept', suspicion: 0.15, evidence },
      { type: 'robocall suspected', score: 0.97, because: ['press a key'] },
      { type: 'speech.barred', utteranceId: 'a1', rule: 'rate' },
    ]
    expect(findingsTextOf(ledger(...facts))).toEqual([
      'Ring      accept, suspicion 0.15',
      '            the number is withheld (+0.15)',
      'Robocall  suspected at 1.0 s (0.97): press a key',
      'Barred    rate at 2.0 s',
    ])
  })

  it('says so when there was nothing', () => {
    expect(findingsTextOf([])).toEqual(['Nothing.'])
  })
})

it('puts into the talk only what changed its course', () => {
  const facts: (CallFact | Finding)[] = [
    { type: 'caller.said', turnId: 't1', text: 'Hola, quiero saber de mi hipoteca' },
    { type: 'mood judged', frustration: 0, cues: [] },
    { type: 'intent found', intent: 'general_info', confidence: 0.8 },
    { type: 'language changed', language: 'es', because: 'spoken' },
    { type: 'speech.barred', utteranceId: 'a1', rule: 'eligibility' },
  ]
  expect(talkOf(ledger(...facts)).map(({ text }) => text)).toEqual([
    'caller  Hola, quiero saber de mi hipoteca',
    'noticed Spanish, spoken',
    'gate    stopped the agent: eligibility',
  ])
})
