import { describe, expect, it } from 'vitest'
import { babble } from '../../../src/simulator/speech/babble.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { script, silence } from '../wire-client.ts'
import { RealtimeClient, start, TELEPHONE_SESSION } from './realtime-client.ts'

const SAY = 'Our office is open from nine in the morning to six in the evening, Monday to Thursday.'
const CALLER = Buffer.concat([silence(200), babble('Wait, wait', 'caller')])

/** A call in the middle of an answer: 4 deltas of 300 ms were sent, and time stands still. */
async function midAnswer(faults: Parameters<typeof start>[0] = {}) {
  const clock = new FakeClock()
  const service = await start({ clock, script: script({ say: SAY, thinkMs: 100 }), ...faults })
  const client = await RealtimeClient.dial(service.emulator)
  client.send({ type: 'response.create' })
  const { response } = await client.next('response.created')
  clock.advance(100)
  const { item_id } = await client.next('response.output_audio.delta')
  for (let delta = 1; delta < 4; delta++) {
    clock.advance(75)
    await client.next('response.output_audio.delta')
  }
  const dispose = async () => {
    await client[Symbol.asyncDispose]()
    await service[Symbol.asyncDispose]()
  }
  return {
    clock,
    client,
    emulator: service.emulator,
    responseId: response.id!,
    itemId: item_id,
    [Symbol.asyncDispose]: dispose,
  }
}

describe('an answer the caller speaks over', () => {
  it('closes its open parts as incomplete and ends as cancelled by the turn', async () => {
    await using call = await midAnswer()
    call.client.hear(CALLER)
    const { response } = await call.client.next('response.done')
    await call.client.next('rate_limits.updated')

    expect(response).toMatchObject({
      status: 'cancelled',
      status_details: { type: 'cancelled', reason: 'turn_detected' },
    })
    expect(response.output).toMatchObject([{ id: call.itemId, status: 'incomplete' }])
    expect(call.client.types.slice(call.client.types.indexOf('input_audio_buffer.speech_started'))).toEqual([
      'input_audio_buffer.speech_started',
      'response.output_audio.done',
      'response.output_audio_transcript.done',
      'response.content_part.done',
      'response.output_item.done',
      'conversation.item.done',
      'response.done',
      'rate_limits.updated',
    ])
  })

  it('goes on when interrupt_response is off', async () => {
    await using call = await midAnswer()
    const { input } = TELEPHONE_SESSION.audio
    const turn_detection = { ...input.turn_detection, interrupt_response: false }
    call.client.send({ type: 'session.update', session: { type: 'realtime', audio: { input: { turn_detection } } } })
    call.client.hear(CALLER)
    await call.client.next('input_audio_buffer.speech_started')
    call.clock.advance(75)
    await call.client.next('response.output_audio.delta')
    expect(call.client.all('response.done')).toEqual([])
  })

  it('is billed for what was made of it', async () => {
    await using call = await midAnswer()
    call.client.hear(CALLER)
    const { response } = await call.client.next('response.done')
    // 4 deltas of 300 ms at 50 ms a token.
    expect(response.usage?.output_token_details?.audio_tokens).toBe(24)
  })
})

describe('cancelling', () => {
  it('by id ends the response as cancelled by the client, and the next one may begin', async () => {
    await using call = await midAnswer()
    call.client.send({ type: 'response.cancel', response_id: call.responseId })
    const { response } = await call.client.next('response.done')
    expect(response.status_details).toMatchObject({ reason: 'client_cancelled' })
    call.client.send({ type: 'response.create' })
    expect((await call.client.next('response.created')).response.id).not.toBe(call.responseId)
  })

  it('is an error when nothing is running, or another response is', async () => {
    await using call = await midAnswer()
    call.client.send({ type: 'response.cancel', response_id: 'resp_other' })
    expect((await call.client.next('error')).error.code).toBe('response_cancel_not_active')
    call.client.send({ type: 'response.cancel' })
    await call.client.next('response.done')
    call.client.send({ type: 'response.cancel' })
    expect((await call.client.next('error')).error.message).toBe('Cancellation failed: no active response found')
  })

  it('is no fault of the client when it crosses the end of the response, unless that was its own cancel', async () => {
    await using call = await midAnswer()
    call.client.hear(CALLER)
    await call.client.next('response.done')
    call.client.send({ type: 'response.cancel', response_id: call.responseId })
    await call.client.next('error')
    expect(call.emulator.complaints).toEqual([])

    await using twice = await midAnswer()
    for (const _ of ['once', 'twice']) twice.client.send({ type: 'response.cancel', response_id: twice.responseId })
    await twice.client.next('error')
    expect(twice.emulator.complaints).toEqual(['response_cancel_not_active'])
  })

  it('while the model thinks ends it without output', async () => {
    await using service = await start({ clock: new FakeClock(), script: script({ say: SAY }) })
    await using client = await RealtimeClient.dial(service.emulator)
    client.send({ type: 'response.create' })
    client.send({ type: 'response.cancel' })
    expect((await client.next('response.done')).response).toMatchObject({ status: 'cancelled', output: [] })
  })

  it('may be followed by late audio of the same response when that fault is set', async () => {
    await using call = await midAnswer({ faults: [{ fault: 'late deltas', count: 2 }] })
    call.client.send({ type: 'response.cancel' })
    await call.client.next('response.done')
    const late = [
      await call.client.next('response.output_audio.delta'),
      await call.client.next('response.output_audio.delta'),
    ]
    expect(late.map(({ response_id }) => response_id)).toEqual([call.responseId, call.responseId])
  })
})

describe('truncating', () => {
  it('cuts the audio, takes the words out of memory and says so', async () => {
    await using call = await midAnswer()
    call.client.hear(CALLER)
    await call.client.next('response.done')
    call.client.send({ type: 'conversation.item.truncate', item_id: call.itemId, content_index: 0, audio_end_ms: 700 })
    expect(await call.client.next('conversation.item.truncated')).toMatchObject({
      item_id: call.itemId,
      audio_end_ms: 700,
    })

    const [session] = call.emulator.sessions
    expect(session?.conversation.get(call.itemId)).toMatchObject({ audioMs: 700, words: '' })
    expect(session?.record.receivedOf('conversation.item.truncate')).toHaveLength(1)
    call.client.send({ type: 'conversation.item.retrieve', item_id: call.itemId })
    expect(JSON.stringify((await call.client.next('conversation.item.retrieved')).item)).not.toContain('office')
  })

  it.each([1200, 0])('may keep %i ms, as 1200 ms were made', async (audio_end_ms) => {
    await using call = await midAnswer()
    call.client.send({ type: 'conversation.item.truncate', item_id: call.itemId, content_index: 0, audio_end_ms })
    expect(await call.client.next('conversation.item.truncated')).toMatchObject({ audio_end_ms })
  })

  it('refuses to keep more than was made', async () => {
    await using call = await midAnswer()
    call.client.send({ type: 'conversation.item.truncate', item_id: call.itemId, content_index: 0, audio_end_ms: 1201 })
    expect((await call.client.next('error')).error.message).toBe(
      'Audio content of 1200ms is already shorter than 1201ms',
    )
    expect(call.emulator.sessions[0]?.conversation.get(call.itemId).words).not.toBe('')
  })

  it("refuses fractions of a millisecond and items that are not the agent's", async () => {
    await using call = await midAnswer()
    const truncate = { type: 'conversation.item.truncate', content_index: 0 }
    call.client.send({ ...truncate, item_id: call.itemId, audio_end_ms: 20.5 })
    expect((await call.client.next('error')).error).toMatchObject({ code: 'invalid_value', param: 'audio_end_ms' })
    call.client.send({ ...truncate, item_id: 'item_unknown', audio_end_ms: 20 })
    expect((await call.client.next('error')).error.message).toContain('item_unknown')
  })
})
