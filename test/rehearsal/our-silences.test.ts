import { expect, it } from 'vitest'
import type { Evidence } from '../../scripts/rehearsal/evidence.ts'
import { ourSilences } from '../../scripts/rehearsal/our-silences.ts'
import type { CallFact } from '../../src/call/facts.ts'

interface Sentence {
  readonly fromMs: number
  readonly toMs: number
  readonly interrupted?: boolean
  readonly phrase?: string
}

/** A call whose stream lasts from 0 to 20 s, with what was heard and said in it. */
function callWith(heard: readonly Sentence[], said: readonly { startMs: number; endMs: number }[] = []): Evidence {
  const spans = heard.map(({ fromMs, toMs }) => ({ startMs: fromMs, endMs: toMs }))
  const entries = heard.flatMap(({ fromMs, toMs, interrupted = false, ...phrase }, place): Entry[] => {
    const utteranceId = `u${place}`
    const text = 'words'
    const heardMs = toMs - fromMs
    return [
      { atMs: fromMs, fact: { type: 'agent.speaking', utteranceId, queuedMs: 0, ...phrase } },
      {
        atMs: toMs + 20,
        fact: { type: 'agent.spoke', utteranceId, text, heardText: text, givenMs: heardMs, heardMs, interrupted },
      },
    ]
  })
  const call = {
    heardSpans: () => spans,
    streams: [{ heard: { spans: () => spans } }],
    events: [
      { type: 'stream.started', atMs: 0 },
      { type: 'stream.ended', atMs: 20_000 },
    ],
  }
  return { call, utterances: said, entries } as unknown as Evidence
}
type Entry = { readonly atMs: number; readonly fact: CallFact }

const OPENING = { fromMs: 0, toMs: 3_000 }

it('counts from the end of the caller’s words to the next sound', () => {
  const answer = { fromMs: 7_500, toMs: 20_000 }
  expect(ourSilences(callWith([OPENING, answer], [{ startMs: 4_000, endMs: 5_000 }]))).toEqual([
    { fromMs: 5_000, untilMs: 7_500, after: 'the caller' },
  ])
})

it('leaves the caller their time when we have finished', () => {
  expect(ourSilences(callWith([OPENING]))).toEqual([])
})

it('counts where a sentence of ours broke off, and after a filler', () => {
  const brokenOff = { fromMs: 4_000, toMs: 6_000, interrupted: true }
  const filler = { fromMs: 8_500, toMs: 9_500, phrase: 'one-moment' }
  expect(ourSilences(callWith([OPENING, brokenOff, filler], [{ startMs: 3_000, endMs: 4_000 }]))).toEqual([
    { fromMs: 6_000, untilMs: 8_500, after: 'a part of a sentence' },
    { fromMs: 9_500, untilMs: 20_000, after: 'a filler' },
  ])
})

it('counts a call that begins in silence', () => {
  expect(ourSilences(callWith([{ fromMs: 2_500, toMs: 20_000 }]))).toEqual([
    { fromMs: 0, untilMs: 2_500, after: 'nothing' },
  ])
})
