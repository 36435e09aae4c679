import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { rmsOf } from '../../../src/audio/mulaw.ts'
import { readWav } from '../../../src/audio/wav.ts'
import { createLog } from '../../../src/lib/log.ts'
import { openClipCache } from '../../../src/simulator/speech/clip-cache.ts'
import { runEspeak } from '../../../src/simulator/speech/espeak.ts'
import { createSpeech } from '../../../src/simulator/speech/speech.ts'

const log = createLog({ level: 'silent' })

async function emptyFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'clips-'))
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
}

describe('the clip cache', () => {
  it('gives back what was added, in that voice only, also to the next who opens it', async () => {
    await using temporary = await emptyFolder()
    await openClipCache(temporary.folder).add('Hello.', 'caller', Buffer.from([1, 2, 3]), 'espeak-ng')
    const clips = openClipCache(temporary.folder)
    expect(await clips.find('Hello.', 'caller')).toEqual(Buffer.from([1, 2, 3]))
    expect(await clips.find('Hello.', 'agent')).toBeUndefined()
  })

  it('keeps telephone WAV files and an index that says what made them', async () => {
    await using temporary = await emptyFolder()
    await openClipCache(temporary.folder).add('Hello.', 'caller', Buffer.alloc(80), 'espeak-ng')
    const index = JSON.parse(await readFile(join(temporary.folder, 'index.json'), 'utf8'))
    const [[file, entry]] = Object.entries(index) as [[string, unknown]]
    expect(entry).toEqual({ text: 'Hello.', voice: 'caller', madeBy: 'espeak-ng' })
    expect(readWav(await readFile(join(temporary.folder, file)))).toMatchObject({
      encoding: 'mulaw',
      sampleRate: 8_000,
    })
  })
})

describe('speech', () => {
  it('takes a clip first, then espeak-ng', async () => {
    await using temporary = await emptyFolder()
    const clips = openClipCache(temporary.folder)
    await clips.add('From the cache.', 'agent', Buffer.from('clip'), 'test')
    const { speak } = createSpeech({ log, clips, synthesise: async () => Buffer.from('spoken') })
    expect((await speak('From the cache.', 'agent')).toString()).toBe('clip')
    expect((await speak('From elsewhere.', 'agent')).toString()).toBe('spoken')
  })

  it('babbles where there is neither, says so once, and always babbles the same', async () => {
    await using temporary = await emptyFolder()
    const warn = vi.spyOn(log, 'warn')
    const babbling = () =>
      createSpeech({ log, clips: openClipCache(temporary.folder), synthesise: async () => undefined })
    const speech = babbling()
    const audio = await speech.speak('What are your opening hours?', 'caller')
    await speech.speak('Thank you.', 'caller')
    expect(warn).toHaveBeenCalledTimes(1)
    expect(audio.length).toBe(28 * 65 * 8)
    expect(rmsOf(audio)).toBeGreaterThan(0.02)
    expect(await babbling().speak('What are your opening hours?', 'caller')).toEqual(audio)
    expect(await speech.speak('What are your opening hours?', 'agent')).not.toEqual(audio)
  })

  it('speaks a line once, however often it is asked for', async () => {
    await using temporary = await emptyFolder()
    const synthesise = vi.fn(async () => Buffer.from('spoken'))
    const { speak } = createSpeech({ log, clips: openClipCache(temporary.folder), synthesise })
    await Promise.all([speak('Hello.', 'agent'), speak('Hello.', 'agent'), speak('Hello.', 'caller')])
    expect(synthesise).toHaveBeenCalledTimes(2)
  })
})

describe('espeak-ng', () => {
  it('speaks telephone sound, and takes any text as mere words', async () => {
    const audio = await runEspeak('-w /dev/null "; $(touch x) Hello there, this is a test.', 'caller')
    if (!audio) {
      console.info('espeak-ng is not installed: only its absence was tested.')
      return
    }
    expect(audio.length).toBeGreaterThan(1_000 * 8)
    expect(rmsOf(audio)).toBeGreaterThan(0.02)
  })
})
