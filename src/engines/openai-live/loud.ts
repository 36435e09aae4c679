import { BYTES_PER_MS, decodeAudio, type EncodedAudio } from '../../audio/encoded-audio.ts'
import { rmsOf } from '../../audio/mulaw.ts'

const WINDOW_BYTES = 20 * BYTES_PER_MS

/** Of full scale. The model's silence is digital zeros; LiveKit measured that this parts it from speech (contract 7). */
const SILENT_RMS = 0.0006

/** Whether there is any sound in a piece of the model's output. Hot path: some 10 pieces a second and call. */
export function isLoud(audio: EncodedAudio): boolean {
  const mulaw = decodeAudio(audio)
  for (let at = 0; at < mulaw.length; at += WINDOW_BYTES)
    if (rmsOf(mulaw.subarray(at, at + WINDOW_BYTES)) > SILENT_RMS) return true
  return false
}
