import { describe, expect, it } from 'vitest'
import type { LlmEmulator } from '../../../src/simulator/llm/llm-emulator.ts'
import { start } from './llm-client.ts'

const PATHS = { responses: '/v1/responses', chat: '/v1/chat/completions', messages: '/v1/messages' } as const
type Wire = keyof typeof PATHS

const BASE: Record<Wire, object> = {
  responses: { model: 'gpt-5.4-mini', stream: true, input: 'Hello' },
  chat: { model: 'gpt-5.4-mini', stream: true, messages: [{ role: 'user', content: 'Hello' }] },
  messages: {
    model: 'claude-haiku-5-5',
    stream: true,
    max_tokens: 300,
    messages: [{ role: 'user', content: 'Hello' }],
  },
}

async function post(llm: LlmEmulator, wire: Wire, change: object, headers: Record<string, string> = {}) {
  const own = { authorization: 'Bearer sk-test', 'anthropic-version': '2026-10-21', ...headers }
  const body = JSON.stringify({ ...BASE[wire], ...change })
  const response = await fetch(llm.baseUrl + PATHS[wire], { method: 'POST', headers: own, body })
  return { status: response.status, text: await response.text() }
}

const user = (content: unknown) => ({ role: 'user', content })
const agent = (content: unknown) => ({ role: 'assistant', content })
const toolUse = { type: 'tool_use', id: 'toolu_1', name: 'look_up', input: {} }
const toolResult = { type: 'tool_result', tool_use_id: 'toolu_1', content: '{"found":true}' }
const functionCall = { type: 'function_call', call_id: 'call_1', name: 'look_up', arguments: '{}' }
const functionOutput = { type: 'function_call_output', call_id: 'call_1', output: '{"found":true}' }
const toolCalls = [{ id: 'call_1', type: 'function', function: { name: 'look_up', arguments: '{}' } }]
const openSchema = { type: 'object', properties: { day: { type: 'string' } } }
const cacheControl = { type: 'ephemeral' }

describe('a request the real service refuses', () => {
  const cases: [Wire, string, object, RegExp][] = [
    ['responses', 'an unknown parameter', { max_tokens: 5 }, /Unknown parameter: 'max_tokens'/],
    ['responses', 'assistant text as input', { input: [agent([{ type: 'input_text', text: 'Hi' }])] }, /input\[0\]/],
    ['responses', 'a call without its output', { input: [user('Hi'), functionCall] }, /No tool output found.*call_1/],
    ['responses', 'an output without its call', { input: [functionOutput] }, /No tool call found.*call_1/],
    ['responses', 'an item id of another kind', { input: [{ ...functionCall, id: 'call_1' }, functionOutput] }, /id/],
    [
      'responses',
      'a strict tool that leaves something open',
      { tools: [{ type: 'function', name: 'look_up', parameters: openSchema, strict: true }] },
      /additionalProperties/,
    ],
    ['chat', 'a flat tool', { tools: [{ type: 'function', name: 'look_up' }] }, /tools\[0\]/],
    ['chat', 'calls nobody answered', { messages: [{ role: 'assistant', tool_calls: toolCalls }] }, /call_1/],
    [
      'chat',
      'a tool message after something else',
      {
        messages: [
          { role: 'assistant', tool_calls: toolCalls },
          user('Well?'),
          { role: 'tool', tool_call_id: 'call_1', content: '{}' },
        ],
      },
      /must be followed by tool messages/,
    ],
    ['chat', 'a silent assistant', { messages: [agent(null)] }, /got null/],
    ['messages', 'a temperature', { temperature: 0.5 }, /temperature/],
    ['messages', 'no limit of tokens', { max_tokens: undefined }, /max_tokens/],
    ['messages', 'an empty text', { messages: [user('')] }, /non-empty/],
    ['messages', 'a first word of the assistant', { messages: [agent('Hi'), user('Hello')] }, /first message/],
    ['messages', 'a last word of the assistant', { messages: [user('Hello'), agent('Hi')] }, /prefill/],
    [
      'messages',
      'a result that is missing',
      { messages: [user('Hi'), agent([toolUse]), user('Well?')] },
      /without `tool_result` blocks.*toolu_1/,
    ],
    [
      'messages',
      'a result that is not first',
      { messages: [user('Hi'), agent([toolUse]), user([{ type: 'text', text: 'Well?' }, toolResult])] },
      /immediately after/,
    ],
    ['messages', 'a result nobody asked for', { messages: [user([toolResult])] }, /unexpected `tool_use_id`/],
    [
      'messages',
      'too many breakpoints',
      { messages: [user(Array.from({ length: 5 }, () => ({ type: 'text', text: 'a', cache_control: cacheControl })))] },
      /maximum of 4/,
    ],
  ]

  it.each(cases)('%s: %s', async (wire, _, change, words) => {
    await using llm = await start()
    const { status, text } = await post(llm, wire, change)
    expect(status, text).toBe(400)
    expect(JSON.parse(text).error.message).toMatch(words)
    expect(llm.complaints).toEqual([JSON.parse(text).error.message])
    expect(llm.requests).toEqual([])
  })
})

describe('a limit of tokens', () => {
  it('cuts the answer short', async () => {
    await using llm = await start([{ say: 'One two three four five six seven.' }])
    const { text } = await post(llm, 'chat', { max_completion_tokens: 3 })
    expect(text).toContain('"finish_reason":"length"')
    expect(text).not.toContain('seven')
  })
})

describe('the door', () => {
  it('lets in one key, by either header, in either version', async () => {
    await using llm = await start([], { apiKey: 'sk-test' })
    const old = { authorization: '', 'x-api-key': 'sk-test', 'anthropic-version': '2023-06-01' }
    expect((await post(llm, 'messages', { temperature: 0.5 }, old)).status).toBe(200)
    expect((await post(llm, 'messages', {})).status).toBe(200)
    expect((await post(llm, 'chat', {})).status).toBe(200)
    const wrong = { authorization: 'Bearer sk-other' }
    expect(await post(llm, 'messages', {}, wrong)).toMatchObject({
      status: 401,
      text: expect.stringContaining('authentication_error'),
    })
    expect(await post(llm, 'responses', {}, wrong)).toMatchObject({
      status: 401,
      text: expect.stringContaining('invalid_api_key'),
    })
    expect(llm.connections.map(({ status }) => status)).toEqual([200, 200, 200, 401, 401])
  })

  it('refuses Anthropic requests of no known version', async () => {
    await using llm = await start()
    expect((await post(llm, 'messages', {}, { 'anthropic-version': '2024-01-01' })).status).toBe(400)
  })
})

/** The same talk on each wire: a greeting, a question, a lookup with its result, a note. */
const TALK: Record<Wire, object> = {
  responses: {
    instructions: 'Be kind.',
    input: [
      agent('Thank you for calling.'),
      user('Are you open?'),
      functionCall,
      functionOutput,
      { role: 'developer', content: 'The caller pressed 5.' },
    ],
    tools: [{ type: 'function', name: 'look_up', parameters: null, strict: null }],
  },
  chat: {
    messages: [
      { role: 'developer', content: 'Be kind.' },
      agent('Thank you for calling.'),
      user('Are you open?'),
      { role: 'assistant', content: null, tool_calls: toolCalls },
      { role: 'tool', tool_call_id: 'call_1', content: '{"found":true}' },
      { role: 'system', content: 'The caller pressed 5.' },
    ],
    tools: [{ type: 'function', function: { name: 'look_up' } }],
  },
  messages: {
    system: 'Be kind.',
    messages: [
      user('<note>The call begins.</note>'),
      agent('Thank you for calling.'),
      user('Are you open?'),
      agent([toolUse]),
      user([toolResult]),
      { role: 'system', content: 'The caller pressed 5.' },
    ],
    tools: [{ name: 'look_up', input_schema: { type: 'object' } }],
  },
}

describe.each(['responses', 'chat', 'messages'] as const)('a talk by %s', (wire) => {
  it('is understood: who said what, and which tool returned what', async () => {
    await using llm = await start([
      {
        when: { toolReturned: 'look_up', resultIncludes: '"found":true', turn: 1, instructionsInclude: 'pressed 5' },
        say: 'We are.',
      },
    ])
    const { text } = await post(llm, wire, TALK[wire])
    expect(llm.complaints).toEqual([])
    const requestId = wire === 'messages' ? 'toolu_1' : 'call_1'
    expect(llm.requests[0]).toMatchObject({ instructions: 'Be kind.', toolNames: ['look_up'] })
    expect(llm.requests[0]?.memory.filter(({ role }) => role !== 'note')).toEqual([
      { role: 'agent', text: 'Thank you for calling.' },
      { role: 'caller', text: 'Are you open?' },
      { role: 'tool request', requestId, name: 'look_up', argumentsJson: '{}' },
      { role: 'tool result', requestId, output: '{"found":true}' },
    ])
    expect(llm.requests[0]?.memory.at(-1)).toEqual({ role: 'note', text: 'The caller pressed 5.' })
    expect(text.match(/"(delta|content|text)":"(.*?)"/g)?.join('')).toContain('W')
  })
})
