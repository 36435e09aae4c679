import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { encodeAudio, encodedSilence } from '../../src/audio/encoded-audio.ts'
import {
  clearMessage,
  createMediaFramer,
  markMessage,
  parseCarrierMessage,
} from '../../src/telephony/media-protocol.ts'

const parse = (message: unknown) =>
  parseCarrierMessage(Buffer.from(typeof message === 'string' ? message : JSON.stringify(message)), false)

const payload = encodedSilence(20).toString()
const media = {
  event: 'media',
  sequenceNumber: '2',
  media: { track: 'inbound', chunk: '1', timestamp: '155', payload },
  streamSid: 'MZ1',
}

describe('messages from the carrier', () => {
  it('reads the captured connected, start, dtmf, mark and stop', () => {
    expect(parse('{"event":"connected","protocol":"Call","version":"1.0.0"}')).toEqual({ type: 'connected' })
    expect(
      parse(
        '{"event":"start","sequenceNumber":"1","start":{"accountSid":"AC1","streamSid":"MZ1","callSid":"CA1","tracks":["inbound"],"mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000,"channels":1},"customParameters":{"token":"t"}},"streamSid":"MZ1"}',
      ),
    ).toEqual({
      type: 'start',
      start: { accountSid: 'AC1', streamSid: 'MZ1', callSid: 'CA1', customParameters: { token: 't' } },
    })
    expect(
      parse('{"event":"dtmf","streamSid":"MZ1","sequenceNumber":"5","dtmf":{"track":"inbound_track","digit":"#"}}'),
    ).toEqual({ type: 'dtmf', digit: '#' })
    expect(parse('{"event":"mark","sequenceNumber":"4","streamSid":"MZ1","mark":{"name":"my label"}}')).toEqual({
      type: 'mark',
      name: 'my label',
    })
    expect(parse('{"event":"stop","streamSid":"MZ1","stop":{"accountSid":"AC1","callSid":"CA1"}}')).toEqual({
      type: 'stop',
    })
  })

  it('reads a media frame without JSON.parse, as a view of the bytes that came', () => {
    const raw = Buffer.from(JSON.stringify(media))
    const jsonParse = vi.spyOn(JSON, 'parse')
    try {
      const message = parseCarrierMessage(raw, false)
      expect(jsonParse).not.toHaveBeenCalled()
      if (message.type !== 'media') throw new Error(`read as ${message.type}`)
      expect(message.timestampMs).toBe(155)
      expect(message.audio.toString()).toBe(payload)
      expect(message.audio.buffer).toBe(raw.buffer)
    } finally {
      jsonParse.mockRestore()
    }
  })

  it('reads media with its fields in any order, white space, escapes or a numeric timestamp', () => {
    const withSlash = encodeAudio(Buffer.alloc(160, 0xff)).toString()
    const variants = [
      JSON.stringify({ streamSid: 'MZ1', media: { payload, timestamp: '7' }, event: 'media' }),
      JSON.stringify({ media: { timestamp: '7', payload, chunk: '1' }, sequenceNumber: '9', event: 'media' }),
      JSON.stringify({ event: 'media', media: { timestamp: '7', payload } }, null, 2),
      `{"event":"media","media":{"timestamp":7,"payload":"${withSlash.replaceAll('/', '\\/')}"}}`,
      JSON.stringify({ event: 'media', extra: { deep: {} }, media: { timestamp: '7', payload } }),
    ]
    for (const variant of variants) {
      const message = parse(variant)
      expect(message).toMatchObject({ type: 'media', timestampMs: 7 })
      if (message.type === 'media') expect(message.audio.toString()).toBe(payload)
    }
  })

  it('is not fooled by media words in the parameters of another message', () => {
    const start = { accountSid: 'AC1', streamSid: 'MZ1', callSid: 'CA1' }
    const customParameters = { event: 'media', payload: 'AAAA', timestamp: '1' }
    expect(parse({ event: 'start', start: { ...start, customParameters }, media: {} }).type).toBe('start')
    expect(parse({ event: 'mark', mark: { name: '"event":"media","media":{' } }).type).toBe('mark')
    expect(parse({ media: { event: 'media', timestamp: '1', payload }, event: 'stop' }).type).toBe('stop')
  })

  it('calls a frame malformed when its audio or time cannot be true', () => {
    for (const bad of ['', 'A', 'AAA', 'AA=A', '====', 'A"A\\', 'Zm9v\n', 'Zm9vé']) {
      expect(parse({ ...media, media: { timestamp: '1', payload: bad } })).toMatchObject({ type: 'malformed' })
    }
    for (const bad of ['', '-1', '1.5', '1e3', '9'.repeat(16), null, {}]) {
      expect(parse({ ...media, media: { timestamp: bad, payload } })).toMatchObject({ type: 'malformed' })
    }
    expect(parse('{"event":"media","media":{"timestamp":"1","payload":"AAAA')).toMatchObject({ type: 'malformed' })
    expect(parseCarrierMessage(Buffer.from(JSON.stringify(media)), true)).toMatchObject({ type: 'malformed' })
  })

  it('tolerates events it does not know, and names what is broken', () => {
    expect(parse('{"event":"brand-new","x":1}')).toEqual({ type: 'unknown', event: 'brand-new' })
    expect(parse('{"event":"start","start":{"streamSid":"MZ1"}}')).toMatchObject({
      type: 'malformed',
      reason: expect.stringContaining('start.callSid'),
    })
    for (const broken of ['', 'null', '[]', '7', '{}', '{"event":7}', 'nonsense']) {
      expect(parse(broken).type).toBe('malformed')
    }
  })

  it('never throws, and reads media bytes exactly as JSON.parse would', () => {
    const text = fc.oneof(fc.string(), fc.base64String(), fc.json())
    const frame = fc
      .record({
        event: fc.constantFrom('media', 'mark', 'stop', 'start', 'x'),
        media: fc.oneof(fc.record({ payload: text, timestamp: fc.oneof(fc.nat().map(String), text) }), fc.jsonValue()),
        streamSid: text,
      })
      .map((value) => JSON.stringify(value))
    const anything = fc.oneof(frame, fc.json(), fc.string())
    fc.assert(
      fc.property(anything, (json) => {
        const message = parse(json)
        if (message.type !== 'media') return
        const value = JSON.parse(json)
        expect(message.audio.toString()).toBe(value.media.payload)
        expect(message.timestampMs).toBe(Number(value.media.timestamp))
      }),
      { numRuns: 1000 },
    )
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void parseCarrierMessage(Buffer.from(bytes), false)))
    const cutShort = Buffer.from(JSON.stringify(media))
    for (let length = 0; length < cutShort.length; length += 1) {
      expect(parseCarrierMessage(cutShort.subarray(0, length), false).type).toBe('malformed')
    }
    expect(parse('x'.repeat(1_000_000)).type).toBe('malformed')
  })
})

describe('messages to the carrier', () => {
  it('have exactly the keys Twilio accepts', () => {
    expect(createMediaFramer('MZ1')(Buffer.from('AAAA')).toString()).toBe(
      '{"event":"media","streamSid":"MZ1","media":{"payload":"AAAA"}}',
    )
    expect(markMessage('MZ1', 'm')).toBe('{"event":"mark","streamSid":"MZ1","mark":{"name":"m"}}')
    expect(clearMessage('MZ1')).toBe('{"event":"clear","streamSid":"MZ1"}')
  })

  it('stay JSON whatever the stream is called', () => {
    fc.assert(
      fc.property(fc.string(), (streamSid) => {
        const frame = JSON.parse(createMediaFramer(streamSid)(encodedSilence(20)).toString())
        expect(frame).toEqual({ event: 'media', streamSid, media: { payload } })
      }),
    )
  })
})
