import { expect, it } from 'vitest'
import { CallerTurns } from '../../../src/engines/cascade/caller-turns.ts'
import type { EngineEvent } from '../../../src/engines/engine.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'

function startTurns({ agentSaid = 'May I have your phone number?', holdForNumbersMs = 1_200 } = {}) {
  const clock = new FakeClock()
  const events: EngineEvent[] = []
  const log: string[] = []
  const turns = new CallerTurns({
    clock,
    holdForNumbersMs,
    agentSaid: () => agentSaid,
    onNearlyEnded: (text) => log.push(`think: ${text}`),
    onResumed: () => log.push('forget'),
    onEnded: (text) => log.push(`end: ${text}`),
    emit: (event) => events.push(event),
  })
  const ends = (text: string) => turns.hear({ type: 'turn.ended', text, endpointingMs: 300 })
  /** Events as short words, ids checked to be one per turn. */
  const said = () =>
    events.map((event) =>
      event.type === 'caller.words'
        ? `${event.final ? 'final' : 'partial'}: ${event.text}`
        : event.type === 'caller.stopped-speaking'
          ? `stopped after ${event.endpointingMs}`
          : event.type.replace('caller.', ''),
    )
  return { clock, turns, events, log, ends, said }
}

it('joins the pieces of a number that was said with a pause', () => {
  const { clock, turns, events, log, ends, said } = startTurns()
  turns.hear({ type: 'turn.started' })
  ends('Nine one seven, five five five.')
  expect(said()).toEqual(['started-speaking'])
  clock.advance(1_000)
  turns.hear({ type: 'turn.started' })
  clock.advance(5_000)
  turns.hear({ type: 'turn.words', text: 'Oh one' })
  ends('Oh one two three.')
  expect(said()).toEqual([
    'started-speaking',
    'partial: Nine one seven, five five five. Oh one',
    'stopped after 300',
    'final: Nine one seven, five five five. Oh one two three.',
  ])
  expect(new Set(events.flatMap((event) => ('turnId' in event ? [event.turnId] : []))).size).toBe(1)
  // The pause was thought about ahead, in case it was the end.
  expect(log).toEqual([
    'think: Nine one seven, five five five.',
    'forget',
    'end: Nine one seven, five five five. Oh one two three.',
  ])
})

it('ends the turn when nothing follows the pause, and tells how long it waited', () => {
  const { clock, ends, said, log } = startTurns()
  ends('Nine one seven.')
  clock.advance(1_199)
  expect(said()).toEqual(['started-speaking'])
  clock.advance(1)
  expect(said().slice(1)).toEqual(['stopped after 1500', 'final: Nine one seven.'])
  expect(log).toEqual(['think: Nine one seven.', 'end: Nine one seven.'])
  expect(clock.timers).toBe(0)
})

it('ends the turn at once when what follows is a cough', () => {
  const { turns, ends, said } = startTurns()
  ends('Nine one seven.')
  turns.hear({ type: 'turn.started' })
  ends('')
  expect(said().slice(1)).toEqual(['stopped after 300', 'final: Nine one seven.'])
})

it.each([
  ['a whole number', 'It is 917 555 0123.', {}],
  ['another thing than a number', 'Yes, please.', { agentSaid: 'Shall I book it?' }],
  ['a number where nobody waits', 'Nine one seven.', { holdForNumbersMs: 0 }],
])('does not wait after %s', (_what, text, options) => {
  const { clock, ends, said } = startTurns(options)
  ends(text)
  expect(said()).toEqual(['started-speaking', 'stopped after 300', `final: ${text}`])
  expect(clock.timers).toBe(0)
})

it('makes no turn of sound without words that had no beginning', () => {
  const { ends, said, log } = startTurns()
  ends('')
  expect([said(), log]).toEqual([[], []])
})

it('goes on with the turn when another listener hears it again', () => {
  const { clock, turns, ends, said } = startTurns({ agentSaid: '' })
  turns.hear({ type: 'turn.started' })
  turns.hear({ type: 'turn.words', text: 'I want to' })
  turns.listenerReplaced()
  clock.advance(2_000)
  turns.hear({ type: 'turn.started' })
  turns.hear({ type: 'turn.words', text: 'I want to refinance' })
  clock.advance(60_000)
  ends('I want to refinance.')
  expect(said()).toEqual([
    'started-speaking',
    'partial: I want to',
    'partial: I want to refinance',
    'stopped after 300',
    'final: I want to refinance.',
  ])
})

it('ends a turn of which the next listener hears nothing', () => {
  // The caller kept the floor for ever, and the agent never said a word again.
  const { clock, turns, said } = startTurns({ agentSaid: '' })
  turns.hear({ type: 'turn.started' })
  turns.hear({ type: 'turn.words', text: 'Hello' })
  turns.listenerReplaced()
  clock.advance(4_000)
  expect(said().slice(-2)).toEqual(['stopped after 4000', 'final: Hello'])
})
