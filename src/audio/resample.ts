/** Zero crossings of the sinc on each side: 16 put aliases some 70 dB down, and rendering is no live path. */
const ZERO_CROSSINGS = 16

/** Share of the lower Nyquist frequency that is kept, so that the filter's slope ends before aliases begin. */
const PASSBAND = 0.92

/**
 * Changes the sample rate of 16-bit audio by a windowed sinc, which is also its low-pass filter. For clips that are
 * rendered ahead of time; costs about 64 multiplications per sample of the higher rate.
 */
export function resample(samples: Int16Array, fromHz: number, toHz: number): Int16Array {
  if (fromHz === toHz) return samples
  const cutoff = PASSBAND * Math.min(1, toHz / fromHz)
  const reach = ZERO_CROSSINGS / cutoff
  const resampled = new Int16Array(Math.floor((samples.length * toHz) / fromHz))
  for (let at = 0; at < resampled.length; at++) {
    resampled[at] = sampleAround(samples, (at * fromHz) / toHz, cutoff, reach)
  }
  return resampled
}

function sampleAround(samples: Int16Array, centre: number, cutoff: number, reach: number): number {
  const last = Math.min(samples.length - 1, Math.floor(centre + reach))
  let sum = 0
  for (let at = Math.max(0, Math.ceil(centre - reach)); at <= last; at++) {
    const distance = at - centre
    sum += samples[at]! * cutoff * sinc(distance * cutoff) * hann(distance / reach)
  }
  return Math.max(-32_768, Math.min(32_767, Math.round(sum)))
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)
}

/** 1 in the middle, 0 at -1 and 1. */
function hann(x: number): number {
  return 0.5 + 0.5 * Math.cos(Math.PI * x)
}
