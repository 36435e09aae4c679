import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { CallFact } from '../../src/call/facts.ts'
import { historyOf, transcriptOf, wasGreeted } from '../../src/call/transcript.ts'
import { heardText } from '../../src/lib/heard-text.ts'

const words = fc.array(fc.string({ minLength: 1, maxLength: 8 }), { maxLength: 20 }).map((list) => list.join(' '))

it('[HT1] is a beginning of the text, and grows with what was heard', () => {
  fc.assert(
    fc.property(
      words,
      fc.nat(20_000),
      fc.nat(20_000),
      fc.nat(20_000),
      fc.boolean(),
      (text, givenMs, a, b, complete) => {
        const [less = 0, more = 0] = [a, b].sort((x, y) => x - y)
        const heardLess = heardText({ text, givenMs, heardMs: less, complete })
        const heardMore = heardText({ text, givenMs, heardMs: more, complete })
        expect(text.startsWith(heardMore)).toBe(true)
        expect(heardMore.startsWith(heardLess)).toBe(true)
      },
    ),
  )
})

it('[HT1] ends with a whole word', () => {
  const text = 'one two three four'
  for (let heardMs = 0; heardMs <= 4_000; heardMs += 10) {
    const heard = heardText({ text, givenMs: 4_000, heardMs, complete: true })
    expect(text.split(' ').slice(0, heard.split(' ').filter(Boolean).length).join(' ')).toBe(heard)
  }
})

it('[HT1] of nothing heard there are no words, of everything heard all', () => {
  expect(heardText({ text: 'one two', givenMs: 1_000, heardMs: 0, complete: true })).toBe('')
  expect(heardText({ text: 'one two', givenMs: 1_000, heardMs: 1_000, complete: true })).toBe('one two')
})

const entries = (...facts: CallFact[]) => facts.map((fact, seq) => ({ seq, atMs: seq * 100, fact }))
const speaking: CallFact = { type: 'agent.speaking', utteranceId: 'a1', queuedMs: 0 }

it('[HT1] words that come after their sound are heard all the same', () => {
  const spoke = { utteranceId: 'a1', text: '', heardText: '', givenMs: 1_000, heardMs: 1_000 }
  const lines = transcriptOf(
    entries(
      speaking,
      { type: 'agent.spoke', ...spoke, interrupted: false },
      { type: 'agent.words', utteranceId: 'a1', text: 'one two' },
    ),
  )
  expect(lines).toMatchObject([{ by: 'agent', text: 'one two', unheardText: '', interrupted: false }])
})

it('[HT1] of what a killed process was saying, as much was heard as was noted', () => {
  const lines = transcriptOf(
    entries(
      speaking,
      { type: 'agent.words', utteranceId: 'a1', text: 'one two three four five six seven eight' },
      { type: 'agent.heard', utteranceId: 'a1', heardMs: 1_000 },
    ),
  )
  expect(lines).toMatchObject([{ text: 'one two three', unheardText: 'four five six seven eight' }])
})

it('[HT1] what the caller said stands before the answer to it, though its words came later', () => {
  const lines = transcriptOf(
    entries(
      { type: 'caller.stopped-speaking', turnId: 't1', endpointingMs: 500 },
      speaking,
      { type: 'agent.words', utteranceId: 'a1', text: 'Yes.' },
      { type: 'agent.heard', utteranceId: 'a1', heardMs: 1_000 },
      { type: 'caller.said', turnId: 't1', text: 'Are you there?' },
    ),
  )
  expect(lines.map(({ text }) => text)).toEqual(['Are you there?', 'Yes.'])
})

it('[HT2] a tool that ran when its process died is not promised a result', () => {
  // The process that took the call up told its model that the tool was still working and that its result would follow.
  const requested = { type: 'tool.requested', requestId: 'r1', name: 'take_message', argumentsJson: '{"a":1}' } as const
  const facts = entries(requested, { type: 'call.recovered', gapMs: 2_000 })
  const [note, ...others] = historyOf(facts)
  expect(note?.text).toMatch(/take_message was called with {"a":1}.* not known/)
  expect(others).toEqual([])
})

it('[HT2] a tool without an outcome is named as still working', () => {
  const requested: CallFact = { type: 'tool.requested', requestId: 'r1', name: 'slow', argumentsJson: '{}' }
  expect(historyOf(entries(requested))).toEqual([{ role: 'note', text: expect.stringContaining('still working') }])
})

it('[CS2] only an opening that was heard to its end has greeted the caller', () => {
  const opening: CallFact = { type: 'agent.speaking', utteranceId: 'o1', queuedMs: 0, phrase: 'opening' }
  const spoke = { utteranceId: 'o1', text: 'Hi', heardText: 'Hi', givenMs: 1, heardMs: 1 }
  expect(wasGreeted(entries(opening))).toBe(false)
  expect(wasGreeted(entries(opening, { type: 'agent.spoke', ...spoke, interrupted: true }))).toBe(false)
  expect(wasGreeted(entries(opening, { type: 'agent.spoke', ...spoke, interrupted: false }))).toBe(true)
})
