import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Sound, SoundMeter } from '../../src/audio/sound-meter.ts'
import { readWav } from '../../src/audio/wav.ts'
import { holdMusic, noise, silence, talk } from './sounds.ts'

const CLIPS = new URL('../../../shared/audio/', import.meta.url)

describe('what a line sounds like', () => {
  it.each<[Sound, Buffer]>([
    ['quiet', silence(8_000)],
    ['quiet', noise(8_000, -55)],
    ['noise', noise(8_000, -30)],
    ['music', holdMusic(8_000)],
    ['music', holdMusic(8_000, -35)],
    ['speech', talk(8_000)],
    ['speech', talk(8_000, -32)],
  ])('is %s', (sound, audio) => {
    expect(soundsOf(audio)).toEqual([sound])
  })

  it('is not known before 5 s were heard, and changes when the sound has', () => {
    expect(soundsOf(talk(4_900))).toEqual([])
    expect(soundsOf(Buffer.concat([holdMusic(8_000), talk(8_000), silence(6_000)]))).toEqual([
      'music',
      'speech',
      'quiet',
    ])
  })

  it('is found alike in batches of any length, though the buffer is used again', () => {
    const audio = holdMusic(6_000)
    const meter = new SoundMeter()
    const scratch = Buffer.alloc(1_100)
    for (let at = 0; at < audio.length; at += 1_100) {
      const bytes = audio.copy(scratch, 0, at, at + 1_100)
      meter.hear(scratch.subarray(0, bytes))
      scratch.fill(0xff)
    }
    expect(meter.sound).toBe('music')
  })
})

describe('telephone clips', () => {
  const clips = existsSync(CLIPS)
    ? readdirSync(CLIPS).filter((name) => /^(legit_call|digits|robocall).*\.wav$/.test(name))
    : []
  if (clips.length === 0) {
    it('are absent: ../shared/audio is not there, so only made sounds were judged', ({ annotate }) =>
      void annotate('../shared/audio is absent'))
    return
  }
  it.each(clips)('%s is speech throughout', (name) => {
    const { data } = readWav(readFileSync(new URL(name, CLIPS)))
    const longEnough = Buffer.concat(Array.from({ length: Math.ceil(48_000 / data.length) }, () => data))
    expect(soundsOf(longEnough)).toEqual(['speech'])
  })
})

/** The sounds in the order they were found, each once. */
function soundsOf(audio: Buffer): Sound[] {
  const meter = new SoundMeter()
  const found: Sound[] = []
  for (let at = 0; at < audio.length; at += 800) {
    meter.hear(audio.subarray(at, at + 800))
    const { sound } = meter
    if (sound && sound !== found.at(-1)) found.push(sound)
  }
  return found
}
