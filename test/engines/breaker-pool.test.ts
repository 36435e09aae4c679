import { expect, it, vi } from 'vitest'
import { EngineError, type EngineEvent, type EngineSession } from '../../src/engines/engine.ts'
import { EnginePool } from '../../src/engines/engine-pool.ts'
import { FakeClock, settle } from '../fakes/fake-clock.ts'
import { FakeEngine } from '../fakes/fake-engine.ts'

const CALL = { callId: 'call_1', from: undefined, to: '+12025550100' }
const briefing = { instructions: '', tools: [], language: 'en', history: [], callerKey: '' }
const dropped = (provider?: string) => new EngineError('dropped', 'closed', 'gone', { provider })
const refused = (provider?: string) => new EngineError('refused', 'invalid_api_key', 'no', { provider })

/** Two engines that share a provider. */
function setUp() {
  const clock = new FakeClock()
  const realtime = Object.assign(new FakeEngine('realtime', []), { providers: ['openai'] })
  const cascade = Object.assign(new FakeEngine('cascade', []), { providers: ['deepgram', 'openai', 'elevenlabs'] })
  const changes: string[] = []
  const pool = new EnginePool({
    engines: { realtime, cascade },
    order: ({ to }) => (to === CALL.to ? ['realtime', 'cascade'] : ['cascade']),
    clock,
    onBreaker: (provider, open) => void changes.push(`${provider} ${open ? 'open' : 'closed'}`),
  })
  const names = () => pool.choose(CALL).map(({ name }) => name)
  const [first, second] = pool.choose(CALL)
  if (!first || !second) throw new Error('both engines are in order')
  const open = async (engine = first, signal = new AbortController().signal, heard: EngineEvent[] = []) =>
    await engine.open(briefing, { signal, onEvent: (event) => void heard.push(event) })
  return { clock, realtime, cascade, pool, names, first, second, open, changes }
}

it('[RL2] gives the engines of a call in the order chosen for it', () => {
  const { pool, names } = setUp()
  expect(names()).toEqual(['realtime', 'cascade'])
  expect(pool.choose({ ...CALL, to: '+12025550199' }).map(({ name }) => name)).toEqual(['cascade'])
})

it('[RL6] leaves out every engine that needs a provider whose breaker is open', async () => {
  const { names, cascade, realtime, second, open, changes } = setUp()
  cascade.next(refused('deepgram'))
  await expect(open(second)).rejects.toThrow('no')
  expect(names()).toEqual(['realtime'])
  realtime.next(refused())
  await expect(open()).rejects.toThrow('no')
  expect(names()).toEqual([])
  expect(changes).toEqual(['deepgram open', 'openai open'])
})

it('[RL6] learns from losses in mid-call, and from what the call itself finds wrong', async () => {
  const { names, realtime, first, open } = setUp()
  realtime.next('accept')
  const heard: EngineEvent[] = []
  await open(first, undefined, heard)
  realtime.session.emit({ type: 'engine.lost', error: dropped() })
  expect(heard).toHaveLength(1)
  first.blame(dropped())
  expect(first.standing).toBe('in order')
  first.blame(dropped())
  expect(first.standing).toBe('suspect')
  expect(names()).toEqual([])
})

it('[RL6] an utterance that came whole clears its providers', async () => {
  const { realtime, first, open } = setUp()
  realtime.next('accept')
  await open()
  for (let nth = 0; nth < 3; nth += 1) first.blame(dropped())
  realtime.session.says('a1', 'Hello.', 500)
  expect(first.standing).toBe('in order')
})

it('[RL6] an attempt that we called off is no failure; one that took too long is', async () => {
  const { realtime, first, open } = setUp()
  realtime.next('hang', 'hang', 'hang', 'hang', 'hang', 'hang')
  for (const [reason, standing] of [
    [new Error('the call ended'), 'in order'],
    [new EngineError('stalled', 'engine_open_timeout', 'late'), 'suspect'],
  ] as const) {
    for (let nth = 0; nth < 3; nth += 1) {
      const off = new AbortController()
      const opening = open(first, off.signal)
      off.abort(reason)
      await expect(opening).rejects.toBe(reason)
    }
    expect(first.standing).toBe(standing)
  }
})

it('[RL6] one call finds out for all whether a provider is back', async () => {
  const { clock, realtime, names, first, open } = setUp()
  first.blame(refused())
  clock.advance(60_000)
  expect(names()).toEqual(['realtime', 'cascade'])
  realtime.next('hang')
  const opening = open()
  expect(names()).toEqual([])
  realtime.unhang()
  await opening
  await settle()
  expect(names()).toEqual(['realtime', 'cascade'])
})

it('[RL6] a probe that failed by another provider’s fault leaves this one to be tried again', async () => {
  const { clock, cascade, realtime, names, second, open } = setUp()
  second.blame(refused('openai'))
  clock.advance(60_000)
  cascade.next(refused('deepgram'))
  await expect(open(second)).rejects.toThrow('no')
  expect(names()).toEqual(['realtime'])
  expect(realtime.attempts).toBe(0)
})

it('waits for no engine that ignores that it was called off, and closes what it opens too late', async () => {
  // Its provider was left alone for good: nobody heard what became of the probe.
  const { clock, first, open, realtime } = setUp()
  const late = Promise.withResolvers<EngineSession>()
  realtime.next(refused())
  await expect(open()).rejects.toThrow('no')
  clock.advance(60_000)
  realtime.open = () => late.promise
  const abort = new AbortController()
  const opening = open(first, abort.signal)
  abort.abort(new Error('called off'))
  await expect(opening).rejects.toThrow('called off')
  expect(first.standing).toBe('in order')
  const close = vi.fn(async () => undefined)
  late.resolve({ [Symbol.asyncDispose]: close } as unknown as EngineSession)
  await settle()
  expect(close).toHaveBeenCalledOnce()
})
