import { describe, expect, it } from 'vitest'
import type { EngineError } from '../../../src/engines/engine.ts'
import { API_KEY, closed, failed, started } from './openai-live-provider.ts'
import { startStage } from './stage.ts'

const failure = (opening: Promise<unknown>) =>
  opening.then(
    () => Promise.reject(new Error('It opened')),
    (error: EngineError) => error,
  )

describe('opening', () => {
  it('names everything in its first message, for nothing can be changed later', async () => {
    await using stage = await startStage()
    const history = [
      { role: 'caller', text: 'Hello.' },
      { role: 'agent', text: 'Hi.' },
      { role: 'note', text: 'They pressed 2.' },
    ] as const
    const opening = stage.open({ history })
    const wire = await stage.server.nextConnection()
    expect(wire.url).toBe('/v1/live/sessions')
    expect(wire.headers.authorization).toBe(`Bearer ${API_KEY}`)
    const { session } = await wire.expect('session.start')
    expect(session).toEqual({
      model: 'gpt-live-1',
      instructions: expect.stringMatching(
        /^Answer the phone\.\n\n.*es-MX.*\n\n.*do not greet again.*\n\nBackchannel policy: .*\nInterruption policy: .*\nDelegation policy: /,
      ),
      audio: { format: { type: 'audio/pcmu', rate: 8000 }, output: { voice: 'marin' } },
      input: [
        { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hello.' }] },
        { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hi.' }] },
        { type: 'message', role: 'developer', content: [{ type: 'input_text', text: 'They pressed 2.' }] },
      ],
      delegation: {
        type: 'responses',
        responses: {
          model: 'gpt-5.4-mini',
          instructions: expect.stringContaining('Answer the phone.'),
          tools: [
            { type: 'function', name: 'book', description: 'Books.', parameters: { type: 'object' }, strict: false },
          ],
          tool_choice: 'auto',
          parallel_tool_calls: false,
          reasoning: { effort: 'minimal' },
        },
      },
      store: false,
    })
    wire.send(started())
    await opening
  })

  it.each([
    ['messages', 200, 'x', 128],
    ['words', 100, 'x'.repeat(400), 49],
  ])('keeps the newest of a talk with too many %s', async (_what, count, text, kept) => {
    await using stage = await startStage()
    const history = Array.from(
      { length: count },
      (_, at) => ({ role: 'caller', text: `${at} ${text}`.slice(0, 400) }) as const,
    )
    const opening = stage.open({ history })
    const wire = await stage.server.nextConnection()
    const { session } = await wire.expect('session.start')
    const { input } = session as { input: { content: { text: string }[] }[] }
    expect(input).toHaveLength(kept)
    expect(input.at(-1)?.content[0]?.text).toMatch(new RegExp(`^${count - 1} `))
    wire.send(started())
    await opening
  })

  it.each([
    [
      'a setting it does not know',
      { code: 'unknown_parameter', param: 'session.voice' },
      'refused',
      'unknown_parameter',
    ],
    ['a key', { code: 'invalid_api_key' }, 'refused', 'invalid_api_key'],
    ['trouble of its own', { type: 'server_error', code: null }, 'dropped', 'server_error'],
  ])('fails over %s, in our own words', async (_what, error, kind, code) => {
    await using stage = await startStage()
    const opening = failure(stage.open())
    const wire = await stage.server.nextConnection()
    await wire.expect('session.start')
    wire.send(failed({ ...error, message: `about ${API_KEY}` }))
    const thrown = await opening
    expect(thrown).toMatchObject({ failure: kind, code, provider: 'openai' })
    expect(thrown.message).not.toContain(API_KEY)
    await wire.closed
    expect(stage.clock.timers).toBe(0)
  })

  it('fails when the session is closed before it stands, or never stands', async () => {
    await using stage = await startStage()
    const closing = failure(stage.open())
    const first = await stage.server.nextConnection()
    await first.expect('session.start')
    first.send(closed('connection_lost'))
    expect(await closing).toMatchObject({ failure: 'dropped', code: 'connection_lost' })

    const hanging = failure(stage.open())
    const second = await stage.server.nextConnection()
    await second.expect('session.start')
    stage.clock.advance(5_000)
    expect(await hanging).toMatchObject({ failure: 'stalled' })
  })

  it('stops with the reason of its signal', async () => {
    await using stage = await startStage()
    const reason = new Error('hung up')
    const opening = failure(stage.open())
    const wire = await stage.server.nextConnection()
    await wire.expect('session.start')
    stage.abort.abort(reason)
    expect(await opening).toBe(reason)
    await wire.closed
  })
})
