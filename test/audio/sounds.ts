import { encodeMulaw } from '../../src/audio/mulaw.ts'

/** Sounds made for tests, as mu-law, the same on every run. Levels are RMS in dBFS. */

export function silence(ms: number): Buffer {
  return Buffer.alloc(ms * 8, 0xff)
}

/** White noise, as of a fan or a street. */
export function noise(ms: number, rmsDb = -30): Buffer {
  let state = 42
  return atLevel(ms, rmsDb, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 31 - 1
  })
}

/** Chords that change twice a second and die away a little, over a bass: what a waiting queue plays. */
export function holdMusic(ms: number, rmsDb = -20): Buffer {
  const roots = [262, 220, 175, 196, 330, 294]
  return atLevel(ms, rmsDb, (at) => {
    const seconds = at / 8_000
    const root = roots[Math.floor(seconds * 2) % roots.length]!
    const strike = 0.6 + 0.4 * Math.exp(-4 * ((seconds * 2) % 1))
    const chord = [1, 1.25, 1.5, 2].reduce((sum, n) => sum + Math.sin(2 * Math.PI * root * n * seconds) / n, 0)
    return strike * chord + Math.sin(Math.PI * root * seconds)
  })
}

/** Syllables of a voice in words of three, with breaths between them. */
export function talk(ms: number, rmsDb = -18): Buffer {
  return atLevel(ms, rmsDb, (at) => {
    const seconds = at / 8_000
    const inWord = seconds % 0.9
    if (inWord > 0.6) return 0
    const syllable = Math.max(0, Math.sin((2 * Math.PI * inWord) / 0.4))
    return syllable * [1, 3, 5, 7].reduce((sum, n) => sum + Math.sin(2 * Math.PI * 140 * n * seconds) / n, 0)
  })
}

function atLevel(ms: number, rmsDb: number, wave: (at: number) => number): Buffer {
  const samples = Float64Array.from({ length: ms * 8 }, (_, at) => wave(at))
  const rms = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length)
  const gain = (32_768 * 10 ** (rmsDb / 20)) / rms
  return encodeMulaw(Int16Array.from(samples, (sample) => sample * gain))
}
