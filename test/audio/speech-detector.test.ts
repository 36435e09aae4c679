import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { encodeMulaw } from '../../src/audio/mulaw.ts'
import { SpeechDetector } from '../../src/audio/speech-detector.ts'
import { readWav } from '../../src/audio/wav.ts'

const CLIPS = new URL('../../../shared/audio/', import.meta.url)
const OPTIONS = { silenceDurationMs: 500, prefixPaddingMs: 300, threshold: 0.5 }

describe('a voice', () => {
  it('starts where it gets loud, less the padding, and stops where it was last loud', () => {
    const heard = listen(silence(1_000), speech(600), silence(1_000))
    expect(heard).toEqual([
      { said: 'started', atMs: 1_080, startedAtMs: 700, stoppedAtMs: undefined },
      { said: 'stopped', atMs: 2_100, startedAtMs: 700, stoppedAtMs: 1_600 },
    ])
  })

  it('goes on over a pause that is shorter than the silence that ends it', () => {
    expect(
      listen(silence(500), speech(400), silence(400), speech(400), silence(1_000)).map(({ said }) => said),
    ).toEqual(['started', 'stopped'])
  })

  it('is heard over the noise of a street, which is not heard as one', () => {
    const heard = listen(noise(3_000, -38), mixed(speech(800, -14), noise(800, -38)), noise(2_000, -38))
    expect(heard).toMatchObject([{ said: 'started' }, { said: 'stopped' }])
    expect(heard[0]!.startedAtMs).toBeGreaterThanOrEqual(2_600)
    expect(heard[1]!.stoppedAtMs).toBeLessThanOrEqual(3_900)
  })

  it('ends although noise sets in that was not there before', () => {
    expect(listen(silence(1_000), noise(15_000, -30)).map(({ said }) => said)).toEqual(['started', 'stopped'])
  })

  it('does not begin before the one before it ended', () => {
    const quick = { silenceDurationMs: 100, prefixPaddingMs: 300, threshold: 0.5 }
    const [, stopped, again] = listenWith(quick, silence(500), speech(300), silence(160), speech(300))
    expect(again).toMatchObject({ said: 'started', startedAtMs: stopped!.stoppedAtMs })
  })

  it('must be louder where the threshold is higher', () => {
    const murmur = [noise(1_500, -44), mixed(speech(600, -32), noise(600, -44)), noise(1_000, -44)]
    expect(listenWith({ ...OPTIONS, threshold: 0 }, ...murmur)).not.toEqual([])
    expect(listenWith({ ...OPTIONS, threshold: 1 }, ...murmur)).toEqual([])
  })

  it('is found alike in frames of any length', () => {
    const call = Buffer.concat([silence(1_000), speech(600), silence(1_000)])
    for (const bytes of [1, 7, 80, 160, 333]) {
      const detector = new SpeechDetector(OPTIONS)
      for (let at = 0; at < call.length; at += bytes) detector.hear(call.subarray(at, at + bytes))
      expect([detector.startedAtMs, detector.stoppedAtMs, detector.positionMs]).toEqual([700, 1_600, 2_600])
    }
  })
})

describe('what is no voice', () => {
  it.each([
    ['digital silence', silence(10_000)],
    ['comfort noise', noise(10_000, -50)],
    ['loud noise that was there from the start', noise(10_000, -40)],
    ['a click', Buffer.concat([silence(2_000), speech(20, -6), silence(2_000)])],
    [
      'clicks now and then',
      Buffer.concat(Array.from({ length: 8 }, () => Buffer.concat([speech(40, -6), silence(300)]))),
    ],
  ])('is not heard in %s', (_, audio) => {
    expect(listen(audio)).toEqual([])
  })
})

describe('telephone clips', () => {
  const clips = existsSync(CLIPS)
    ? readdirSync(CLIPS).filter((name) => /^(legit_call_caller|digits)_.*\.wav$/.test(name))
    : []
  if (clips.length === 0) {
    it('are absent: ../shared/audio is not there, so the detector was tried on made sounds only', ({ annotate }) =>
      void annotate('../shared/audio is absent'))
    return
  }
  it.each(clips)('%s is heard to start in its first second and to stop near its end', (name) => {
    const { data } = readWav(readFileSync(new URL(name, CLIPS)))
    const heard = listen(silence(1_000), data, silence(1_500))
    expect(heard.map(({ said }) => said)).toEqual(['started', 'stopped'])
    const clipEndsAtMs = 1_000 + data.length / 8
    expect(heard[0]!.startedAtMs).toBeGreaterThanOrEqual(700)
    expect(heard[0]!.startedAtMs).toBeLessThan(2_000)
    expect(heard[1]!.stoppedAtMs).toBeGreaterThan(clipEndsAtMs - 400)
    expect(heard[1]!.stoppedAtMs).toBeLessThanOrEqual(clipEndsAtMs + 20)
  })
})

interface Heard {
  readonly said: 'started' | 'stopped'
  readonly atMs: number
  readonly startedAtMs: number | undefined
  readonly stoppedAtMs: number | undefined
}

function listen(...audio: Buffer[]): Heard[] {
  return listenWith(OPTIONS, ...audio)
}

function listenWith(options: typeof OPTIONS, ...audio: Buffer[]): Heard[] {
  const detector = new SpeechDetector(options)
  const call = Buffer.concat(audio)
  const heard: Heard[] = []
  for (let at = 0; at < call.length; at += 160) {
    const said = detector.hear(call.subarray(at, at + 160))
    const { positionMs, startedAtMs, stoppedAtMs } = detector
    if (said) heard.push({ said, atMs: positionMs, startedAtMs, stoppedAtMs })
  }
  return heard
}

function silence(ms: number): Buffer {
  return Buffer.alloc(ms * 8, 0xff)
}

/** A vowel as a telephone hears it: a few harmonics of 140 Hz, at the RMS level in dBFS. */
function speech(ms: number, rmsDb = -18): Buffer {
  return atLevel(ms, rmsDb, (at) =>
    [1, 3, 5, 7].reduce((sum, n) => sum + Math.sin((2 * Math.PI * 140 * n * at) / 8_000) / n, 0),
  )
}

/** White noise, the same on every run. */
function noise(ms: number, rmsDb: number): Buffer {
  let state = 42
  return atLevel(ms, rmsDb, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 31 - 1
  })
}

function atLevel(ms: number, rmsDb: number, wave: (at: number) => number): Buffer {
  const samples = Float64Array.from({ length: ms * 8 }, (_, at) => wave(at))
  const rms = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length)
  const gain = (32_768 * 10 ** (rmsDb / 20)) / rms
  return encodeMulaw(Int16Array.from(samples, (sample) => sample * gain))
}

/** Loud against quiet: mu-law bytes cannot be added, and the louder sound is what is heard. */
function mixed(loud: Buffer, quiet: Buffer): Buffer {
  return Buffer.from(loud.map((code, at) => ((code & 0x7f) < (quiet[at]! & 0x7f) ? code : quiet[at]!)))
}
