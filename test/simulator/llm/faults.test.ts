import { describe, expect, it } from 'vitest'
import { createClock } from '../../../src/lib/clock.ts'
import type { Fault } from '../../../src/simulator/service/faults.ts'
import { CLIENTS, openAi, start } from './llm-client.ts'

const STORY = [{ say: 'It was a dark and stormy night, and the telephone rang without end.' }]

describe.each(['responses', 'chat', 'messages'] as const)('%s, on a bad day', (wire) => {
  const ask = CLIENTS[wire]
  const faulty = (...faults: Fault[]) => start(STORY, { faults })

  it('turns a request away, and says when to come back', async () => {
    await using llm = await faulty({ fault: 'refuse connection', connection: 1, status: 429, retryAfterSeconds: 7 })
    const refused = await ask(llm).catch((error) => error)
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe('7')
    expect(await ask(llm)).toMatchObject({ text: STORY[0]?.say })
    expect(llm.connections.map(({ status }) => status)).toEqual([429, 200])
    expect(llm.complaints).toEqual([])
  })

  it.each(['drop', 'drop mid-message'] as const)('breaks off in mid-answer: %s', async (fault) => {
    await using llm = await faulty({ fault })
    let text = ''
    await expect(ask(llm, { onDelta: (delta) => (text += delta) })).rejects.toThrow()
    expect(text).not.toBe('')
    expect(STORY[0]?.say).toContain(text)
    expect(llm.requests[0]?.aborted).toBe(false)
  })

  it('falls silent in mid-answer, until the client gives up', async () => {
    await using llm = await faulty({ fault: 'stall' })
    const abort = new AbortController()
    let deltas = 0
    const asked = ask(llm, { signal: abort.signal, onDelta: () => deltas++ })
    await expect.poll(() => deltas).toBeGreaterThan(0)
    abort.abort()
    await expect(asked).rejects.toThrow()
    await expect.poll(() => llm.requests[0]?.aborted).toBe(true)
  })

  it('fails in mid-answer', async () => {
    await using llm = await faulty({ fault: 'failed response', code: 'server_error', midway: true })
    let text = ''
    await expect(ask(llm, { onDelta: (delta) => (text += delta) })).rejects.toThrow()
    expect(text).not.toBe('')
  })

  it('sends half an event', async () => {
    const before = { responses: 'response.output_text.delta', chat: 'chat.completion.chunk', messages: 'ping' }[wire]
    await using llm = await faulty({ fault: 'malformed', before })
    await expect(ask(llm)).rejects.toThrow()
  })

  it('thinks for longer than it should', async () => {
    const clock = createClock(50)
    await using llm = await start(STORY, { clock, faults: [{ fault: 'slow first audio', ms: 4_000 }] })
    let firstAtMs = 0
    await ask(llm, {
      onDelta: () => {
        firstAtMs ||= clock.monotonicMs()
      },
    })
    expect(firstAtMs - (llm.requests[0]?.atMs ?? 0)).toBeGreaterThan(4_000)
  })
})

describe('an event nobody has heard of', () => {
  const before = { responses: 'response.completed', chat: 'chat.completion.chunk', messages: 'message_stop' }
  const unknown = (wire: keyof typeof before) =>
    start(STORY, { faults: [{ fault: 'unknown event', before: before[wire] }] })

  it.each(['chat', 'messages'] as const)('is passed over by %s', async (wire) => {
    await using llm = await unknown(wire)
    await expect(CLIENTS[wire](llm)).resolves.toMatchObject({ text: STORY[0]?.say })
  })

  it('is too much for the Responses stream helper, and is there for who reads events', async () => {
    await using llm = await unknown('responses')
    await expect(CLIENTS.responses(llm)).rejects.toThrow('Unhandled')
    const request = { model: 'gpt-5.4-mini', input: 'Hello', stream: true } as const
    const types: string[] = []
    for await (const { type } of await openAi(llm.baseUrl).responses.create(request)) types.push(type)
    expect(types.slice(-2)).toEqual(['response.mood.updated', 'response.completed'])
  })
})

describe('a strike', () => {
  it('breaks the answer that runs', async () => {
    await using llm = await start(STORY)
    let strike = () => {
      llm.strike('drop')
      strike = () => {}
    }
    const asked = CLIENTS.chat(llm, { onDelta: () => strike() })
    await expect(asked).rejects.toThrow()
    await expect(CLIENTS.chat(llm)).resolves.toMatchObject({ text: STORY[0]?.say })
  })

  it('waits for the next answer when none runs', async () => {
    await using llm = await start(STORY)
    llm.strike('garbage')
    await expect(CLIENTS.responses(llm)).rejects.toThrow()
    await expect(CLIENTS.responses(llm)).resolves.toMatchObject({ text: STORY[0]?.say })
  })

  it('limits all requests until it recovers', async () => {
    await using llm = await start(STORY)
    llm.strike('limit')
    await expect(CLIENTS.messages(llm)).rejects.toMatchObject({ status: 429 })
    await expect(CLIENTS.chat(llm)).rejects.toMatchObject({ status: 429 })
    llm.strike('recover')
    await expect(CLIENTS.messages(llm)).resolves.toMatchObject({ text: STORY[0]?.say })
  })
})

describe('a call that is made twice', () => {
  const rules = [{ call: { name: 'look_up', arguments: {} } }]

  it.each([
    ['same id', 1],
    ['new id', 2],
  ] as const)('has the %s', async (as, ids) => {
    await using llm = await start(rules, { faults: [{ fault: 'duplicate call', as }] })
    const stream = await openAi(llm.baseUrl).chat.completions.create({
      model: 'gpt-5.4-mini',
      stream: true,
      messages: [{ role: 'user', content: 'Hello' }],
      tools: [{ type: 'function', function: { name: 'look_up' } }],
    })
    const seen: string[] = []
    for await (const { choices } of stream)
      for (const { id } of choices[0]?.delta.tool_calls ?? []) if (id) seen.push(id)
    expect(seen).toHaveLength(2)
    expect(new Set(seen).size).toBe(ids)
  })
})

describe('a rule that fails', () => {
  it('is refused at the door for a limit, and fails in the stream for the rest', async () => {
    await using llm = await start([
      { fail: { code: 'insufficient_quota' }, times: 3 },
      { fail: { code: 'server_error' } },
    ])
    await expect(CLIENTS.responses(llm)).rejects.toMatchObject({ status: 429 })
    await expect(CLIENTS.chat(llm)).rejects.toMatchObject({ status: 429 })
    await expect(CLIENTS.messages(llm)).rejects.toMatchObject({ status: 402 })
    await expect(CLIENTS.responses(llm)).rejects.toThrow('server_error')
    expect(llm.connections.at(-1)?.status).toBe(200)
  })
})
