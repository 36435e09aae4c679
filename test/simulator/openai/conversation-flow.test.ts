import { describe, expect, it } from 'vitest'
import { babble } from '../../../src/simulator/speech/babble.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { script, silence } from '../wire-client.ts'
import { RealtimeClient, start, TELEPHONE_SESSION } from './realtime-client.ts'

/** A run of equal types counts once, and what comes beside the ladder is left out. */
function ladder(types: string[]): string[] {
  const beside = /transcription|^session/
  return types.filter((type, at) => !beside.test(type) && type !== types[at - 1])
}

const SPEECH = [
  'response.created',
  'response.output_item.added',
  'conversation.item.added',
  'response.content_part.added',
]
const SPEECH_END = [
  'response.output_audio.done',
  'response.output_audio_transcript.done',
  'response.content_part.done',
  'response.output_item.done',
  'conversation.item.done',
]
const COMMIT = [
  'input_audio_buffer.speech_started',
  'input_audio_buffer.speech_stopped',
  'input_audio_buffer.committed',
  'conversation.item.added',
  'conversation.item.done',
]

describe('a turn of the caller', () => {
  it('is heard, committed and answered in the order of the contract', async () => {
    await using service = await start({ script: script({ when: { callerSays: 'hours' }, say: 'We open at nine.' }) })
    await using client = await RealtimeClient.dial(service.emulator)
    const question = babble('What are your hours?', 'caller')
    service.hearing.know('What are your hours?', question)
    client.hear(Buffer.concat([silence(400), question, silence(700)]))
    await client.next('rate_limits.updated')

    const types = ladder(client.types)
    const deltas = /_audio(_transcript)?\.delta$/
    expect(types.filter((type) => !deltas.test(type))).toEqual([
      ...COMMIT,
      ...SPEECH,
      ...SPEECH_END,
      'response.done',
      'rate_limits.updated',
    ])
    expect(types.filter((type) => deltas.test(type))[0]).toBe('response.output_audio_transcript.delta')
  })

  it('gets its words beside the response, in deltas that join to the transcript', async () => {
    await using service = await start()
    await using client = await RealtimeClient.dial(service.emulator)
    const wish = babble('I would like to know', 'caller')
    service.hearing.know('I would like to know when you open tomorrow', wish)
    client.hear(Buffer.concat([wish, silence(700)]))
    const { transcript, item_id } = await client.next('conversation.item.input_audio_transcription.completed')

    const deltas = client.all('conversation.item.input_audio_transcription.delta')
    expect(transcript).toBe('I would like to know when you open tomorrow')
    expect(deltas.map(({ delta }) => delta).join('')).toBe(transcript)
    expect(deltas.length).toBeGreaterThan(1)
    expect(item_id).toBe(client.all('input_audio_buffer.committed')[0]?.item_id)
  })

  it('has an empty transcript when there were no words in it', async () => {
    await using service = await start()
    await using client = await RealtimeClient.dial(service.emulator)
    client.hear(Buffer.concat([babble('ahem', 'caller'), silence(700)]))
    const { transcript } = await client.next('conversation.item.input_audio_transcription.completed')
    expect(transcript).toBe('')
    expect(client.all('conversation.item.input_audio_transcription.delta')).toEqual([])
  })

  it('is only committed, not answered, with create_response off', async () => {
    await using service = await start()
    const { input } = TELEPHONE_SESSION.audio
    const turn_detection = { ...input.turn_detection, create_response: false }
    const session = { ...TELEPHONE_SESSION, audio: { input: { ...input, turn_detection } } }
    await using client = await RealtimeClient.dial(service.emulator, session)
    client.hear(Buffer.concat([babble('Hello there', 'caller'), silence(700)]))
    await client.next('conversation.item.input_audio_transcription.completed')
    expect(client.all('response.created')).toEqual([])
  })
})

describe('manual turns', () => {
  const manual = {
    ...TELEPHONE_SESSION,
    audio: { ...TELEPHONE_SESSION.audio, input: { format: { type: 'audio/pcmu' }, turn_detection: null } },
  }

  it('are committed by hand and answered when asked', async () => {
    await using service = await start()
    await using client = await RealtimeClient.dial(service.emulator, manual)
    client.hear(babble('Hello there', 'caller'))
    client.send({ type: 'input_audio_buffer.commit' })
    const { item_id } = await client.next('input_audio_buffer.committed')
    client.send({ type: 'response.create' })
    await client.next('response.done')
    expect(client.all('input_audio_buffer.speech_started')).toEqual([])
    expect(client.all('conversation.item.added')[0]?.item.id).toBe(item_id)
  })

  it('cannot be committed with less than 100 ms', async () => {
    await using service = await start()
    await using client = await RealtimeClient.dial(service.emulator, manual)
    client.hear(silence(500))
    client.send({ type: 'input_audio_buffer.clear' })
    await client.next('input_audio_buffer.cleared')
    client.hear(silence(60))
    client.send({ type: 'input_audio_buffer.commit', event_id: 'mine' })
    const { error } = await client.next('error')
    expect(error).toMatchObject({ code: 'input_audio_buffer_commit_empty', event_id: 'mine' })
    expect(error.message).toContain('buffer only has 60.00ms of audio.')
  })
})

describe('a response', () => {
  it('is faster than its speech and says its words ahead of their sound', async () => {
    const say = 'Our office opens at nine in the morning and closes at six in the evening.'
    await using service = await start({ script: script({ say }) })
    await using client = await RealtimeClient.dial(service.emulator)
    client.send({ type: 'response.create' })
    await client.next('response.done')

    const { sent } = service.emulator.sessions[0]!.record
    const audio = sent.filter(({ event }) => event.type === 'response.output_audio.delta')
    const words = client.all('response.output_audio_transcript.delta')
    expect(audio.reduce((sum, { audioBytes }) => sum + audioBytes, 0)).toBe(babble(say, 'agent').length)
    expect(audio.every(({ audioBytes }) => audioBytes <= 400 * 8)).toBe(true)
    expect(words.map(({ delta }) => delta).join('')).toBe(say)
    const allWordsSaid = client.events.findLastIndex(({ type }) => type === 'response.output_audio_transcript.delta')
    const allSoundSent = client.events.findLastIndex(({ type }) => type === 'response.output_audio.delta')
    expect(allWordsSaid).toBeLessThan(allSoundSent)
  })

  it('speaks 24 kHz PCM unless it is told otherwise', async () => {
    await using service = await start({ script: script({ say: 'Hello.' }) })
    await using client = await RealtimeClient.connect(service.emulator)
    client.send({ type: 'response.create' })
    await client.next('response.done')
    const bytes = client.all('response.output_audio.delta').map(({ delta }) => Buffer.from(delta, 'base64').length)
    expect(bytes.reduce((sum, length) => sum + length, 0)).toBe(babble('Hello.', 'agent').length * 6)
  })

  it('carries the nulls and the padding of the real wire', async () => {
    await using service = await start({ script: script({ say: 'Hello.' }) })
    await using client = await RealtimeClient.dial(service.emulator)
    client.send({ type: 'response.create' })
    const { response } = await client.next('response.created')
    expect(response).toMatchObject({
      status: 'in_progress',
      status_details: null,
      usage: null,
      metadata: null,
      output: [],
    })
    expect(await client.next('response.output_audio.delta')).toHaveProperty('obfuscation')
  })

  it('may be empty, be cut short or fail, as its rule says', async () => {
    await using service = await start({
      script: script(
        { emptyAnswer: true, times: 1 },
        { say: 'One two three four five six.', cutShort: true, times: 1 },
        { fail: { code: 'rate_limit_exceeded' } },
      ),
    })
    await using client = await RealtimeClient.dial(service.emulator)
    const ended = []
    for (let response = 0; response < 3; response++) {
      client.send({ type: 'response.create' })
      ended.push((await client.next('response.done')).response)
    }
    const [empty, cut, failed] = ended
    expect(empty).toMatchObject({ status: 'completed', output: [] })
    expect(cut).toMatchObject({ status: 'incomplete', status_details: { reason: 'max_output_tokens' } })
    expect(cut?.output).toMatchObject([{ status: 'incomplete' }])
    expect(failed).toMatchObject({ status: 'failed', status_details: { error: { code: 'rate_limit_exceeded' } } })
  })

  it('falls silent in the middle when its rule stalls', async () => {
    const clock = new FakeClock()
    await using service = await start({ clock, script: script({ say: 'Two deltas.', thinkMs: 0, stallMs: 9_000 }) })
    await using client = await RealtimeClient.dial(service.emulator)
    client.send({ type: 'response.create' })
    await client.next('response.created')
    clock.advance(0)
    // 11 characters are 715 ms: the second delta of 300 ms passes the half.
    for (let delta = 0; delta < 2; delta++) {
      await client.next('response.output_audio.delta')
      clock.advance(75)
    }
    clock.advance(8_999)
    await client.ping()
    expect(client.all('response.output_audio.delta')).toHaveLength(2)
    clock.advance(1)
    await client.next('response.output_audio.delta')
  })

  it('is refused while another one runs', async () => {
    await using service = await start({ script: script({ say: 'Just a moment, please.', thinkMs: 5_000 }) })
    await using client = await RealtimeClient.dial(service.emulator)
    client.send({ type: 'response.create' })
    const { response } = await client.next('response.created')
    client.send({ type: 'response.create', event_id: 'second' })
    const { error } = await client.next('error')
    expect(error.code).toBe('conversation_already_has_active_response')
    expect(error.message).toContain(response.id)
  })

  it('asks for tools, beside speech or without, and answers their results when asked to', async () => {
    await using service = await start({
      script: script(
        { when: { toolReturned: 'look_up', resultIncludes: 'nine' }, say: 'It is {result.opens}.' },
        {
          say: 'Let me look.',
          call: [{ name: 'look_up', arguments: { words: '{callerSaid}' } }, { name: 'note' }],
        },
      ),
    })
    const tools = ['look_up', 'note'].map((name) => ({ type: 'function', name, parameters: {} }))
    await using client = await RealtimeClient.dial(service.emulator, { ...TELEPHONE_SESSION, tools })
    client.send({
      type: 'conversation.item.create',
      item: { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'When?' }] },
    })
    client.send({ type: 'response.create' })
    const { response } = await client.next('response.done')
    expect(response.output?.map(({ type }) => type)).toEqual(['message', 'function_call', 'function_call'])
    const [first, second] = client.all('response.function_call_arguments.done')
    expect(first).toMatchObject({ name: 'look_up', output_index: 1, arguments: '{"words":"When?"}' })
    expect(second).toMatchObject({ name: 'note', output_index: 2 })

    const results = { [first!.call_id]: '{"opens":"nine"}', [second!.call_id]: '{}' }
    for (const [call_id, output] of Object.entries(results))
      client.send({ type: 'conversation.item.create', item: { type: 'function_call_output', call_id, output } })
    client.send({ type: 'response.create' })
    await client.next('response.done')
    expect(client.all('response.output_audio_transcript.done').at(-1)?.transcript).toBe('It is nine.')
  })

  it('cannot be given the result of a call that was never made', async () => {
    await using service = await start()
    await using client = await RealtimeClient.dial(service.emulator)
    const item = { type: 'function_call_output', call_id: 'call_unknown', output: '{}' } as const
    client.send({ type: 'conversation.item.create', item })
    expect((await client.next('error')).error.message).toContain('call_unknown')
  })
})

describe('the language of a turn', () => {
  const WISH = 'Quisiera refinanciar mi casa'

  it.each([
    [{ model: 'gpt-transcribe', languages: ['en', 'es'] }, true, [{ code: 'es' }]],
    [{ model: 'gpt-live-transcribe', languages: ['en', 'es'] }, true, undefined],
    [{ model: 'gpt-transcribe', language: 'en' }, false, [{ code: 'en' }]],
  ])(
    'with transcription %j is made out or not, while the voice model understands it',
    async (transcription, understood, languages) => {
      await using service = await start({ script: script({ when: { callerSays: 'refinanciar' }, say: 'Con gusto.' }) })
      const { audio } = TELEPHONE_SESSION
      const session = { ...TELEPHONE_SESSION, audio: { ...audio, input: { ...audio.input, transcription } } }
      await using client = await RealtimeClient.dial(service.emulator, session)
      const wish = babble(WISH, 'caller-es')
      service.hearing.know(WISH, wish, 'es')
      client.hear(Buffer.concat([wish, silence(700)]))
      const completed = await client.next('conversation.item.input_audio_transcription.completed')
      expect(completed.transcript === WISH).toBe(understood)
      expect(completed.languages).toEqual(languages)
      expect((await client.next('response.output_audio_transcript.done')).transcript).toBe('Con gusto.')
    },
  )
})
