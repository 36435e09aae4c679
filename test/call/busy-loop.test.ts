import { expect, it } from 'vitest'
import { z } from 'zod'
import type { CallFact } from '../../src/call/facts.ts'
import { EngineError } from '../../src/engines/engine.ts'
import type { Finding, StageFactory } from '../../src/pipeline/stage.ts'
import type { Tool } from '../../src/tools/tool.ts'
import { busyLoop } from '../fakes/busy-loop.ts'
import { CallHouse, PERSON } from '../fakes/call-house.ts'
import { settle } from '../fakes/fake-clock.ts'

const IN_TEXAS: Finding = { type: 'fact stated', key: 'property state', value: 'TX' }

/** Finds something in whatever the caller says, as the last of several stages. */
function findsLast(finding: Finding): StageFactory[] {
  const hearsOnly: StageFactory = () => ({ name: 'hears only', hear: () => [] })
  const finds: StageFactory = () => ({ name: 'finds', hear: ({ by }) => (by === 'caller' ? [finding] : []) })
  return [hearsOnly, hearsOnly, finds]
}

it('[CD8] a tool knows what was said before it, however many calls talk at once', async () => {
  const known: CallFact['type'][] = []
  const tool: Tool = {
    name: 'look_up',
    description: 'Looks up.',
    arguments: z.object({}),
    effect: 'reads',
    timeoutMs: 1_000,
    run: async () => {
      known.push(...house.facts.map(({ type }) => type))
      return { reply: {} }
    },
  }
  await using house = new CallHouse({ tools: [tool], stages: findsLast(IN_TEXAS), listeningShare: busyLoop() })
  await house.greeted()
  const { session } = house.engine
  session.callerStarts()
  await house.pass(1_500)
  session.callerWords(session.callerStops(), 'It is in Texas.')
  session.asksFor({ requestId: 'r1', name: 'look_up', args: {} })
  await settle()
  expect(known).toContain('finding.made')
  session.take()
})

it('[CD8] what was said last is found although the caller hangs up at once', async () => {
  await using house = new CallHouse({ stages: findsLast(IN_TEXAS), listeningShare: busyLoop() })
  await house.greeted()
  const { session } = house.engine
  session.callerStarts()
  await house.pass(1_500)
  session.callerWords(session.callerStops(), 'It is in Texas.')
  session.take()
  await house.switchboard.carrierEnded('CA1')
  expect(house.of('finding.made')).toMatchObject([{ finding: IN_TEXAS }])
  const types = house.facts.map(({ type }) => type)
  expect(types.indexOf('finding.made')).toBeLessThan(types.indexOf('call.ended'))
})

it('[CD8] what is found a few turns of the loop later is acted upon all the same', async () => {
  await using house = new CallHouse({ stages: findsLast({ type: 'person requested' }), listeningShare: busyLoop() })
  house.rescue = PERSON
  await house.greeted()
  await house.callerSays('A person, please.')
  await house.pass(100)
  expect(house.phrases.at(-1)).toBe('connecting')
  house.engine.session.take()
})

it('[CD2] [CD8] the session that follows a lost one knows the language of words that came just before', async () => {
  const spanish: Finding = { type: 'language changed', language: 'es', because: 'spoken' }
  await using house = new CallHouse({ stages: findsLast(spanish), listeningShare: busyLoop() })
  await house.greeted()
  const { session } = house.engine
  session.callerStarts()
  await house.pass(1_500)
  house.engine.next('accept')
  session.callerWords(session.callerStops(), 'Quisiera refinanciar.')
  session.emit({ type: 'engine.lost', error: new EngineError('dropped', 'closed', 'gone') })
  await house.pass(500)
  expect(house.engine.briefings.at(-1)!.language).toBe('es-US')
  for (const each of house.engine.sessions) each.take()
})

it('[CD8] [CD5] what of ours the end of the call cuts is judged before the call has ended', async () => {
  const noticesCard: StageFactory = () => ({
    name: 'notices a card',
    hear: ({ by }) => (by === 'agent' ? [{ type: 'private number said', kinds: ['CARD'] }] : []),
  })
  await using house = new CallHouse({ stages: [noticesCard], listeningShare: busyLoop() })
  await house.greeted()
  await house.callerSays('Read it back.')
  await house.pass(100)
  house.engine.session.says(
    'u1',
    'Your card is four one one one one one one one one one one one one one one one.',
    4_000,
  )
  await house.pass(3_500)
  const mutedBefore = house.recorders[0]!.muted.length
  house.line.callerHangsUp()
  await house.pass(500)
  expect(house.facts.at(-1)?.type).toBe('call.ended')
  expect(house.recorders[0]!.muted.length).toBe(mutedBefore + 1)
  house.engine.session.take()
})

it('[CD8] a wish that is found when its caller has hung up leads nowhere', async () => {
  await using house = new CallHouse({ stages: findsLast({ type: 'person requested' }), listeningShare: busyLoop() })
  house.rescue = PERSON
  await house.greeted()
  const { session } = house.engine
  session.callerStarts()
  await house.pass(1_500)
  session.callerWords(session.callerStops(), 'A person, please.')
  house.line.callerHangsUp()
  await house.pass(500)
  expect(house.of('finding.made')).toHaveLength(1)
  expect(house.of('call.handed-over')).toEqual([])
  session.take()
})
