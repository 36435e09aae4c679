/** Quieter than this at a clip's edge is silence, not speech. */
const SILENT_DB = -50

/** Kept around the speech, so that a soft consonant is not cut. */
const MARGIN_MS = 20

const WINDOW_MS = 5

const FULL_SCALE = 32_768

/** Cuts the silence before and after speech, up to a small margin. All silence gives nothing. */
export function trimSilence(samples: Int16Array, sampleRate: number): Int16Array {
  const windowSamples = Math.round((sampleRate * WINDOW_MS) / 1000)
  const marginSamples = Math.round((sampleRate * MARGIN_MS) / 1000)
  let first: number | undefined
  let last = 0
  for (let at = 0; at < samples.length; at += windowSamples) {
    if (decibels(rmsOfSamples(samples.subarray(at, at + windowSamples))) < SILENT_DB) continue
    first ??= at
    last = at + windowSamples
  }
  if (first === undefined) return samples.subarray(0, 0)
  return samples.subarray(Math.max(0, first - marginSamples), last + marginSamples)
}

/** Brings a clip to a loudness in dBFS RMS, or as near as its peaks allow: they stay below `peakDb`. */
export function normaliseLoudness(
  samples: Int16Array,
  { rmsDb, peakDb }: { rmsDb: number; peakDb: number },
): Int16Array {
  const rms = rmsOfSamples(samples)
  if (rms === 0) return samples
  const peak = samples.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 0) / FULL_SCALE
  const gain = Math.min(amplitude(rmsDb) / rms, amplitude(peakDb) / peak)
  return samples.map((sample) => Math.round(sample * gain))
}

function rmsOfSamples(samples: Int16Array): number {
  const energy = samples.reduce((sum, sample) => sum + sample * sample, 0)
  return Math.sqrt(energy / Math.max(1, samples.length)) / FULL_SCALE
}

function decibels(amplitude: number): number {
  return 20 * Math.log10(amplitude)
}

function amplitude(decibels: number): number {
  return 10 ** (decibels / 20)
}
