import { pino } from 'pino'
import { expect, it } from 'vitest'
import { z } from 'zod'
import type { CallFact } from '../../src/call/facts.ts'
import { ToolRunner } from '../../src/call/tool-runner.ts'
import type { Tool, ToolContext, ToolOutcome } from '../../src/tools/tool.ts'
import { FakeClock, settle } from '../fakes/fake-clock.ts'

const CALLER = '+12025550123'

function setUp(
  run: (args: unknown, context: ToolContext) => Promise<ToolOutcome>,
  flush = async () => {},
  more: Pick<Tool, 'changes'> = {},
) {
  const clock = new FakeClock()
  const facts: CallFact[] = []
  const call = new AbortController()
  const tool: Tool = {
    name: 'book',
    description: 'Books.',
    arguments: z.strictObject({ day: z.string(), hour: z.number().optional() }),
    effect: 'writes',
    timeoutMs: 5_000,
    run,
    ...more,
  }
  const runner = new ToolRunner({
    tools: [tool],
    context: () => ({ callId: 'call_1', callerNumber: CALLER, language: 'en', turn: 1, turnGiven: () => undefined }),
    clock,
    log: pino({ level: 'silent' }),
    signal: call.signal,
    note: (fact) => void facts.push(fact),
    flush,
  })
  let count = 0
  const book = (args: unknown, name = 'book') => {
    count += 1
    const argumentsJson = typeof args === 'string' ? args : JSON.stringify(args)
    return runner.run({ requestId: `r${count}`, name, argumentsJson })
  }
  const outcomes = () => facts.flatMap((fact) => (fact.type === 'tool.ended' ? [fact.outcome] : []))
  return { runner, clock, facts, call, book, outcomes }
}

const booked = async () => ({ reply: { booked: true } })

it('[TL1] refuses what is no JSON, an unknown key, a wrong type and an unknown tool, without any effect', async () => {
  let runs = 0
  const { book, outcomes } = setUp(async () => {
    runs += 1
    return { reply: {} }
  })
  const results = await Promise.all([
    book('{'),
    book({ day: 'Monday', callerNumber: '+1900' }),
    book({ day: 5 }),
    book({ day: 'Monday' }, 'transfer_money'),
  ])
  expect(runs).toBe(0)
  expect(outcomes()).toEqual(['refused', 'refused', 'refused', 'refused'])
  for (const { output } of results) expect(JSON.parse(output)).toMatchObject({ done: false })
})

it('[TL1] tells the tool who the caller is by the call', async () => {
  const contexts: ToolContext[] = []
  const { book } = setUp(async (_args, context) => {
    contexts.push(context)
    return { reply: {} }
  })
  await book({ day: 'Monday' })
  expect(contexts).toMatchObject([{ callId: 'call_1', callerNumber: CALLER, language: 'en' }])
})

it('[TL2] gives the first result for the same intent, whatever the order of its arguments, also while it runs', async () => {
  const keys: string[] = []
  const { book, outcomes } = setUp(async (_args, { idempotencyKey }) => {
    keys.push(idempotencyKey)
    return { reply: { number: keys.length } }
  })
  const results = await Promise.all([book('{"day":"Monday","hour":9}'), book('{"hour":9,"day":"Monday"}')])
  const later = await book({ day: 'Monday', hour: 9 })
  const other = await book({ day: 'Monday', hour: 10 })
  expect([...results, later].map(({ output }) => output)).toEqual(Array(3).fill('{"number":1}'))
  expect(other.output).toBe('{"number":2}')
  expect(outcomes()).toEqual(['replied', 'repeated', 'repeated', 'replied'])
  expect(new Set(keys).size).toBe(2)
})

it('[TL2] runs a tool again whose answer changes, under the same key; while it runs there is one', async () => {
  const keys: string[] = []
  const run = async (_args: unknown, { idempotencyKey }: ToolContext) => {
    keys.push(idempotencyKey)
    return { reply: { number: keys.length } }
  }
  const { book, outcomes } = setUp(run, async () => {}, { changes: true })
  await Promise.all([book({ day: 'Monday' }), book({ day: 'Monday' })])
  expect((await book({ day: 'Monday' })).output).toBe('{"number":2}')
  expect(outcomes()).toEqual(['replied', 'repeated', 'replied'])
  expect(new Set(keys).size).toBe(1)
})

it('[TL2] tries again what failed, under the same key', async () => {
  const keys: string[] = []
  const { book, outcomes } = setUp(async (_args, { idempotencyKey }) => {
    keys.push(idempotencyKey)
    if (keys.length === 1) throw new Error('no')
    return { reply: {} }
  })
  await book({ day: 'Monday' })
  await book({ day: 'Monday' })
  expect(outcomes()).toEqual(['failed', 'replied'])
  expect(keys[0]).toBe(keys[1])
})

it('[TL3] bounds a tool in time, tells it to stop, and never says that it was done', async () => {
  let stopped = false
  const { book, clock, outcomes } = setUp((_args, { signal }) => {
    signal.addEventListener('abort', () => {
      stopped = true
    })
    return new Promise(() => undefined)
  })
  const result = book({ day: 'Monday' })
  await clock.advanceAsync(5_000)
  expect(JSON.parse((await result).output)).toMatchObject({ done: false })
  expect(outcomes()).toEqual(['timed out'])
  expect(stopped).toBe(true)
  expect(clock.timers).toBe(0)
})

it('[TL3] a tool that throws is told as not done', async () => {
  const { book, outcomes, clock } = setUp(() => {
    throw new Error('secret words of a caller')
  })
  const { output } = await book({ day: 'Monday' })
  expect(JSON.parse(output)).toMatchObject({ done: false })
  expect(output).not.toContain('secret')
  expect(outcomes()).toEqual(['failed'])
  expect(clock.timers).toBe(0)
})

it('[TL3] a reply that is too long for a model stays JSON', async () => {
  const { book } = setUp(async () => ({ reply: { text: 'x'.repeat(10_000) } }))
  const { output } = await book({ day: 'Monday' })
  expect(output.length).toBeLessThan(5_000)
  expect(JSON.parse(output)).toHaveProperty('beginning')
})

it('[TL4] a sixth call in a turn is not run; the next turn begins anew', async () => {
  const { book, runner, outcomes } = setUp(booked)
  for (let day = 0; day < 6; day += 1) await book({ day: String(day) })
  expect(outcomes()).toEqual([...Array(5).fill('replied'), 'refused'])
  expect(runner.looping).toBe(true)
  runner.newTurn()
  expect(runner.looping).toBe(false)
})

it('[TL5] a tool whose call ends is cancelled and noted so, and then nothing runs any more', async () => {
  const { book, call, runner, outcomes, clock } = setUp(() => new Promise(() => undefined))
  void book({ day: 'Monday' })
  await settle()
  expect(runner.running).toBe(true)
  call.abort()
  await runner.settled()
  expect(outcomes()).toEqual(['cancelled'])
  expect(runner.running).toBe(false)
  expect(clock.timers).toBe(0)
})

it('[TL5] a tool that is asked for when the call has ended does not begin', async () => {
  let runs = 0
  const { book, call, outcomes } = setUp(async () => {
    runs += 1
    return { reply: {} }
  })
  call.abort()
  await book({ day: 'Monday' })
  expect(runs).toBe(0)
  expect(outcomes()).toEqual(['cancelled'])
})

it('[TL2] a tool that writes waits until its request is durable, a second at most', async () => {
  // A process died after a message was taken and before the ledger knew that it was asked for: the call was taken up
  // by a model that asked for it all over again.
  let runs = 0
  const durable = Promise.withResolvers<void>()
  const run = async () => {
    runs += 1
    return { reply: {} }
  }
  const { book, clock, facts } = setUp(run, () => durable.promise)
  const first = book({ day: 'Monday' })
  await settle()
  expect(facts.map(({ type }) => type)).toEqual(['tool.requested'])
  expect(runs).toBe(0)
  durable.resolve()
  await first
  expect(runs).toBe(1)

  const away = setUp(run, () => new Promise(() => undefined))
  const second = away.book({ day: 'Monday' })
  await away.clock.advanceAsync(1_000)
  await second
  const refusing = setUp(run, () => Promise.reject(new Error('the database is away')))
  await refusing.book({ day: 'Monday' })
  expect(runs).toBe(3)
  expect([clock.timers, away.clock.timers, refusing.clock.timers]).toEqual([0, 0, 0])
})

it('[TL5] a tool whose call ends while its request is stored does not begin', async () => {
  let runs = 0
  const run = async () => {
    runs += 1
    return { reply: {} }
  }
  const { book, call, clock, outcomes } = setUp(run, () => new Promise(() => undefined))
  const result = book({ day: 'Monday' })
  await settle()
  call.abort()
  await result
  await clock.advanceAsync(5_000)
  expect(runs).toBe(0)
  expect(outcomes()).toEqual(['cancelled'])
})

it('[TL1] refuses arguments of a size no caller means, and keeps the beginning of them', async () => {
  // A model that lost its way sent megabytes of arguments, all of which went into the ledger, and again in the problem.
  const { book, facts, outcomes } = setUp(booked)
  await book({ day: 'x'.repeat(16 * 1024) })
  const manyKeys = Object.fromEntries(Array.from({ length: 1_000 }, (_, key) => [`key${key}`, 1]))
  const { output } = await book(manyKeys)
  await book({}, 'x'.repeat(1_000_000))
  expect(outcomes()).toEqual(['refused', 'refused', 'refused'])
  expect(output.length).toBeLessThan(700)
  const requested = facts.flatMap((fact) => (fact.type === 'tool.requested' ? [fact] : []))
  expect(JSON.parse(requested[0]?.argumentsJson ?? '')).toEqual({ beginning: expect.stringMatching(/^{"day":"xxx/) })
  for (const fact of [...facts.slice(0, 2), ...facts.slice(3)]) expect(JSON.stringify(fact).length).toBeLessThan(1_000)
})
