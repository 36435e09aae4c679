import { describe, expect, it } from 'vitest'
import { script } from '../wire-client.ts'
import {
  backendEvents,
  begin,
  type LiveClient,
  SESSION,
  SESSION_WITH_TOOLS,
  said,
  say,
  start,
  untilSaid,
} from './live-client.ts'

const ASK = script(
  { when: { toolReturned: 'note_down' }, say: 'Both are done.' },
  { when: { toolReturned: 'look_up' }, say: 'We open at {result.opens}.' },
  { when: { callerSays: 'both' }, call: [{ name: 'look_up' }, { name: 'note_down' }] },
  { when: { callerSays: 'open' }, call: { name: 'look_up', arguments: { what: '{callerSaid}' } } },
  { when: { callerSays: '5' }, say: 'Extension five.' },
)

/** Calls as the client must read them: only the finished item names one. */
async function nextCall(client: LiveClient): Promise<{ callId: string; name: string; arguments: string }> {
  for (;;) {
    const { event } = await client.next('response.event')
    const item = event.item as { type?: string; call_id: string; name: string; arguments: string } | undefined
    if (event.type === 'response.output_item.done' && item?.type === 'function_call')
      return { callId: item.call_id, name: item.name, arguments: item.arguments }
  }
}

async function untilBackend(client: LiveClient, type: string) {
  for (;;) {
    const sent = await client.next('response.event')
    if (sent.event.type === type) return sent
  }
}

function answer(client: LiveClient, callId: string, output: string): void {
  client.send({ type: 'response.item.create', item: { type: 'function_call_output', call_id: callId, output } })
}

/** A run of equal types counts once. */
function ladder(client: LiveClient): string[] {
  const types = backendEvents(client).map(({ type }) => type)
  return types.filter((type, at) => type !== types[at - 1])
}

describe('work for the backend', () => {
  it('goes up the ladder of the contract and is told by the voice', async () => {
    await using service = await start({ script: ASK })
    await using client = await begin(service.emulator, SESSION_WITH_TOOLS)
    say(client, service.hearing, 'When do you open?')
    const { delegation } = await client.next('session.delegation.created')
    const call = await nextCall(client)
    const { event, delegation_id } = await untilBackend(client, 'response.completed')
    expect(delegation).toMatchObject({ type: 'delegation', target: 'responses' })
    expect(delegation_id).toBe(delegation.id)
    expect(call).toMatchObject({ name: 'look_up', arguments: '{"what":"When do you open?"}' })
    expect(event.response).toMatchObject({ id: delegation.response_id, output: [], tools: [], instructions: null })
    expect(ladder(client)).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.function_call_arguments.delta',
      'response.function_call_arguments.done',
      'response.output_item.done',
      'response.completed',
    ])

    answer(client, call.callId, '{"opens":"nine"}')
    client.send({ type: 'response.create' })
    expect((await untilBackend(client, 'response.completed')).delegation_id).toBe(delegation.id)
    expect(backendEvents(client).at(-1)).toMatchObject({ response: { usage: { total_tokens: expect.any(Number) } } })
    await untilSaid(client, 'We open at nine.')
    expect(service.emulator.toolsCalled).toEqual(['look_up'])
    expect(service.emulator.complaints).toEqual([])
  })

  it('may be announced behind its first event', async () => {
    await using service = await start({ script: ASK, manners: { announcesLate: true } })
    await using client = await begin(service.emulator, SESSION_WITH_TOOLS)
    say(client, service.hearing, 'When do you open?')
    await nextCall(client)
    const types = client.types.filter((type) => /delegation|response/.test(type))
    expect(types.slice(0, 3)).toEqual(['response.event', 'session.delegation.created', 'response.event'])
  })

  it('calls two functions at once, and refuses to go on with half of their outputs', async () => {
    await using service = await start({ script: ASK })
    await using client = await begin(service.emulator, SESSION_WITH_TOOLS)
    say(client, service.hearing, 'Do both, please')
    const [first, second] = [await nextCall(client), await nextCall(client)]
    answer(client, first.callId, '{}')
    client.send({ type: 'response.create' })
    expect((await client.next('error')).error.code).toBe('missing_tool_output')
    answer(client, second.callId, '{}')
    client.send({ type: 'response.create' })
    await untilSaid(client, 'Both are done.')
  })

  it('calls one after the other when it may not call at once', async () => {
    await using service = await start({ script: ASK })
    const { delegation } = SESSION_WITH_TOOLS
    const responses = { ...delegation.responses, parallel_tool_calls: false }
    await using client = await begin(service.emulator, { ...SESSION, delegation: { ...delegation, responses } })
    say(client, service.hearing, 'Do both, please')
    const first = await nextCall(client)
    await untilBackend(client, 'response.completed')
    answer(client, first.callId, '{}')
    client.send({ type: 'response.create' })
    expect((await nextCall(client)).name).toBe('note_down')
  })

  it('that failed takes no outputs', async () => {
    await using service = await start({ script: ASK, faults: [{ fault: 'failed response', code: 'server_error' }] })
    await using client = await begin(service.emulator, SESSION_WITH_TOOLS)
    say(client, service.hearing, 'When do you open?')
    const { callId } = await nextCall(client)
    await untilBackend(client, 'response.failed')
    answer(client, callId, '{}')
    expect((await client.next('error')).error.message).toContain('failed')
    expect(service.emulator.toolsCalled).toEqual([])
  })

  it('may be asked for by the client, and then belongs to no delegation', async () => {
    await using service = await start({ script: ASK })
    await using client = await begin(service.emulator, SESSION_WITH_TOOLS)
    const content = [{ type: 'input_text', text: 'The caller pressed 5.' }]
    client.send({ type: 'response.item.create', item: { type: 'message', role: 'user', content } })
    client.send({ type: 'response.create' })
    expect((await untilBackend(client, 'response.completed')).delegation_id).toBeNull()
    await untilSaid(client, 'Extension five.')
  })

  it('is bridged by a word of the voice', async () => {
    await using service = await start({ script: ASK })
    const delegation = { ...SESSION_WITH_TOOLS.delegation, acknowledgement_delay_ms: 0 }
    await using client = await begin(service.emulator, { ...SESSION, delegation })
    say(client, service.hearing, 'When do you open?')
    await untilSaid(client, 'One moment.')
  })
})

describe('work for the client', () => {
  it('is announced without a word on what it is, and told by a commentary', async () => {
    await using service = await start({ script: ASK })
    await using client = await begin(service.emulator)
    say(client, service.hearing, 'When do you open?')
    const { delegation } = await client.next('session.delegation.created')
    expect(delegation).toEqual({ id: delegation.id, type: 'delegation', target: 'client' })
    const append = { delegation_id: delegation.id, content: 'The office opens at nine.' }
    client.send({ type: 'session.commentary.append', ...append })
    await untilSaid(client, 'The office opens at nine.')
    expect(said(client)).not.toContain('We open')

    client.send({ type: 'response.create' })
    expect((await client.next('error')).error.code).toBe('invalid_request')
  })
})
