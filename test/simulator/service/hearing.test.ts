import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readWav } from '../../../src/audio/wav.ts'
import { createNoise } from '../../../src/simulator/noise.ts'
import { Hearing } from '../../../src/simulator/service/hearing.ts'
import { babble } from '../../../src/simulator/speech/babble.ts'

const FRAME_BYTES = 160
const HOURS = 'What are your opening hours'
const NAME = 'My name is Ada Lovelace'
const hours = babble(HOURS, 'caller')
const name = babble(NAME, 'caller')

const silence = (ms: number) => Buffer.alloc(ms * 8, 0xff)
const frames = (audio: Buffer, from: number, to?: number) =>
  audio.subarray(from * FRAME_BYTES, to === undefined ? audio.length : to * FRAME_BYTES)
const without = (audio: Buffer, from: number, to: number) => Buffer.concat([frames(audio, 0, from), frames(audio, to)])

/** As a carrier sends it: whole frames, silence before and after. */
function line(...pieces: Buffer[]): Buffer {
  const whole = pieces.map((piece) => Buffer.concat([piece, silence(20)], Math.ceil(piece.length / 160) * 160))
  return Buffer.concat([silence(100), ...whole.flatMap((piece) => [piece, silence(200)])])
}

function know(...clips: readonly (readonly [words: string, clip: Buffer])[]): Hearing {
  const hearing = new Hearing()
  for (const [words, clip] of clips) hearing.know(words, clip)
  return hearing
}

function heard(hearing: Hearing, audio: Buffer): string {
  const ear = hearing.ear()
  ear.hear(audio)
  return ear.take()
}

describe('an ear', () => {
  const hearing = know([HOURS, hours], [NAME, name])

  it('hears what was said, once, and again when it is said again', () => {
    const ear = hearing.ear()
    ear.hear(line(name, hours))
    expect(ear.take()).toBe(`${NAME} ${HOURS}`)
    expect(ear.take()).toBe('')
    ear.hear(line(hours, hours))
    expect(ear.take()).toBe(`${HOURS} ${HOURS}`)
  })

  it('hears audio in pieces of any length', () => {
    const ear = hearing.ear()
    const audio = line(hours)
    for (let at = 0; at < audio.length; at += 333) ear.hear(audio.subarray(at, at + 333))
    expect(ear.words).toBe(HOURS)
  })

  it('knows the words as far as they have come, the rest with the next take', () => {
    const ear = hearing.ear()
    const half = Math.floor(hours.length / FRAME_BYTES / 2)
    ear.hear(Buffer.concat([silence(100), frames(hours, 0, half)]))
    expect(ear.words).toBe('What are')
    expect(ear.take()).toBe('What are')
    ear.hear(Buffer.concat([frames(hours, half), silence(100)]))
    expect(ear.take()).toBe('your opening hours')
  })

  it('hears for itself: what others heard or took is not gone', () => {
    const [first, second] = [hearing.ear(), hearing.ear()]
    first.hear(line(hours))
    first.take()
    second.hear(line(name))
    second.hear(line(hours))
    expect(second.take()).toBe(`${NAME} ${HOURS}`)
    expect(first.words).toBe('')
  })

  it('hears what is replayed to it from the middle on', () => {
    const half = Math.floor(hours.length / FRAME_BYTES / 2)
    expect(heard(hearing, Buffer.concat([frames(hours, half), silence(100)]))).toBe('your opening hours')
  })

  it('hears a sentence that was broken off and begun anew as both', () => {
    expect(heard(hearing, Buffer.concat([frames(hours, 0, 20), line(hours)]))).toBe(`What ${HOURS}`)
  })

  it('hears no words in noise, nor loses any to it', () => {
    expect(heard(hearing, line(createNoise(800)))).toBe('')
    expect(heard(hearing, line(frames(name, 0, 20), createNoise(300), frames(name, 20), hours))).toBe(
      `${NAME} ${HOURS}`,
    )
  })

  it('hears nothing in a clip that nobody made known, and no words in one that has none', () => {
    expect(heard(new Hearing(), line(hours))).toBe('')
    expect(heard(know(['', hours]), line(hours))).toBe('')
  })

  it('does not hear a clip twice because it was made known twice', () => {
    expect(heard(know([HOURS, hours], [HOURS, Buffer.from(hours)]), line(hours))).toBe(HOURS)
  })
})

describe('lost frames', () => {
  const hearing = know([HOURS, hours])

  it('lose no word, two in a row, wherever they are', () => {
    for (let at = 0; at * FRAME_BYTES < hours.length; at++)
      expect(heard(hearing, line(without(hours, at, at + 2)))).toBe(HOURS)
  })

  it('lose the words that lie in a long gap, and no others', () => {
    const gap = Buffer.from(hours)
    gap.fill(0xff, 30 * FRAME_BYTES, 73 * FRAME_BYTES)
    expect(heard(hearing, line(gap))).toBe('What are hours')
  })

  it('may be filled with a broken number of frames', () => {
    const audio = Buffer.concat([frames(hours, 0, 30), silence(23), frames(hours, 31), silence(100)])
    expect(heard(hearing, audio)).toBe(HOURS)
  })
})

describe('clips that sound alike', () => {
  it('are told apart where they begin with the same words', () => {
    const sentences = ['I would like to book a table', 'I would like to leave now', 'I would like two']
    const clips = sentences.map((words) => [words, babble(words, 'caller')] as const)
    const hearing = know(...clips)
    for (const [words, clip] of clips) expect(heard(hearing, line(clip))).toBe(words)
  })

  it('are heard to their end though their frames repeat', () => {
    const hum = frames(babble('aaaaaaaa', 'caller'), 3, 9)
    const words = 'one two three four five six'
    const clip = Buffer.concat([hum, hum, hum])
    expect(heard(know([words, clip], ['uh', hum]), line(clip, clip))).toBe(`${words} ${words}`)
  })

  it('are each themselves, among all clips that are shipped', () => {
    const folder = join(import.meta.dirname, '../../../src/simulator/speech/clips')
    const index = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as Record<string, { text: string }>
    const clips = readdirSync(folder)
      .filter((file) => file.endsWith('.wav'))
      .map((file) => [index[file]?.text ?? '', readWav(readFileSync(join(folder, file))).data] as const)
    const hearing = know(...clips)
    const ear = hearing.ear()
    for (const [words, clip] of clips) {
      ear.hear(line(clip))
      expect(ear.take()).toBe(words.split(/\s+/).join(' '))
    }
    expect(clips.length).toBeGreaterThan(10)
  })
})
