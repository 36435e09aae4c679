import { expect, it } from 'vitest'
import { encodedSilence } from '../../../../src/audio/encoded-audio.ts'
import { createElevenLabsSpeaker } from '../../../../src/engines/cascade/elevenlabs-voice/elevenlabs-speaker.ts'
import type { EngineError } from '../../../../src/engines/engine.ts'
import { createLog } from '../../../../src/lib/log.ts'
import { FakeClock } from '../../../fakes/fake-clock.ts'
import { type ScriptedConnection, ScriptedRealtimeServer } from '../../../fakes/scripted-realtime-server.ts'

const API_KEY = 'xi-test-key-nobody-may-see'
const ONE = 'utterance_1'
const TWO = 'utterance_2'

async function startStage() {
  const server = await ScriptedRealtimeServer.start()
  const clock = new FakeClock()
  const connection = createElevenLabsSpeaker({
    apiKey: API_KEY,
    baseUrl: server.url.replace('/v1', ''),
    voiceId: 'rachel',
    model: 'eleven_flash_v2_5',
    settings: { stability: 0.5, similarityBoost: 0.75, speed: 1.1 },
    clock,
    log: createLog({ level: 'silent' }),
  }).connect({ language: 'en-US' })
  return {
    server,
    clock,
    connection,
    /** Begins an utterance and keeps what is heard of it. */
    begin() {
      const heard: string[] = []
      const { promise: failed, resolve: fail } = Promise.withResolvers<EngineError>()
      const utterance = connection.begin({
        onAudio: (audio) => heard.push(`audio ${audio}`),
        onTiming: (spoken) => heard.push(`timing ${JSON.stringify(spoken)}`),
        onFinished: ({ characters }) => heard.push(`finished ${characters}`),
        onFailed: (error) => {
          heard.push('failed')
          fail(error)
        },
      })
      return { ...utterance, utterance, heard, failed }
    },
    async [Symbol.asyncDispose]() {
      await connection[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}

const opens = (wire: ScriptedConnection, context_id: string) =>
  wire.expect(undefined, {
    text: ' ',
    context_id,
    voice_settings: { stability: 0.5, similarity_boost: 0.75, speed: 1.1 },
  })
const says = (wire: ScriptedConnection, context_id: string, text: string) =>
  wire.expect(undefined, { text, context_id })
const closes = (wire: ScriptedConnection, context_id: string) =>
  wire.expect(undefined, { context_id, close_context: true, text: undefined })
const flushes = (wire: ScriptedConnection, context_id: string) => wire.expect(undefined, { context_id, flush: true })
const send = (wire: ScriptedConnection, message: object) => wire.sendRaw(JSON.stringify(message))

const SOUND = encodedSilence(40).toString()
const ALIGNMENT = { chars: ['H', 'i', '.'], charStartTimesMs: [0, 10, 20], charDurationsMs: [10, 10, 10] }

it('speaks an utterance: opens before it is asked to, says sentence after sentence, and tells when what is spoken', async () => {
  await using stage = await startStage()
  stage.connection.prepare()
  const wire = await stage.server.nextConnection()
  expect(wire.headers['xi-api-key']).toBe(API_KEY)
  expect(wire.url).toContain('/v1/text-to-speech/rachel/multi-stream-input?model_id=eleven_flash_v2_5&')

  const { utterance, heard } = stage.begin()
  utterance.say('Hi. ')
  utterance.say('Bye. ')
  utterance.finish()
  await opens(wire, ONE)
  await says(wire, ONE, 'Hi. ')
  await says(wire, ONE, 'Bye. ')
  await flushes(wire, ONE)
  await closes(wire, ONE)
  send(wire, { audio: SOUND, contextId: ONE, alignment: ALIGNMENT })
  send(wire, { audio: SOUND, contextId: ONE, alignment: null })
  send(wire, { audio: null, isFinal: true, contextId: ONE })
  await wire.settled()
  expect(heard).toEqual([`audio ${SOUND}`, 'timing [{"chars":3,"ms":30}]', `audio ${SOUND}`, 'finished 9'])
  expect(stage.server.attempts).toBe(1)
})

it('stops an utterance with one message, hears no more of it, and speaks the next on the same socket', async () => {
  await using stage = await startStage()
  const first = stage.begin()
  first.utterance.say('Good morning. ')
  const wire = await stage.server.nextConnection()
  await opens(wire, ONE)
  await says(wire, ONE, 'Good morning. ')
  first.utterance.stop()
  const second = stage.begin()
  await closes(wire, ONE)
  await opens(wire, TWO)
  send(wire, { audio: SOUND, contextId: ONE })
  send(wire, { audio: SOUND, contextId: TWO })
  send(wire, { isFinal: true, contextId: ONE })
  await wire.settled()
  expect([first.heard, second.heard]).toEqual([[], [`audio ${SOUND}`]])
})

it('opens another socket before the server runs out of contexts', async () => {
  // Interrupted contexts count until the server has called them final; the sixth ends the socket for all.
  await using stage = await startStage()
  for (let begun = 0; begun < 5; begun += 1) stage.begin().utterance.stop()
  const full = await stage.server.nextConnection()
  for (let begun = 1; begun <= 5; begun += 1) {
    await opens(full, `utterance_${begun}`)
    await closes(full, `utterance_${begun}`)
  }
  send(full, { isFinal: true, contextId: ONE })
  await full.settled()
  stage.begin().utterance.stop()
  await opens(full, 'utterance_6')
  await closes(full, 'utterance_6')
  stage.begin()
  await opens(await stage.server.nextConnection(), ONE)
  await full.closed
})

it('lets a socket go that nobody uses, and opens another when it is needed', async () => {
  await using stage = await startStage()
  stage.connection.prepare()
  const idle = await stage.server.nextConnection()
  await idle.settled()
  for (let second = 0; second < 44; second += 1) {
    stage.clock.advance(1_000)
    await idle.settled()
  }
  stage.clock.advance(1_000)
  await idle.closed
  const { heard } = stage.begin()
  await opens(await stage.server.nextConnection(), ONE)
  expect(heard).toEqual([])
})

it('keeps a socket alive while a thinker takes its time in mid-answer', async () => {
  await using stage = await startStage()
  const { utterance, heard } = stage.begin()
  utterance.say('One moment. ')
  const wire = await stage.server.nextConnection()
  await opens(wire, ONE)
  await says(wire, ONE, 'One moment. ')
  send(wire, { audio: SOUND, contextId: ONE })
  await wire.settled()
  for (let second = 0; second < 45; second += 1) {
    stage.clock.advance(1_000)
    await wire.settled()
  }
  await says(wire, ONE, '')
  utterance.stop()
  await closes(wire, ONE)
  expect(heard).toEqual([`audio ${SOUND}`])
})

it('fails when it is connected and no sound comes', async () => {
  await using stage = await startStage()
  const { utterance, failed } = stage.begin()
  utterance.say('Hi. ')
  const wire = await stage.server.nextConnection()
  await opens(wire, ONE)
  await says(wire, ONE, 'Hi. ')
  for (let second = 0; second < 5; second += 1) {
    stage.clock.advance(1_000)
    if (second < 3) await wire.settled()
  }
  expect(await failed).toMatchObject({ failure: 'stalled', provider: 'elevenlabs' })
})

it.each([
  [401, { detail: { code: 'invalid_api_key', message: API_KEY } }, 'refused', 'invalid_api_key'],
  [404, { detail: { code: 'voice_not_found' } }, 'refused', 'voice_not_found'],
  [429, { detail: { code: 'concurrent_limit_exceeded' } }, 'limited', 'concurrent_limit_exceeded'],
  [429, { detail: { status: 'quota_exceeded' } }, 'refused', 'quota_exceeded'],
  [503, {}, 'dropped', 'http_503'],
])('takes HTTP %i %j at the door as %s', async (status, body, failure, code) => {
  await using stage = await startStage()
  stage.server.refuseNext({ status, body })
  const error = await stage.begin().failed
  expect(error).toMatchObject({ failure, code, provider: 'elevenlabs' })
  expect(error.message).not.toContain(API_KEY)
})

it.each([
  ['voice_not_found', 1008, 'refused'],
  ['too_many_concurrent_requests', 1008, 'limited'],
  ['input_timeout_exceeded', 1008, 'dropped'],
  ['max_active_conversations', 1008, 'dropped'],
  ['something_new', 1008, 'refused'],
  ['something_new', 1011, 'dropped'],
])('takes the error %s with %i as %s, once, and speaks again on another socket', async (error, code, failure) => {
  await using stage = await startStage()
  const { heard, failed } = stage.begin()
  const wire = await stage.server.nextConnection()
  await opens(wire, ONE)
  send(wire, { message: 'said by a caller', error, code })
  wire.close(code, error)
  expect(await failed).toMatchObject({ failure, provider: 'elevenlabs' })
  await wire.closed
  expect(heard).toEqual(['failed'])
  stage.begin()
  await opens(await stage.server.nextConnection(), ONE)
})

it('survives the loss of a socket on which nothing is said', async () => {
  await using stage = await startStage()
  stage.connection.prepare()
  const lost = await stage.server.nextConnection()
  await lost.settled()
  lost.drop()
  await expect.poll(() => stage.clock.timers).toBe(0)
  const { heard } = stage.begin()
  await opens(await stage.server.nextConnection(), ONE)
  expect(heard).toEqual([])
})

it('fails an utterance that the server ends before its last words', async () => {
  await using stage = await startStage()
  const { utterance, failed } = stage.begin()
  utterance.say('Hi. ')
  const wire = await stage.server.nextConnection()
  await opens(wire, ONE)
  await says(wire, ONE, 'Hi. ')
  send(wire, { isFinal: true, contextId: ONE })
  expect(await failed).toMatchObject({ failure: 'dropped', code: 'utterance_ended_early' })
})

it('passes over what is broken, new, or of an utterance nobody knows', async () => {
  await using stage = await startStage()
  const { heard } = stage.begin()
  const wire = await stage.server.nextConnection()
  await opens(wire, ONE)
  wire.sendRaw('{"audio":"')
  send(wire, { mood: 'fine' })
  send(wire, { audio: SOUND, contextId: 'utterance_9' })
  send(wire, { audio: SOUND, contextId: ONE })
  await wire.settled()
  expect(heard).toEqual([`audio ${SOUND}`])
})

it('is gone once it is disposed of', async () => {
  const stage = await startStage()
  const { utterance, heard } = stage.begin()
  const wire = await stage.server.nextConnection()
  await opens(wire, ONE)
  await stage[Symbol.asyncDispose]()
  utterance.say('Hi. ')
  utterance.finish()
  expect([heard, stage.clock.timers]).toEqual([[], 0])
})
