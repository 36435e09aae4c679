import { describe, expect, it } from 'vitest'
import { CLIENTS, start } from './llm-client.ts'

const DELICATE = 'Señor “Müller” said: \\ "so be it" 👍 — and left.\nThen he came back, as people do.'

const ENDS = {
  responses: { whole: 'completed', tools: 'completed', short: 'incomplete' },
  chat: { whole: 'stop', tools: 'tool_calls', short: 'length' },
  messages: { whole: 'end_turn', tools: 'tool_use', short: 'max_tokens' },
}

describe.each(['responses', 'chat', 'messages'] as const)('%s, read by its own client', (wire) => {
  const ask = CLIENTS[wire]
  const ends = ENDS[wire]

  it('streams words in small pieces that join to what the script says', async () => {
    await using llm = await start([{ when: { callerSays: 'Hello' }, say: DELICATE }])
    const heard = await ask(llm)
    expect(heard).toMatchObject({ text: DELICATE, calls: [], end: ends.whole })
    expect(heard.deltas).toBeGreaterThan(8)
    expect(heard.input).toBeGreaterThan(0)
    expect(llm.complaints).toEqual([])
  })

  it('asks for several tools after its words', async () => {
    const call = [
      { name: 'look_up', arguments: { what: DELICATE } },
      { name: 'look_up', arguments: {} },
    ]
    await using llm = await start([{ say: 'One moment.', call }])
    expect(await ask(llm)).toMatchObject({ text: 'One moment.', calls: call, end: ends.tools })
    expect(llm.toolsCalled).toEqual(['look_up', 'look_up'])
  })

  it('can be cut short, and can have nothing to say', async () => {
    const rule = { say: 'One two three four five six.', cutShort: true, times: 1 }
    await using llm = await start([rule, { emptyAnswer: true }])
    const cut = await ask(llm)
    expect(cut.end).toBe(ends.short)
    expect(rule.say.startsWith(cut.text)).toBe(true)
    expect(cut.text).not.toBe(rule.say)
    expect(await ask(llm)).toMatchObject({ text: '', calls: [], end: ends.whole })
  })

  it('remembers a long prompt, and bills what it knew as cached', async () => {
    await using llm = await start()
    const system = 'You answer the telephone. '.repeat(400)
    const first = await ask(llm, { system })
    const second = await ask(llm, { system, said: 'Good morning' })
    expect(first.cached).toBe(0)
    expect(second.cached).toBeGreaterThan(2_000)
    expect(second.cached).toBeLessThan(second.input)
    expect((await ask(llm, { system: `Today: ${system}` })).cached).toBe(0)
  })

  it('notices a client that goes away, and stops', async () => {
    await using llm = await start([{ say: 'A very long story. '.repeat(50) }])
    const abort = new AbortController()
    const asked = ask(llm, { signal: abort.signal, onDelta: () => abort.abort() })
    await expect(asked).rejects.toThrow()
    await expect.poll(() => llm.requests[0]?.aborted).toBe(true)
  })

  it('keeps what it was asked', async () => {
    await using llm = await start()
    await ask(llm, { system: 'Be brief.', said: 'Are you open?' })
    expect(llm.requests).toMatchObject([
      {
        wire,
        instructions: 'Be brief.',
        memory: [{ role: 'caller', text: 'Are you open?' }],
        toolNames: ['look_up'],
        aborted: false,
      },
    ])
    expect(llm.connections).toMatchObject([{ status: 200 }])
  })
})

describe('the bytes of a stream', () => {
  it('arrive in pieces that end anywhere, also inside a character and an escape', async () => {
    await using llm = await start([{ say: DELICATE.repeat(5) }])
    const response = await fetch(`${llm.baseUrl}/v1/responses`, {
      method: 'POST',
      headers: { authorization: 'Bearer sk-test' },
      body: JSON.stringify({ model: 'm', stream: true, input: 'Hello' }),
    })
    const pieces: Buffer[] = []
    for await (const piece of response.body ?? []) pieces.push(Buffer.from(piece))
    const insideCharacter = pieces.filter((piece) => piece.toString().endsWith('\ufffd'))
    expect(insideCharacter.length).toBeGreaterThan(0)
    expect(pieces.filter((piece) => /[^\\]\\$/.test(piece.toString())).length).toBeGreaterThan(0)
    expect(Buffer.concat(pieces).toString()).not.toContain('\ufffd')
  })
})

describe('an answer nobody heard any of', () => {
  it('does not use up its rule', async () => {
    await using llm = await start([{ when: { callerSays: 'Hello' }, say: 'Once only.', thinkMs: 5_000, times: 1 }])
    const abort = new AbortController()
    const asked = CLIENTS.responses(llm, { signal: abort.signal })
    await expect.poll(() => llm.requests.length).toBe(1)
    abort.abort()
    await expect(asked).rejects.toThrow()
    await expect.poll(() => llm.requests[0]?.aborted).toBe(true)
    expect(await CLIENTS.responses(llm)).toMatchObject({ text: 'Once only.' })
  })
})
