/** G.711 mu-law: 8 bits that carry 14 bits of loudness, as every US telephone line has since 1972. */

/** Added before the logarithm so that its segments join; part of G.711, not a setting. */
const BIAS = 0x84

/** The loudest 16-bit sample that still has a code. */
const CLIP = 32_635

/** Full scale of a 16-bit sample: what `rmsOf` measures against. */
const FULL_SCALE = 32_768

/** 256 codes to their 16-bit samples. */
const SAMPLE_OF = Int16Array.from({ length: 256 }, (_, code) => expand(code))

/** Squared samples per code, so that loudness costs one look-up a byte. */
const ENERGY_OF = Float64Array.from(SAMPLE_OF, (sample) => sample * sample)

/** One 16-bit sample per mu-law byte. */
export function decodeMulaw(mulaw: Uint8Array): Int16Array {
  const samples = new Int16Array(mulaw.length)
  for (let at = 0; at < mulaw.length; at++) samples[at] = SAMPLE_OF[mulaw[at]!]!
  return samples
}

/** One mu-law byte per 16-bit sample; what is louder than mu-law can say is clipped. */
export function encodeMulaw(samples: Int16Array): Buffer {
  const mulaw = Buffer.allocUnsafe(samples.length)
  for (let at = 0; at < samples.length; at++) mulaw[at] = compress(samples[at]!)
  return mulaw
}

/** Loudness as root mean square, 0 (silence, or no audio at all) to about 1 (full scale). */
export function rmsOf(mulaw: Uint8Array): number {
  if (mulaw.length === 0) return 0
  let energy = 0
  for (let at = 0; at < mulaw.length; at++) energy += ENERGY_OF[mulaw[at]!]!
  return Math.sqrt(energy / mulaw.length) / FULL_SCALE
}

function expand(code: number): number {
  const bits = ~code & 0xff
  const magnitude = ((((bits & 0x0f) << 3) + BIAS) << ((bits >> 4) & 0x07)) - BIAS
  return bits & 0x80 ? -magnitude : magnitude
}

function compress(sample: number): number {
  const magnitude = Math.min(Math.abs(sample), CLIP) + BIAS
  // The highest set bit of a biased sample is bit 7 to 14: it names the segment, the 4 bits below it the step.
  const segment = 24 - Math.clz32(magnitude)
  const step = (magnitude >> (segment + 3)) & 0x0f
  return ~((sample < 0 ? 0x80 : 0) | (segment << 4) | step) & 0xff
}
