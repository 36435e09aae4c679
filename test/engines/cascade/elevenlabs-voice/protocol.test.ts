import { expect, it } from 'vitest'
import { encodedSilence } from '../../../../src/audio/encoded-audio.ts'
import { parseSpeechMessage, speechUrl } from '../../../../src/engines/cascade/elevenlabs-voice/protocol.ts'

const AUDIO = encodedSilence(40).toString()
const parse = (message: unknown) => parseSpeechMessage(Buffer.from(JSON.stringify(message)))

const ALIGNED = { chars: ['H', 'i'], startsMs: [0, 3], durationsMs: [3, 4] }

it.each([
  ['camel case', { charStartTimesMs: [0, 3], charDurationsMs: [3, 4] }],
  ['the other camel case', { charStartTimesMs: [0, 3], charsDurationsMs: [3, 4] }],
  ['snake case', { char_start_times_ms: [0, 3], char_durations_ms: [3, 4] }],
])('reads speech and its times in %s', (_what, times) => {
  const message = { audio: AUDIO, isFinal: null, contextId: 'u1', alignment: { chars: ['H', 'i'], ...times } }
  expect(parse(message)).toMatchObject({ type: 'speech', contextId: 'u1', alignment: ALIGNED, final: false })
})

it.each([
  ['where the audio stands first', { audio: AUDIO, context_id: 'u1' }],
  ['or last, behind text that looks like it', { context_id: 'u1', alignment: { chars: ['"', '\\'] }, audio: AUDIO }],
])('takes the audio as a view into the message, %s', (_what, message) => {
  const data = Buffer.from(JSON.stringify(message, null, 1))
  const parsed = parseSpeechMessage(data)
  if (parsed.type !== 'speech' || !parsed.audio) throw new Error(`Read as ${parsed.type}`)
  expect(parsed.audio.toString()).toBe(AUDIO)
  expect(parsed.audio.buffer).toBe(data.buffer)
})

it('reads audio whose slashes are escaped', () => {
  const data = Buffer.from(`{"audio":"ab\\/c","contextId":"u1"}`)
  expect(parseSpeechMessage(data)).toMatchObject({ type: 'speech', audio: Buffer.from('ab/c') })
})

it('lets nothing but base64 through where audio has escapes, for it is put into the messages of the carrier', () => {
  const data = Buffer.from(`{"audio":"ab/c\\u0022}}","contextId":"u1"}`)
  expect(parseSpeechMessage(data)).toMatchObject({ type: 'speech', audio: Buffer.from('ab/c') })
})

it.each([
  ['null audio', { audio: null, isFinal: true, contextId: 'u1' }],
  ['no audio', { is_final: true, context_id: 'u1' }],
])('reads the end of an utterance with %s', (_what, message) => {
  expect(parse(message)).toMatchObject({ type: 'speech', contextId: 'u1', audio: undefined, final: true })
})

it('reads an error, and passes over what is new or broken', () => {
  const error = { message: 'the words of a caller', error: 'voice_not_found', code: 1008 }
  expect(parse(error)).toEqual({ type: 'error', name: 'voice_not_found', closeCode: 1008 })
  expect(parse({ mood: 'fine' })).toEqual({ type: 'unused' })
  for (const broken of ['{"audio":"abc', '[]', 'null', '{"audio":7}'])
    expect(parseSpeechMessage(Buffer.from(broken))).toEqual({ type: 'malformed' })
})

it('asks for the telephone’s sound, and names the language to models that can be told', () => {
  const options = { baseUrl: 'https://api.elevenlabs.io/', voiceId: 'vo/ice', language: 'es-US' }
  const url = speechUrl({ ...options, model: 'eleven_flash_v2_5' })
  expect(url.origin + url.pathname).toBe('wss://api.elevenlabs.io/v1/text-to-speech/vo%2Fice/multi-stream-input')
  expect(Object.fromEntries(url.searchParams)).toEqual({
    model_id: 'eleven_flash_v2_5',
    output_format: 'ulaw_8000',
    auto_mode: 'true',
    sync_alignment: 'true',
    inactivity_timeout: '60',
    language_code: 'es',
  })
  expect(speechUrl({ ...options, model: 'eleven_multilingual_v2' }).searchParams.has('language_code')).toBe(false)
})

it('calls Tagalog as the models do, and leaves what they do not know for them to find out', () => {
  const codeOf = (language: string) =>
    speechUrl({ baseUrl: 'https://api', voiceId: 'v', model: 'eleven_flash_v2_5', language }).searchParams.get(
      'language_code',
    )
  expect(['vi-VN', 'tl-PH', 'ht-HT'].map(codeOf)).toEqual(['vi', 'fil', null])
})
