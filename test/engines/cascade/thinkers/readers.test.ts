import type { RawMessageStreamEvent } from '@anthropic-ai/sdk/resources/messages'
import type { ChatCompletionChunk } from 'openai/resources/chat/completions'
import type { ResponseStreamEvent } from 'openai/resources/responses/responses'
import { describe, expect, it } from 'vitest'
import type { Thought } from '../../../../src/engines/cascade/thinker.ts'
import { ChatReader } from '../../../../src/engines/cascade/thinkers/chat-api.ts'
import { MessagesReader } from '../../../../src/engines/cascade/thinkers/messages-reader.ts'
import type { AnswerReader } from '../../../../src/engines/cascade/thinkers/read-answer.ts'
import { ResponsesReader } from '../../../../src/engines/cascade/thinkers/responses-api.ts'
import type { ThinkerFailures } from '../../../../src/engines/cascade/thinkers/thinker-failures.ts'
import { WIRES } from './wires.ts'

/** What a reader makes of events that no server of the contract sends, or seldom; up to the answer's end. */
function readAll<Event>(reader: AnswerReader<Event>, events: readonly unknown[]): Thought[] {
  const thoughts = events.flatMap((event) => reader.read(event as Event))
  return thoughts.some(({ type }) => type === 'ended') ? thoughts : [...thoughts, ...reader.finish()]
}

const dataOf = (frames: readonly { data: unknown }[]) =>
  frames.map(({ data }) => data).filter((data) => data !== '[DONE]')
const CUT = { id: 'call_2', name: 'book', fragments: ['{"half'] }
const WHOLE = { id: 'call_1', name: 'book', fragments: ['{}'] }
const tool = (requestId: string, argumentsJson = '{}') => ({ type: 'tool', requestId, name: 'book', argumentsJson })
const named = (thoughts: readonly Thought[]) => thoughts.filter(({ type }) => type !== 'usage')

describe('Chat Completions', () => {
  const read = (...chunks: unknown[]) => named(readAll<ChatCompletionChunk>(new ChatReader('m'), chunks))
  const chunk = (delta: object, finish_reason: string | null = null) => ({
    choices: [{ index: 0, delta, finish_reason }],
  })

  it('gives no request that was cut off at the limit, but the one before it', () => {
    const { tools, ending } = WIRES.chat
    expect(read(...dataOf([...tools(WHOLE, CUT), ...ending('cut')]))).toEqual([
      tool('call_1'),
      { type: 'ended', because: 'length' },
    ])
  })

  it('ends without a count where a server does not count', () => {
    expect(read(chunk({ content: 'Hi' }), chunk({}, 'stop'))).toEqual([
      { type: 'text', text: 'Hi' },
      { type: 'ended', because: 'done' },
    ])
  })

  it('tells calls apart that have no index, and names those that have no id', () => {
    const call = (id: string | undefined, text: string) => ({ id, function: { name: id && 'book', arguments: text } })
    const [first, second, end] = read(
      chunk({ tool_calls: [call('a', '{')] }),
      chunk({ tool_calls: [call(undefined, '}')] }),
      chunk({ tool_calls: [call('b', '{}')] }),
      chunk({}, 'tool_calls'),
    )
    expect([first, second, end]).toEqual([tool('a'), tool('b'), { type: 'ended', because: 'done' }])
    const [nameless] = read(
      chunk({ tool_calls: [{ index: 0, id: '', function: { name: 'book', arguments: '' } }] }),
      chunk({}, 'stop'),
    )
    expect(nameless).toMatchObject({ name: 'book', requestId: expect.stringMatching(/^call_./) })
  })

  it('gives each request once, though the ending is said twice', () => {
    const stop = chunk({}, 'tool_calls')
    const heard = read(...dataOf(WIRES.chat.tools(WHOLE)), stop, stop)
    expect(heard).toEqual([tool('call_1'), { type: 'ended', because: 'done' }])
  })

  it('has no answer without an ending', () => {
    expect(read(chunk({ content: 'Hi' }))).toEqual([{ type: 'text', text: 'Hi' }])
  })
})

describe('Responses', () => {
  const failures: ThinkerFailures = {
    of: () => expect.fail('not asked'),
    inAnswer: (error) => Object.assign(new Error('in answer'), { told: error }) as never,
    unfinished: () => expect.fail('not asked'),
  }
  const read = (...events: unknown[]) => named(readAll<ResponseStreamEvent>(new ResponsesReader('m', failures), events))
  const item = (id: string, status: string) => {
    return { type: 'function_call', id: `fc_${id}`, call_id: id, name: 'book', arguments: '', status }
  }

  it('gives no request that was cut off', () => {
    const done = (what: object) => ({ type: 'response.output_item.done', item: what })
    const [ending] = dataOf(WIRES.responses.ending('cut'))
    expect(read(done(item('a', 'completed')), done(item('b', 'incomplete')), ending)).toEqual([
      tool('a'),
      { type: 'ended', because: 'length' },
    ])
  })

  it('gives a request once that only the whole response holds', () => {
    const output = [item('a', 'completed'), item('b', 'completed')]
    const events = [
      { type: 'response.output_item.done', item: output[0] },
      { type: 'response.completed', response: { output } },
    ]
    expect(read(...events)).toEqual([tool('a'), tool('b'), { type: 'ended', because: 'done' }])
  })

  it('gives the model’s own words of refusal', () => {
    expect(read({ type: 'response.refusal.delta', delta: 'I cannot.' })).toEqual([{ type: 'text', text: 'I cannot.' }])
  })

  it('takes a failure for what was said in the call as a refusal, and any other as a failure', () => {
    const failed = (code: string) => ({ type: 'response.failed', response: { output: [], error: { code } } })
    expect(read(failed('invalid_prompt'))).toEqual([{ type: 'ended', because: 'refused' }])
    expect(() => read(failed('rate_limit_exceeded'))).toThrow(
      expect.objectContaining({ told: { code: 'rate_limit_exceeded' } }),
    )
  })
})

describe('Messages', () => {
  const read = (...events: unknown[]) => named(readAll<RawMessageStreamEvent>(new MessagesReader('m'), events))

  it('gives no request that was cut off at the limit, but the one before it', () => {
    const { tools, ending } = WIRES.anthropic
    expect(read(...dataOf([...tools(WHOLE, { ...CUT, fragments: [] }), ...ending('cut')]))).toEqual([
      tool('call_1'),
      { type: 'ended', because: 'length' },
    ])
  })

  it('passes over thinking, citations and events nobody knows', () => {
    const delta = (what: object) => ({ type: 'content_block_delta', index: 0, delta: what })
    const heard = read(
      { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '' } },
      delta({ type: 'thinking_delta', thinking: 'hm' }),
      delta({ type: 'input_json_delta', partial_json: 'belongs to nothing' }),
      delta({ type: 'hum_delta', hum: 'la' }),
      { type: 'hummed' },
      { type: 'content_block_start', index: 1, content_block: { type: 'text', text: 'Hi' } },
    )
    expect(heard).toEqual([{ type: 'text', text: 'Hi' }])
  })
})
