import { HearthlineError } from '../lib/errors.ts'

/** A WAV file in memory: `data` is interleaved, 1 byte a sample for mu-law, 2 (little-endian) for 16-bit PCM. */
export interface Wav {
  readonly sampleRate: number
  readonly channels: number
  readonly encoding: WavEncoding
  readonly data: Buffer
}

export type WavEncoding = 'mulaw' | 'pcm16'

/** Bytes before the first sample in every header `mulawWavHeader` makes. */
export const MULAW_WAV_HEADER_BYTES = 58

const SAMPLE_RATE = 8_000
const FORMAT_PCM = 1
const FORMAT_MULAW = 7
const FORMAT_EXTENSIBLE = 0xfffe

/**
 * Reads a WAV file of mu-law or 16-bit PCM. Unknown chunks are skipped, and a `data` chunk whose length runs past
 * the end (a file whose writer was killed) gives what is there.
 * @throws HearthlineError `wav_unreadable` that says what was found instead.
 */
export function readWav(file: Buffer): Wav {
  if (file.length < 12 || file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE')
    throw unreadable('it does not begin with RIFF and WAVE')
  const chunks = chunksOf(file)
  const format = chunks.get('fmt ')
  const data = chunks.get('data')
  if (!format || format.length < 16) throw unreadable('it has no whole "fmt " chunk')
  if (!data) throw unreadable('it has no "data" chunk')
  return {
    sampleRate: format.readUInt32LE(4),
    channels: format.readUInt16LE(2),
    encoding: encodingOf(format),
    data,
  }
}

/** The samples of 16-bit little-endian PCM; half a sample at the end is left out. */
export function pcm16Samples(data: Buffer): Int16Array {
  const samples = new Int16Array(data.length >> 1)
  for (let at = 0; at < samples.length; at++) samples[at] = data.readInt16LE(at * 2)
  return samples
}

/** The header of an 8 kHz mu-law file, to be followed by `dataBytes` of interleaved samples. */
export function mulawWavHeader({ channels, dataBytes }: { channels: number; dataBytes: number }): Buffer {
  const header = Buffer.alloc(MULAW_WAV_HEADER_BYTES)
  header.write('RIFF', 0, 'latin1')
  header.writeUInt32LE(MULAW_WAV_HEADER_BYTES - 8 + dataBytes, 4)
  header.write('WAVEfmt ', 8, 'latin1')
  // 18 bytes, the last two an empty extension: players want that field in every format but PCM.
  header.writeUInt32LE(18, 16)
  header.writeUInt16LE(FORMAT_MULAW, 20)
  header.writeUInt16LE(channels, 22)
  header.writeUInt32LE(SAMPLE_RATE, 24)
  header.writeUInt32LE(SAMPLE_RATE * channels, 28)
  header.writeUInt16LE(channels, 32)
  header.writeUInt16LE(8, 34)
  // `fact` holds the samples per channel, which no player can read off a compressed format.
  header.write('fact', 38, 'latin1')
  header.writeUInt32LE(4, 42)
  header.writeUInt32LE(Math.floor(dataBytes / channels), 46)
  header.write('data', 50, 'latin1')
  header.writeUInt32LE(dataBytes, 54)
  return header
}

/** The first chunk of each name. Chunks are padded to even lengths, and the last may be cut short. */
function chunksOf(file: Buffer): Map<string, Buffer> {
  const chunks = new Map<string, Buffer>()
  for (let at = 12; at + 8 <= file.length; ) {
    const name = file.toString('latin1', at, at + 4)
    const bytes = file.readUInt32LE(at + 4)
    if (!chunks.has(name)) chunks.set(name, file.subarray(at + 8, at + 8 + bytes))
    at += 8 + bytes + (bytes % 2)
  }
  return chunks
}

function encodingOf(format: Buffer): WavEncoding {
  const tag = format.readUInt16LE(0)
  const bitsPerSample = format.readUInt16LE(14)
  // The extensible form keeps the real tag in the first two bytes of its sub-format.
  const encoding = tag === FORMAT_EXTENSIBLE && format.length >= 26 ? format.readUInt16LE(24) : tag
  if (encoding === FORMAT_MULAW && bitsPerSample === 8) return 'mulaw'
  if (encoding === FORMAT_PCM && bitsPerSample === 16) return 'pcm16'
  throw unreadable(`it holds format ${encoding} with ${bitsPerSample} bits a sample`)
}

function unreadable(reason: string): HearthlineError {
  return new HearthlineError('wav_unreadable', `Read a WAV file of mu-law or 16-bit PCM, but ${reason}.`)
}
