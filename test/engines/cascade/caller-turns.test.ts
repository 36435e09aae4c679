import { expect, it } from 'vitest'
import { CallerTurns } from '../../../src/engines/cascade/caller-turns.ts'
import type { EngineEvent } from '../../../src/engines/engine.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'

function startTurns() {
  const clock = new FakeClock()
  const events: EngineEvent[] = []
  const log: string[] = []
  const turns = new CallerTurns({
    clock,
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

it('tells what was said in the order of a turn', () => {
  const { turns, events, log, ends, said } = startTurns()
  turns.hear({ type: 'turn.started' })
  turns.hear({ type: 'turn.words', text: 'Yes' })
  turns.hear({ type: 'turn.nearly-ended', text: 'Yes' })
  turns.hear({ type: 'turn.resumed' })
  ends('Yes, please.')
  expect(said()).toEqual(['started-speaking', 'partial: Yes', 'stopped after 300', 'final: Yes, please.'])
  expect(new Set(events.flatMap((event) => ('turnId' in event ? [event.turnId] : []))).size).toBe(1)
  expect(log).toEqual(['think: Yes', 'forget', 'end: Yes, please.'])
})

it('makes no turn of sound without words that had no beginning', () => {
  const { ends, said, log } = startTurns()
  ends('')
  expect([said(), log]).toEqual([[], []])
})

it('goes on with the turn when another listener hears it again', () => {
  const { clock, turns, ends, said } = startTurns()
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
  const { clock, turns, said } = startTurns()
  turns.hear({ type: 'turn.started' })
  turns.hear({ type: 'turn.words', text: 'Hello' })
  turns.listenerReplaced()
  clock.advance(4_000)
  expect(said().slice(-2)).toEqual(['stopped after 4000', 'final: Hello'])
})
