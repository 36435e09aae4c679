import { BYTES_PER_MS } from '../audio/encoded-audio.ts'
import { encodeMulaw } from '../audio/mulaw.ts'
import { createRandom } from './seeded-random.ts'

/** About a third of full scale: as loud as someone who speaks up. */
const PEAK = 10_000

/**
 * A burst of noise, loud at once and fading, as a cough or a dropped phone is: energy without words.
 * Mu-law, 8 bytes a ms. The same seed gives the same burst.
 */
export function createNoise(lengthMs: number, seed = 1): Buffer {
  const random = createRandom(seed)
  const length = Math.round(lengthMs * BYTES_PER_MS)
  return encodeMulaw(Int16Array.from({ length }, (_, at) => (random() * 2 - 1) * PEAK * (1 - at / length)))
}
