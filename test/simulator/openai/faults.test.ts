import { describe, expect, it } from 'vitest'
import type { OpenAiEmulatorOptions } from '../../../src/simulator/openai/openai-emulator.ts'
import { type Fault, faultSchema } from '../../../src/simulator/service/faults.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { script } from '../wire-client.ts'
import { RealtimeClient, refusal, start, TELEPHONE_SESSION } from './realtime-client.ts'

const SAY = 'We are open from nine to six.'

function startWith(fault: unknown, options: Partial<OpenAiEmulatorOptions> = {}) {
  const faults: Fault[] = [faultSchema.parse(fault)]
  return start({ script: script({ say: SAY, call: { name: 'note' } }), faults, ...options })
}

const session = { ...TELEPHONE_SESSION, tools: [{ type: 'function', name: 'note' }] }

async function answered(emulator: Parameters<typeof RealtimeClient.dial>[0]) {
  const client = await RealtimeClient.dial(emulator, session)
  client.send({ type: 'response.create' })
  return client
}

describe('refused connections', () => {
  it('say for how long to stay away, and only those that were meant', async () => {
    await using service = await startWith({
      fault: 'refuse connection',
      status: 429,
      retryAfterSeconds: 2,
      connection: 1,
    })
    expect(await refusal(service.emulator)).toMatchObject({ status: 429, headers: { 'retry-after': '2' } })
    await using _ = await RealtimeClient.connect(service.emulator)
    expect(service.emulator.connections.map(({ status }) => status)).toEqual([429, 101])
  })
})

describe('broken connections', () => {
  it.each(['drop', 'drop mid-message'])('%s without a close frame once so much was said', async (fault) => {
    await using service = await startWith({ fault, afterAudioMs: 600 })
    await using client = await answered(service.emulator)
    expect(await client.closed).toMatchObject({ code: 1006 })
    expect(client.all('response.output_audio.delta').length).toBeLessThanOrEqual(2)
    expect(client.all('response.done')).toEqual([])
  })

  it('drop at their time', async () => {
    const clock = new FakeClock()
    await using service = await startWith({ fault: 'drop', afterMs: 5_000 }, { clock })
    await using client = await RealtimeClient.dial(service.emulator)
    clock.advance(4_999)
    await client.ping()
    clock.advance(1)
    expect(await client.closed).toMatchObject({ code: 1006 })
  })

  it('stall in the middle of the answer but still answer pings', async () => {
    await using service = await startWith({ fault: 'stall', afterAudioMs: 300 })
    await using client = await answered(service.emulator)
    await client.next('response.output_audio.delta')
    await client.ping()
    client.send({ type: 'input_audio_buffer.clear' })
    await client.ping()
    expect(client.types.at(-1)).toBe('response.output_audio.delta')
  })

  it('are half open on command: neither events nor pongs', async () => {
    await using service = await start()
    await using client = await RealtimeClient.dial(service.emulator)
    await client.ping()
    service.emulator.sessions[0]?.break('half-open')
    let answered = false
    void client.ping().then(() => {
      answered = true
    })
    client.send({ type: 'input_audio_buffer.clear' })
    await using other = await RealtimeClient.dial(service.emulator)
    await other.ping()
    expect(answered).toBe(false)
    expect(client.types.at(-1)).toBe('session.updated')
  })
})

describe('disturbed events', () => {
  it('arrive twice', async () => {
    await using service = await startWith({ fault: 'twice', types: ['response.output_item.added'] })
    await using client = await answered(service.emulator)
    await client.next('response.done')
    const [first, second] = client.all('response.output_item.added')
    expect(second?.event_id).toBe(first?.event_id)
  })

  it('arrive late, after what they came before', async () => {
    await using service = await startWith({ fault: 'late', types: ['response.output_item.added'], ms: 5_000 })
    await using client = await answered(service.emulator)
    await client.next('response.done')
    await client.next('response.output_item.added')
  })

  it('come in another order at the end of a response, the same for the same seed', async () => {
    const tails = []
    for (const seed of [1, 1, 2]) {
      await using service = await startWith({ fault: 'permuted tail', seed })
      await using client = await answered(service.emulator)
      await client.next('response.done')
      tails.push(client.types.filter((type) => type.endsWith('.done')))
    }
    const [one, same, other] = tails
    expect(same).toEqual(one)
    expect(other).not.toEqual(one)
    expect(one?.at(-1)).toBe('response.done')
    expect(one?.toSorted()).toEqual(other?.toSorted())
  })

  it('have half a document or an unknown type before them', async () => {
    await using garbled = await startWith({ fault: 'malformed', before: 'response.done' })
    await using client = await answered(garbled.emulator)
    await client.next('response.done')
    expect(client.garbage).toHaveLength(1)

    await using strange = await startWith({ fault: 'unknown event', before: 'response.done' })
    await using other = await answered(strange.emulator)
    await other.next('response.done')
    expect(other.types.at(other.types.indexOf('response.done') - 1)).toBe('mood.updated')
  })
})

describe('a service that fails', () => {
  it('fails the response it was told to', async () => {
    await using service = await startWith({ fault: 'failed response', code: 'insufficient_quota', response: 2 })
    await using client = await answered(service.emulator)
    expect((await client.next('response.done')).response.status).toBe('completed')
    client.send({ type: 'response.create' })
    expect((await client.next('response.done')).response).toMatchObject({
      status: 'failed',
      status_details: { type: 'failed', error: { code: 'insufficient_quota' } },
      output: [],
      usage: null,
    })
  })

  it('thinks longer', async () => {
    const clock = new FakeClock()
    await using service = await startWith({ fault: 'slow first audio', ms: 3_000 }, { clock })
    await using client = await answered(service.emulator)
    await client.next('response.created')
    clock.advance(3_399)
    await client.ping()
    expect(client.all('response.output_item.added')).toEqual([])
    clock.advance(1)
    await client.next('response.output_audio.delta')
  })

  it.each([
    ['same id', 1],
    ['new id', 2],
  ])('makes each call twice under the %s', async (as, ids) => {
    await using service = await startWith({ fault: 'duplicate call', as })
    await using client = await answered(service.emulator)
    await client.next('response.done')
    const calls = client.all('response.function_call_arguments.done')
    expect(calls).toHaveLength(2)
    expect(new Set(calls.map(({ call_id }) => call_id)).size).toBe(ids)
  })

  it('expires early', async () => {
    const clock = new FakeClock()
    await using service = await startWith({ fault: 'early expiry', afterMs: 30_000 }, { clock })
    await using client = await RealtimeClient.dial(service.emulator)
    clock.advance(30_000)
    expect((await client.next('error')).error.code).toBe('session_expired')
    expect(await client.closed).toMatchObject({ code: 1001 })
  })
})

describe('what a rehearsal is told', () => {
  it('names the tools that were called and what clients did wrong, but no expiry', async () => {
    const clock = new FakeClock()
    await using service = await startWith({ fault: 'early expiry', afterMs: 30_000 }, { clock })
    await using client = await answered(service.emulator)
    client.send({ type: 'response.mumble' })
    await client.next('error')
    await clock.advanceAsync(29_000)
    await client.next('response.done')
    await clock.advanceAsync(1_000)
    await client.closed
    expect(service.emulator.toolsCalled).toEqual(['note'])
    expect(service.emulator.complaints).toEqual([client.all('error')[0]?.error.code])
  })
})

it('a fault that is misspelt is no fault', () => {
  expect(faultSchema.safeParse({ fault: 'drop', afterMillis: 5 }).success).toBe(false)
})
