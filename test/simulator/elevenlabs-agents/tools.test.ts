import { describe, expect, it } from 'vitest'
import { script } from '../wire-client.ts'
import { begin, say, start } from './agents-client.ts'

const ASK = script(
  { when: { toolReturned: 'look_up', resultIncludes: 'nine' }, say: 'At nine.' },
  { when: { toolReturned: 'look_up', resultIncludes: 'timed out' }, say: 'I could not find out.' },
  { when: { callerSays: 'open' }, say: 'Let me see.', call: { name: 'look_up', arguments: { what: '{callerSaid}' } } },
)

describe('a client tool', () => {
  it('is asked for after what is said with it, and its result leads on by itself', async () => {
    await using service = await start({ script: ASK })
    await using client = await begin(service.emulator)
    say(client, service.hearing, 'When do you open?')
    const { client_tool_call } = await client.next('client_tool_call')
    expect(client_tool_call).toMatchObject({ tool_name: 'look_up', parameters: { what: 'When do you open?' } })
    expect(client.all('agent_response').map((event) => event.agent_response_event.agent_response)).toEqual([
      'Let me see.',
    ])

    const { tool_call_id } = client_tool_call
    client.send({ type: 'client_tool_result', tool_call_id, result: '{"opens":"nine"}', is_error: false })
    const { agent_response_event } = await client.next('agent_response')
    expect(agent_response_event.agent_response).toBe('At nine.')
    expect(service.emulator.toolsCalled).toEqual(['look_up'])
  })

  it('that takes too long has failed, and its late result changes nothing', async () => {
    await using service = await start({ script: ASK, timing: { toolTimeoutMs: 2_000 } })
    await using client = await begin(service.emulator)
    say(client, service.hearing, 'When do you open?')
    const { client_tool_call } = await client.next('client_tool_call')
    const { agent_response_event } = await client.next('agent_response')
    expect(agent_response_event.agent_response).toBe('I could not find out.')

    const { tool_call_id } = client_tool_call
    client.send({ type: 'client_tool_result', tool_call_id, result: '{"opens":"nine"}', is_error: false })
    await client.ping()
    expect(client.all('agent_response')).toHaveLength(2)
    expect(service.emulator.complaints).toEqual([])
  })

  it('must answer in text: an object ends the conversation', async () => {
    await using service = await start({ script: ASK })
    await using client = await begin(service.emulator)
    client.send({ type: 'client_tool_result', tool_call_id: 'tool_1', result: { opens: 'nine' }, is_error: false })
    const { error_event } = await client.next('error')
    expect(error_event).toMatchObject({ code: 1008, error_type: 'invalid_message' })
    expect(await client.closed).toMatchObject({ code: 1008 })
  })

  it.each([
    ['the page does not know', { tools: ['something_else'] }, undefined],
    [
      'the prompt keeps from this call',
      {},
      'Be kind.\n\n# Tools of this call\nUse no other tools than these: end_call.',
    ],
  ])('that %s is not asked for', async (_, page, prompt) => {
    await using service = await start({ script: ASK, page })
    await using client = await begin(service.emulator, prompt === undefined ? {} : { prompt })
    say(client, service.hearing, 'When do you open?')
    await client.next('agent_response')
    expect(service.emulator.toolsCalled).toEqual([])
  })

  it('may be asked for twice, by a fault', async () => {
    await using service = await start({ script: ASK, faults: [{ fault: 'duplicate call', as: 'same id' }] })
    await using client = await begin(service.emulator)
    say(client, service.hearing, 'When do you open?')
    const calls = [await client.next('client_tool_call'), await client.next('client_tool_call')]
    expect(new Set(calls.map(({ client_tool_call }) => client_tool_call.tool_call_id)).size).toBe(1)
  })
})
