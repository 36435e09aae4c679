/** A voice that tells by every byte where on the call it was spoken, and by whom; never silence. */
export function voice(speaker: 'caller' | 'agent', fromMs: number, ms: number): Buffer {
  const fromSample = Math.round(fromMs * 8)
  const salt = speaker === 'caller' ? 0x9e37 : 0x85eb
  const samples = Buffer.alloc(Math.round(ms * 8))
  for (let at = 0; at < samples.length; at++)
    samples[at] = ((Math.imul(fromSample + at, 2_654_435_761) ^ salt) % 251) & 0x7f
  return samples
}
