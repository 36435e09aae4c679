import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { encodeAudio } from '../../src/audio/encoded-audio.ts'
import { readWav } from '../../src/audio/wav.ts'
import { type FileRecorder, openRecorder } from '../../src/call/recorder.ts'
import { FakeClock } from '../fakes/fake-clock.ts'
import { voice } from './voice.ts'

const SILENCE = 0xff
const BOTH = ['caller', 'agent'] as const

let folder: string
let file: string
let clock: FakeClock

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recorder-mute-'))
  file = join(folder, 'call.wav')
  clock = new FakeClock()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('[CD5] a muted stretch', () => {
  it('is silent in both channels to the sample, and nothing else is, while its sound is still in memory', async () => {
    await using recorder = await record()
    for (const speaker of BOTH) hear(recorder, speaker, 0, 2_000)
    recorder.mute(500.125, 1_250)
    await recorder.close()
    expectSilence(500.125, 1_250, 2_000)
  })

  it('is so too when its sound, or half of it, was written before', async () => {
    await using recorder = await record()
    for (const speaker of BOTH) hear(recorder, speaker, 0, 10_000)
    await written(6_000)
    recorder.mute(1_000, 2_000)
    recorder.mute(5_000, 9_000)
    await recorder.close()
    expectSilence(1_000, 2_000, 5_000)
    expectSilence(5_000, 9_000, 10_000, 2_000)
  })

  it('stays so whatever comes late for it; what comes late for its surroundings is kept to the sample', async () => {
    await using recorder = await record()
    hear(recorder, 'caller', 0, 10_000)
    recorder.mute(1_000, 2_500)
    recorder.mute(8_000, 9_000)
    // One piece is as long as an utterance was when its last mark came.
    hear(recorder, 'agent', 0, 9_900)
    hear(recorder, 'agent', 9_900, 100)
    await recorder.close()
    expectSilence(1_000, 2_500, 8_000)
    expectSilence(8_000, 9_000, 10_000, 2_500)
  })

  it('may reach past what was heard so far, and lie wholly beyond it', async () => {
    await using recorder = await record()
    for (const speaker of BOTH) hear(recorder, speaker, 0, 1_000)
    recorder.mute(800, 1_500)
    recorder.mute(2_000, 2_500)
    for (const speaker of BOTH) hear(recorder, speaker, 1_000, 2_000)
    await recorder.close()
    expectSilence(800, 1_500, 2_000)
    expectSilence(2_000, 2_500, 3_000, 1_500)
  })

  it('begins with the recording when it began before that', async () => {
    await using recorder = await record()
    for (const speaker of BOTH) hear(recorder, speaker, 0, 1_000)
    recorder.mute(-300, 400)
    recorder.mute(-300, -100)
    await recorder.close()
    expectSilence(0, 400, 1_000)
  })

  it('may be minutes long, and end with the recording', async () => {
    // Its silence counted as sound the disk had not taken: "the disk is more than a minute behind".
    await using recorder = await record()
    for (const speaker of BOTH) hear(recorder, speaker, 0, 1_000)
    for (const speaker of BOTH) hear(recorder, speaker, 150_000, 1_000)
    await written(145_000)
    recorder.mute(1_000, 150_000)
    await recorder.close()
    expectSilence(1_000, 150_000, 151_000)
  })

  it('of no length is none', async () => {
    await using recorder = await record()
    for (const speaker of BOTH) hear(recorder, speaker, 0, 100)
    recorder.mute(50, 50)
    recorder.mute(80, 20)
    await recorder.close()
    expectSilence(0, 0, 100)
  })

  it('that comes after the recording ended changes nothing', async () => {
    const closed = await record()
    for (const speaker of BOTH) hear(closed, speaker, 0, 1_000)
    await closed.close()
    const before = readFileSync(file)
    closed.mute(0, 500)
    await closed.close()
    expect(readFileSync(file).equals(before)).toBe(true)

    await closed.discard('caller refused')
    closed.mute(0, 500)
    expect(await closed.close()).toBeUndefined()
    expect(readdirSync(folder)).toEqual([])
  })
})

function record(): Promise<FileRecorder> {
  const onFailure = (reason: string) => expect.unreachable(reason)
  return openRecorder({ file, clock, log: pino({ level: 'silent' }), onFailure })
}

function hear(recorder: FileRecorder, speaker: 'caller' | 'agent', positionMs: number, ms: number): void {
  recorder[speaker](positionMs, encodeAudio(voice(speaker, positionMs, ms)))
}

async function written(ms: number): Promise<void> {
  await vi.waitUntil(() => {
    clock.advance(100)
    return statSync(file).size >= 58 + ms * 16
  })
}

/** Both channels are silent from one position to the other, and as they were spoken around it. */
function expectSilence(fromMs: number, untilMs: number, lengthMs: number, beginMs = 0): void {
  const { data } = readWav(readFileSync(file))
  BOTH.forEach((speaker, channel) => {
    const kept = data.filter((_, at) => at % 2 === channel)
    expect(part(kept, beginMs, fromMs).equals(voice(speaker, beginMs, fromMs - beginMs))).toBe(true)
    expect(part(kept, fromMs, untilMs).every((byte) => byte === SILENCE)).toBe(true)
    expect(part(kept, untilMs, lengthMs).equals(voice(speaker, untilMs, lengthMs - untilMs))).toBe(true)
  })
}

function part(channel: Uint8Array, fromMs: number, untilMs: number): Buffer {
  return Buffer.from(channel.subarray(fromMs * 8, untilMs * 8))
}
