import { BYTES_PER_MS } from '../../audio/encoded-audio.ts'
import { decodeMulaw, encodeMulaw } from '../../audio/mulaw.ts'
import { resample } from '../../audio/resample.ts'
import { pcm16Samples } from '../../audio/wav.ts'

const TELEPHONE_HZ = BYTES_PER_MS * 1000

/** What a service may be told to speak and hear. */
export type SoundFormat = { readonly type: 'audio/pcmu' } | { readonly type: 'audio/pcm'; readonly rate: number }

/** The session's base64 audio as the mu-law the emulator works in. */
export function toMulaw(base64: string, format: SoundFormat): Buffer {
  const bytes = Buffer.from(base64, 'base64')
  if (format.type === 'audio/pcmu') return bytes
  return encodeMulaw(resample(pcm16Samples(bytes), format.rate, TELEPHONE_HZ))
}

/** Mu-law as base64 in the session's format. */
export function fromMulaw(mulaw: Buffer, format: SoundFormat): string {
  if (format.type === 'audio/pcmu') return mulaw.toString('base64')
  return pcm16(mulaw, format.rate).toString('base64')
}

/** Mu-law as 16-bit little-endian PCM. */
export function pcm16(mulaw: Buffer, sampleRate: number): Buffer {
  const samples = resample(decodeMulaw(mulaw), TELEPHONE_HZ, sampleRate)
  const bytes = Buffer.alloc(samples.length * 2)
  for (const [at, sample] of samples.entries()) bytes.writeInt16LE(sample, at * 2)
  return bytes
}
