import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sliceAudioDelta } from '../../../src/engines/openai/audio-delta.ts'
import { parseServerMessage } from '../../../src/engines/openai/server-events.ts'

const DELTA = {
  type: 'response.output_audio.delta',
  event_id: 'event_1',
  response_id: 'resp_1',
  item_id: 'item_1',
  output_index: 0,
  content_index: 0,
  delta: '/v7+fw==',
  obfuscation: 'xYz1',
}

/** Any characters at all. fast-check has a unit for it, which takes 2 s to build, and 20 on a busy machine. */
const anyText = fc.string({
  unit: fc
    .integer({ min: 0, max: 0x10_ffff })
    .filter((point) => point < 0xd800 || point > 0xdfff)
    .map((point) => String.fromCodePoint(point)),
})

const bytes = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))

/** What the slow way makes of the same message: an unknown array field keeps the slicing off it. */
function parsedTheSlowWay(message: object) {
  const slow = bytes({ ...message, not_flat: [] })
  expect(sliceAudioDelta(slow)).toBeUndefined()
  return parseServerMessage(slow)
}

describe('slicing an audio delta', () => {
  it('gives the ids and the base64 as a view into the message', () => {
    const message = bytes(DELTA)
    const delta = sliceAudioDelta(message)
    expect(delta).toMatchObject({ type: DELTA.type, responseId: 'resp_1', itemId: 'item_1' })
    expect(delta?.audio.toString()).toBe(DELTA.delta)
    message.write('AAAA', message.indexOf(DELTA.delta))
    expect(delta?.audio.toString()).toBe('AAAAfw==')
  })

  it('reads the same as JSON.parse whatever the order, spacing and further fields', () => {
    const base64 = fc.uint8Array({ maxLength: 200 }).map((audio) => Buffer.from(audio).toString('base64'))
    const delta = fc.record({
      type: fc.constant('response.output_audio.delta'),
      response_id: anyText,
      item_id: anyText,
      delta: base64,
    })
    const others = fc.dictionary(
      fc.string().filter((key) => !(key in DELTA) && key !== 'not_flat' && key !== '__proto__'),
      fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(null)),
    )
    const indent = fc.constantFrom(undefined, 1, '\t')
    fc.assert(
      fc.property(delta, others, fc.boolean(), indent, (own, more, ownFirst, spacing) => {
        const message = ownFirst ? { ...own, ...more } : { ...more, ...own }
        const parsed = parseServerMessage(bytes(JSON.stringify(message, undefined, spacing)))
        expect(parsed).toEqual(parsedTheSlowWay(message))
        expect(parsed).toMatchObject({ responseId: own.response_id, itemId: own.item_id })
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    ['another type', { ...DELTA, type: 'response.output_audio.done' }],
    ['an escape', JSON.stringify(DELTA).replace('/v7', '\\/v7')],
    ['something nested', { ...DELTA, extra: {} }],
    ['a missing id', { ...DELTA, item_id: undefined }],
    ['an id that is no string', { ...DELTA, response_id: 7 }],
    ['no delta', { ...DELTA, delta: undefined }],
    ['a message that breaks off', JSON.stringify(DELTA).slice(0, -5)],
    ['a message with something behind it', `${JSON.stringify(DELTA)}{}`],
    ['an empty message', ''],
    ['no object', '"response.output_audio.delta"'],
  ])('leaves %s to JSON.parse', (_what, message) => {
    expect(sliceAudioDelta(bytes(message))).toBeUndefined()
  })

  it('still understands base64 with escaped slashes', () => {
    const message = parseServerMessage(bytes(JSON.stringify(DELTA).replace('/v7', '\\/v7')))
    expect(message).toMatchObject({ type: DELTA.type, audio: Buffer.from(DELTA.delta) })
  })
})

describe('reading any message', () => {
  it('never throws', () => {
    fc.assert(fc.property(fc.uint8Array(), (noise) => parseServerMessage(Buffer.from(noise)).type === 'malformed'))
    fc.assert(fc.property(fc.json(), (json) => ['malformed', 'unused'].includes(parseServerMessage(bytes(json)).type)))
  })

  it('names the place that is wrong and not what was there', () => {
    const message = parseServerMessage(
      bytes({ type: 'response.done', response: { id: 42, secret: 'said by a caller' } }),
    )
    expect(message).toEqual({ type: 'malformed', detail: 'response.done: response.id' })
  })

  it('takes nulls and fields the provider adds', () => {
    const response = { id: 'resp_1', object: 'realtime.response', usage: null, status_details: null, metadata: null }
    expect(parseServerMessage(bytes({ type: 'response.created', event_id: 'e', response, news: 1 }))).toMatchObject({
      type: 'response.created',
      response: { id: 'resp_1', usage: null },
    })
  })

  it('tells events it has no use for from events it has never heard of', () => {
    const known = { type: 'input_audio_buffer.committed', item_id: 'item_1' }
    expect(parseServerMessage(bytes(known))).toEqual({ type: 'unused', name: known.type, known: true })
    expect(parseServerMessage(bytes({ type: 'session.sang' }))).toMatchObject({ name: 'session.sang', known: false })
  })
})
