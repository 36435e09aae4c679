import { describe, expect, it } from 'vitest'
import type { Entry } from '../../../src/simulator/openai/conversation.ts'
import { UsageMeter } from '../../../src/simulator/openai/usage.ts'
import { script } from '../wire-client.ts'
import { RealtimeClient, start } from './realtime-client.ts'

/** 400 characters: 100 tokens, and 1 more for the empty list of tools. */
const prompt = { instructions: 'x'.repeat(400), tools: [] }

function caller(audioMs: number): Entry {
  return { item: { id: 'u', type: 'message', role: 'user', content: [] }, audioMs, words: 'not billed as text' }
}

function agent(audioMs: number, words: string): Entry {
  return { item: { id: 'a', type: 'message', role: 'assistant', content: [] }, audioMs, words }
}

describe('usage', () => {
  it('counts a token per 100 ms of the caller and per 50 ms of the agent', () => {
    const bill = new UsageMeter().bill(prompt, [caller(2_450), agent(1_000, 'x'.repeat(40))], { text: 5, audio: 30 })
    expect(bill).toMatchObject({
      input_tokens: 101 + 25 + 10 + 20,
      input_token_details: { text_tokens: 111, audio_tokens: 45, cached_tokens: 0 },
      output_tokens: 35,
      total_tokens: 156 + 35,
    })
  })

  it('finds in the cache, in whole blocks, what the response before had as input', () => {
    const meter = new UsageMeter()
    const first = [caller(10_000)]
    meter.bill(prompt, first, { text: 0, audio: 0 })
    const bill = meter.bill(prompt, [...first, agent(5_000, 'x'.repeat(80)), caller(2_000)], { text: 0, audio: 0 })
    expect(bill.input_token_details).toMatchObject({
      text_tokens: 121,
      audio_tokens: 220,
      cached_tokens: 128,
      cached_tokens_details: { text_tokens: 64, audio_tokens: 64 },
    })
  })

  it('finds nothing there once the instructions have changed', () => {
    const meter = new UsageMeter()
    meter.bill(prompt, [caller(10_000)], { text: 0, audio: 0 })
    const bill = meter.bill({ ...prompt, instructions: 'y'.repeat(400) }, [caller(10_000)], { text: 0, audio: 0 })
    expect(bill.input_token_details?.cached_tokens).toBe(0)
  })

  it('grows with each response of a session, and what is cached never exceeds it', async () => {
    await using service = await start({ script: script({ say: 'This is a sentence of some length.' }) })
    await using client = await RealtimeClient.dial(service.emulator)
    const instructions = 'Answer the telephone. '.repeat(50)
    client.send({ type: 'session.update', session: { type: 'realtime', instructions } })
    const bills = []
    for (let response = 0; response < 4; response++) {
      client.send({ type: 'response.create' })
      bills.push((await client.next('response.done')).response.usage)
    }
    const inputs = bills.map((bill) => bill?.input_tokens ?? 0)
    const cached = bills.map((bill) => bill?.input_token_details?.cached_tokens ?? 0)
    expect(inputs).toEqual(inputs.toSorted((a, b) => a - b))
    expect(new Set(inputs).size).toBe(4)
    expect(cached[0]).toBe(0)
    for (const [at, tokens] of cached.entries())
      expect(tokens).toBeLessThanOrEqual(at === 0 ? 0 : (inputs[at - 1] ?? 0))
    expect(cached.at(-1)).toBeGreaterThan(0)
  })
})
