import { describe, expect, it } from 'vitest'
import type { Thinker, Thought } from '../../../../src/engines/cascade/thinker.ts'
import { type ScriptedAnswer, ScriptedModelServer } from './scripted-model-server.ts'
import { API_KEY, ASKED, WIRES } from './wires.ts'

/** Reads an answer to its end, as the server gives it. Of what went wrong, the error. */
async function collect(thoughts: AsyncIterable<Thought>): Promise<{ thoughts: Thought[]; error?: unknown }> {
  const told: Thought[] = []
  try {
    for await (const thought of thoughts) told.push(thought)
    return { thoughts: told }
  } catch (error) {
    return { thoughts: told, error }
  }
}

interface Stage extends AsyncDisposable {
  readonly server: ScriptedModelServer
  readonly thinker: Thinker
  readonly abort: AbortController
  ask(): { answer: ReturnType<typeof collect>; request: Promise<ScriptedAnswer> }
}

async function startStage(wire: (typeof WIRES)[keyof typeof WIRES]): Promise<Stage> {
  const server = await ScriptedModelServer.start()
  const thinker = wire.create(server.url)
  const abort = new AbortController()
  return {
    server,
    thinker,
    abort,
    ask: () => ({
      answer: collect(thinker.think(ASKED, { signal: abort.signal })),
      request: server.nextRequest(),
    }),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

const USAGE = { textIn: 43, textCachedIn: 32, textOut: 20, audioIn: 0, audioOut: 0, audioSeconds: 0 }
const usage = { type: 'usage', usage: { model: 'model-x', audioCachedIn: 0, ...USAGE } }

describe.each(Object.entries(WIRES))('an answer by %s', (_name, wire) => {
  it('comes piece by piece, however its bytes are cut, and says what it cost', async () => {
    await using stage = await startStage(wire)
    const { answer, request } = stage.ask()
    const server = await request
    expect(server.path).toBe(wire.path)
    await server.sendInBytes(...wire.text('¡Sí, ', '', 'señor 👋"\\u'), ...wire.ending('done'))
    server.end()
    expect(await answer).toEqual({
      thoughts: [
        { type: 'text', text: '¡Sí, ' },
        { type: 'text', text: 'señor 👋"\\u' },
        usage,
        { type: 'ended', because: 'done' },
      ],
    })
  })

  it('is told while it is being thought', async () => {
    await using stage = await startStage(wire)
    const thoughts = stage.thinker.think(ASKED, { signal: stage.abort.signal })[Symbol.asyncIterator]()
    const first = thoughts.next()
    const server = await stage.server.nextRequest()
    server.send(...wire.text('Good morning.'))
    expect(await first).toEqual({ done: false, value: { type: 'text', text: 'Good morning.' } })
    // Whoever has heard enough hangs up.
    await thoughts.return?.()
    await server.closed
  })

  it('asks for tools, each in one piece, with arguments that may be nothing', async () => {
    await using stage = await startStage(wire)
    const { answer, request } = stage.ask()
    const server = await request
    server.send(
      ...wire.text('One moment.'),
      ...wire.tools(
        { id: 'call_1', name: 'book', fragments: ['{"na', 'me":"Zoë', '"}'] },
        { id: 'call_2', name: 'hang_up', fragments: [] },
        { id: 'call_3', name: 'book', fragments: ['not', ' json'] },
      ),
      ...wire.ending('done'),
    )
    server.end()
    expect((await answer).thoughts).toEqual([
      { type: 'text', text: 'One moment.' },
      { type: 'tool', requestId: 'call_1', name: 'book', argumentsJson: '{"name":"Zoë"}' },
      { type: 'tool', requestId: 'call_2', name: 'hang_up', argumentsJson: '{}' },
      { type: 'tool', requestId: 'call_3', name: 'book', argumentsJson: 'not json' },
      usage,
      { type: 'ended', because: 'done' },
    ])
  })

  it.each([
    ['cut', 'length'],
    ['filtered', 'refused'],
  ] as const)('that is %s ends for that reason', async (how, because) => {
    await using stage = await startStage(wire)
    const { answer, request } = stage.ask()
    const server = await request
    server.send(...wire.text('Well'), ...wire.ending(how))
    server.end()
    expect((await answer).thoughts.at(-1)).toEqual({ type: 'ended', because })
  })

  it('ends with its last word, though the server leaves the line open', async () => {
    await using stage = await startStage(wire)
    const { answer, request } = stage.ask()
    const server = await request
    server.send(...wire.text('Yes.'), ...wire.ending('done'))
    expect((await answer).thoughts.at(-1)).toEqual({ type: 'ended', because: 'done' })
  })

  it('is dropped, not done, when the stream ends before the answer', async () => {
    await using stage = await startStage(wire)
    const { answer, request } = stage.ask()
    const server = await request
    server.send(...wire.text('Yes, I'), ...wire.tools({ id: 'call_1', name: 'book', fragments: ['{'] }))
    server.end()
    const { thoughts, error } = await answer
    expect(error).toMatchObject({ failure: 'dropped', code: 'answer_unfinished' })
    expect(thoughts.map(({ type }) => type)).not.toContain('ended')
  })

  it('is dropped when the connection breaks', async () => {
    await using stage = await startStage(wire)
    const { answer, request } = stage.ask()
    const server = await request
    await server.sendInBytes(...wire.text('Yes, I'))
    server.drop()
    expect((await answer).error).toMatchObject({ failure: 'dropped', code: 'socket_error' })
  })

  it('is dropped when it cannot be read, without a word of it in the error', async () => {
    await using stage = await startStage(wire)
    const { answer, request } = stage.ask()
    const server = await request
    server.send({ event: 'message_start', data: '{"secret' })
    const { error } = await answer
    expect(error).toMatchObject({ failure: 'dropped', code: 'malformed_event' })
    expect(String((error as Error).cause)).not.toContain('secret')
    await server.closed
  })

  it.each([
    [
      'rate_limit',
      { responses: 'rate_limit_exceeded', chat: 'rate_limit_exceeded', anthropic: 'rate_limit_error' },
      'limited',
    ],
    ['a key', { responses: 'invalid_api_key', chat: 'invalid_api_key', anthropic: 'authentication_error' }, 'refused'],
    ['trouble', { responses: 'server_error', chat: 'server_error', anthropic: 'overloaded_error' }, 'dropped'],
    ['the unknown', { responses: 'x', chat: 'x', anthropic: 'x' }, 'dropped'],
  ] as const)('that fails in its middle for %s says what to do', async (_why, codes, failure) => {
    await using stage = await startStage(wire)
    const { answer, request } = stage.ask()
    const server = await request
    server.send(...wire.text('Yes, I'), ...wire.error(codes[_name as keyof typeof codes]))
    server.end()
    const { thoughts, error } = await answer
    expect(thoughts).toEqual([{ type: 'text', text: 'Yes, I' }])
    expect(error).toMatchObject({ failure, provider: stage.thinker.provider })
    expect((error as Error).message).not.toContain('quotes')
    expect((error as Error).cause).toBeUndefined()
  })

  it.each([
    [400, 'refused'],
    [401, 'refused'],
    [402, 'refused'],
    [403, 'refused'],
    [404, 'refused'],
    [429, 'limited'],
    [500, 'dropped'],
    [503, 'dropped'],
    [529, 'dropped'],
  ])('refused with HTTP %i says what to do', async (status, failure) => {
    await using stage = await startStage(wire)
    const { answer, request } = stage.ask()
    const error = { type: 'odd_error', code: null, message: `Your key ${API_KEY} is odd` }
    const headers: Record<string, string> = failure === 'limited' ? { 'retry-after': '3' } : {}
    ;(await request).refuse(status, { type: 'error', error }, headers)
    const told = (await answer).error as Error
    const retryAfterMs = failure === 'limited' ? 3_000 : undefined
    expect(told).toMatchObject({ failure, retryAfterMs, code: `http_${status}`, provider: stage.thinker.provider })
    expect(told.message).not.toContain(API_KEY)
    expect(told.cause).toBeUndefined()
  })

  it('is dropped where nobody listens', async () => {
    await using stage = await startStage(wire)
    await stage.server[Symbol.asyncDispose]()
    const { error } = await collect(stage.thinker.think(ASKED, { signal: stage.abort.signal }))
    expect(error).toMatchObject({ failure: 'dropped', code: 'socket_error', provider: stage.thinker.provider })
  })

  it('ends with the reason of whoever aborts it, and the server sees it', async () => {
    await using stage = await startStage(wire)
    const reason = new Error('the caller goes on')
    const thoughts = stage.thinker.think(ASKED, { signal: stage.abort.signal })[Symbol.asyncIterator]()
    const first = thoughts.next()
    const server = await stage.server.nextRequest()
    server.send(...wire.text('Yes, I'))
    await first
    const second = thoughts.next()
    stage.abort.abort(reason)
    await expect(second).rejects.toBe(reason)
    await server.closed
  })

  it('is not even asked for, or waited for, when it is aborted before it begins', async () => {
    await using stage = await startStage(wire)
    const { answer, request } = stage.ask()
    await request
    stage.abort.abort(new Error('the caller hung up'))
    expect((await answer).error).toEqual(new Error('the caller hung up'))
    const { error } = await collect(stage.thinker.think(ASKED, { signal: stage.abort.signal }))
    expect(error).toEqual(new Error('the caller hung up'))
    expect(stage.server.connections).toBe(1)
  })
})

it.each([
  ['responses', 429, { error: { type: 'insufficient_quota', code: 'insufficient_quota' } }, 'refused'],
  ['chat', 429, { error: { type: 'insufficient_quota', code: 'insufficient_quota' } }, 'refused'],
  ['anthropic', 402, { type: 'error', error: { type: 'billing_error' } }, 'refused'],
  ['anthropic', 529, { type: 'error', error: { type: 'overloaded_error' } }, 'dropped'],
] as const)('%s: what its code says goes before its status %i', async (name, status, body, failure) => {
  await using stage = await startStage(WIRES[name])
  const { answer, request } = stage.ask()
  ;(await request).refuse(status, body)
  expect((await answer).error).toMatchObject({ failure, code: body.error.type })
})
