import { expect, it } from 'vitest'
import { z } from 'zod'
import { waterfallOf } from '../../scripts/call-view.ts'
import type { LedgerEntry } from '../../src/call/facts.ts'
import { type TurnLatency, turnLatenciesOf } from '../../src/call/turn-latency.ts'
import { CallHouse, type HouseOptions } from '../fakes/call-house.ts'

it('tells a turn by its parts, the first token once for each answer', async () => {
  await using talk = await openTalk()
  const { house } = talk
  await house.callerSays('What are your hours?')
  await house.pass(200)
  const { session } = house.engine
  const answerId = session.answerStarts()
  await house.pass(300)
  session.emit({ type: 'answer.worded', answerId })
  await house.pass(40)
  session.speaks('a1', 'Nine', 100)
  session.speaks('a1', 'Nine to five.', 900)
  expect(house.of('answer.worded')).toEqual([{ type: 'answer.worded', answerId }])
  expect(await talk.latencies()).toMatchObject([
    {
      engine: 'fake',
      endpointMs: 500,
      transcriptMs: 500,
      toolMs: undefined,
      answerMs: 700,
      firstTokenMs: 1_000,
      firstAudioMs: 1_040,
      atCarrierMs: 1_040,
    },
  ])
})

it('tells the answer that was heard where one before it only asked for tools, and how long those ran', async () => {
  const slow = { name: 'slow', description: 'Takes its time.', arguments: z.strictObject({ ms: z.number() }) }
  await using talk = await openTalk({
    tools: [
      {
        ...slow,
        effect: 'reads',
        timeoutMs: 60_000,
        async run({ ms }: { ms: number }) {
          await new Promise<void>((resolve) => talk.house.clock.after(ms, resolve))
          return { reply: {} }
        },
      },
    ],
  })
  const { house } = talk
  await house.callerSays('Look it up')
  await house.pass(100)
  const { session } = house.engine
  const tool = (requestId: string, ms: number) => ({ requestId, name: 'slow', args: { ms } })
  session.asksFor(tool('r1', 300), tool('r2', 200))
  await house.pass(400)
  session.says('a1', 'Here it is.', 1_000)
  expect(house.of('answer.worded')).toHaveLength(2)
  expect(await talk.latencies()).toMatchObject([{ toolMs: 300, answerMs: 1_000, firstTokenMs: 1_000 }])
})

it('takes no sentence that goes on after a false alarm for an answer to it', async () => {
  await using talk = await openTalk()
  const { house } = talk
  await house.callerSays('Tell me')
  const { session } = house.engine
  session.answerStarts()
  session.speaks('a1', 'one two three four five six seven eight', 2_000)
  await house.pass(1_000)
  session.callerStarts()
  await house.pass(300)
  session.callerWords(session.callerStops(), '')
  await house.pass(200)
  // What the engine adds to it answers nothing either.
  session.says('a2', 'seven eight nine', 1_000)
  expect(await talk.latencies()).toHaveLength(1)
})

it('reads calls of old, which know neither engine nor first token', () => {
  const facts: LedgerEntry['fact'][] = [
    { type: 'engine.opened', because: 'ring', tookMs: 10, attempts: 1 },
    { type: 'caller.stopped-speaking', turnId: 't1', endpointingMs: 400 },
    { type: 'answer.started', answerId: 'a1' },
    { type: 'agent.speaking', utteranceId: 'u1', queuedMs: 30 },
  ]
  const entries = facts.map((fact, seq) => ({ seq, atMs: 1_000 * seq, fact }))
  expect(waterfallOf(entries)[1]?.split(/\s{2,}/)).toEqual(
    '1 - 0.6_s +400_ms - - +1400_ms - +2400_ms +2430_ms'.split(' ').map((cell) => cell.replace('_', ' ')),
  )
})

async function openTalk(options: HouseOptions = {}) {
  let entries: readonly LedgerEntry[] = []
  const onEnded: HouseOptions['onEnded'] = (_reason, all) => {
    entries = all
  }
  const house = new CallHouse({ ...options, onEnded })
  await house.greeted()
  return {
    house,
    async latencies(): Promise<TurnLatency[]> {
      await house.session.close('caller hung up')
      house.engine.session.take()
      return turnLatenciesOf(entries)
    },
    [Symbol.asyncDispose]: () => house[Symbol.asyncDispose](),
  }
}
