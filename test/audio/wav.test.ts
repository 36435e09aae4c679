import { describe, expect, it } from 'vitest'
import { mulawWavHeader, readWav } from '../../src/audio/wav.ts'

describe('mulawWavHeader', () => {
  it('is read back as what it says', () => {
    const samples = Buffer.from([1, 2, 3, 4])
    const wav = readWav(Buffer.concat([mulawWavHeader({ channels: 2, dataBytes: 4 }), samples]))
    expect(wav).toEqual({ sampleRate: 8_000, channels: 2, encoding: 'mulaw', data: samples })
  })

  it('counts bytes, and the samples of one channel, where players look for them', () => {
    const header = mulawWavHeader({ channels: 2, dataBytes: 1_000 })
    expect(header.length).toBe(58)
    expect(header.readUInt32LE(4)).toBe(50 + 1_000)
    expect(header.readUInt32LE(28)).toBe(16_000)
    expect(header.readUInt32LE(46)).toBe(500)
  })
})

describe('readWav', () => {
  it('skips chunks it does not know, also ones of odd length', () => {
    const header = mulawWavHeader({ channels: 1, dataBytes: 2 })
    const note = Buffer.from('LIST\x03\x00\x00\x00abc\x00', 'latin1')
    const file = Buffer.concat([header.subarray(0, 38), note, header.subarray(38), Buffer.from([7, 8])])
    expect([...readWav(file).data]).toEqual([7, 8])
  })

  it('reads 16-bit PCM, plain and extensible', () => {
    expect(readWav(pcm16({ tag: 1 }))).toMatchObject({ sampleRate: 24_000, channels: 1, encoding: 'pcm16' })
    expect(readWav(pcm16({ tag: 0xfffe }))).toMatchObject({ encoding: 'pcm16', data: Buffer.from([1, 0, 2, 0]) })
  })

  it('gives what is there of a file whose header promises more', () => {
    const file = Buffer.concat([mulawWavHeader({ channels: 2, dataBytes: 4_000 }), Buffer.alloc(100, 1)])
    expect(readWav(file).data.length).toBe(100)
  })

  it.each([
    ['an empty file', Buffer.alloc(0), 'RIFF'],
    ['another format', Buffer.from('<html><body>not found</body></html>'), 'RIFF'],
    ['a file without samples', mulawWavHeader({ channels: 1, dataBytes: 0 }).subarray(0, 50), '"data"'],
    ['a file cut in its format', mulawWavHeader({ channels: 1, dataBytes: 0 }).subarray(0, 30), '"fmt "'],
    ['an encoding it does not know', pcm16({ tag: 85 }), 'format 85'],
  ])('says what is wrong with %s', (_, file, reason) => {
    expect(() => readWav(file)).toThrow(
      expect.objectContaining({ code: 'wav_unreadable', message: expect.stringContaining(reason) }),
    )
  })
})

function pcm16({ tag }: { tag: number }): Buffer {
  const format = Buffer.alloc(40)
  format.writeUInt16LE(tag, 0)
  format.writeUInt16LE(1, 2)
  format.writeUInt32LE(24_000, 4)
  format.writeUInt32LE(48_000, 8)
  format.writeUInt16LE(2, 12)
  format.writeUInt16LE(16, 14)
  format.writeUInt16LE(1, 24)
  return Buffer.concat([
    Buffer.from('RIFF\x00\x00\x00\x00WAVE', 'latin1'),
    Buffer.from('fmt \x28\x00\x00\x00', 'latin1'),
    format,
    Buffer.from('data\x04\x00\x00\x00', 'latin1'),
    Buffer.from([1, 0, 2, 0]),
  ])
}
