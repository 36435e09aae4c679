import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  closeSync,
  existsSync,
  fstatSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
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
const CHILD = new URL('children/endless-recording.ts', import.meta.url).pathname

let folder: string
let file: string
let clock: FakeClock
let failures: string[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recorder-'))
  file = join(folder, 'call.wav')
  clock = new FakeClock()
  failures = []
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
  expect(failures).toEqual([])
})

describe('where audio lies on the recording', () => {
  it('keeps both channels on the sample over ten minutes, with the agent told late and in pieces', async () => {
    await using recorder = await record()
    const random = seeded(7)
    const marks: { dueMs: number; positionMs: number; ms: number }[] = []
    for (let positionMs = 0; positionMs < 600_000; positionMs += 20) {
      hear(recorder, 'caller', positionMs, 20)
      if (positionMs % 900 === 0) {
        const ms = 120 + Math.floor(random() * 580)
        marks.push({ dueMs: positionMs + ms + random() * 2_000, positionMs, ms })
      }
      for (const mark of due(marks, positionMs)) hear(recorder, 'agent', mark.positionMs, mark.ms)
      clock.advance(20)
      if (positionMs % 1_000 === 0) await diskHolds(positionMs - 9_000)
    }
    for (const mark of marks) hear(recorder, 'agent', mark.positionMs, mark.ms)
    const saved = await recorder.close()

    expect(saved).toEqual({ file, durationMs: 600_000, bytes: statSync(file).size })
    const { caller, agent } = channels()
    expect(caller.equals(voice('caller', 0, 600_000))).toBe(true)
    const replayed = seeded(7)
    for (let positionMs = 0; positionMs < 600_000; positionMs += 900) {
      const ms = 120 + Math.floor(replayed() * 580)
      replayed()
      expect(part(agent, positionMs, ms).equals(voice('agent', positionMs, ms))).toBe(true)
      expect(part(agent, positionMs + ms, 900 - ms).every((byte) => byte === SILENCE)).toBe(true)
    }
  }, 30_000)

  it('fills holes with silence, also one longer than what is held in memory', async () => {
    await using recorder = await record()
    hear(recorder, 'caller', 40, 20)
    hear(recorder, 'caller', 90_000, 20)
    await recorder.close()
    const { caller, agent } = channels()
    expect(part(caller, 40, 20).equals(voice('caller', 40, 20))).toBe(true)
    expect(part(caller, 60, 89_940).every((byte) => byte === SILENCE)).toBe(true)
    expect(part(caller, 90_000, 20).equals(voice('caller', 90_000, 20))).toBe(true)
    expect(agent.every((byte) => byte === SILENCE)).toBe(true)
  })

  it('survives a position that jumps by hours', async () => {
    // A carrier's timestamp far ahead cost the recording: "the disk is more than a minute behind".
    await using recorder = await record()
    hear(recorder, 'caller', 0, 20)
    hear(recorder, 'caller', 3 * 3_600_000, 20)
    hear(recorder, 'caller', 20, 20)
    await recorder.close()
    const { caller } = channels()
    expect(part(caller, 0, 40).equals(voice('caller', 0, 40))).toBe(true)
    expect(part(caller, 3 * 3_600_000, 20).equals(voice('caller', 3 * 3_600_000, 20))).toBe(true)
  }, 30_000)

  it('lets the later of two pieces in one place win', async () => {
    await using recorder = await record()
    hear(recorder, 'agent', 0, 100)
    recorder.agent(50, encodeAudio(Buffer.alloc(160, 0x2a)))
    await recorder.close()
    const { agent } = channels()
    expect(part(agent, 0, 50).equals(voice('agent', 0, 50))).toBe(true)
    expect(part(agent, 50, 20).every((byte) => byte === 0x2a)).toBe(true)
    expect(part(agent, 70, 30).equals(voice('agent', 70, 30))).toBe(true)
  })

  it('puts audio in its place that comes after its place was written, and keeps the other channel', async () => {
    await using recorder = await record()
    await hearCaller(recorder, 0, 20_000)
    // Half of this piece is on the disk already, half is still in memory.
    hear(recorder, 'agent', 1_000, 15_500)
    await recorder.close()
    const { caller, agent } = channels()
    expect(caller.equals(voice('caller', 0, 20_000))).toBe(true)
    expect(part(agent, 1_000, 15_500).equals(voice('agent', 1_000, 15_500))).toBe(true)
  })

  it('honours positions to the sample', async () => {
    await using recorder = await record()
    recorder.caller(10.125, encodeAudio(Buffer.from([1, 2, 3])))
    await recorder.close()
    expect([...channels().caller.subarray(80, 84)]).toEqual([SILENCE, 1, 2, 3])
  })
})

describe('while the call goes', () => {
  it('has on disk all but the last five seconds, with a header that says so', async () => {
    await using recorder = await record()
    await hearCaller(recorder, 0, 30_000)
    // The header is written after the data it tells of, so the disk may hold the one before the other.
    await vi.waitUntil(() => readWav(readFileSync(file)).data.length / 16 >= 25_000, { timeout: 5_000 })
    const wav = readWav(readFileSync(file))
    expect(wav).toMatchObject({ channels: 2, sampleRate: 8_000, encoding: 'mulaw' })
  })

  it('leaves a playable file when its process is killed, complete up to the last write', async () => {
    const child = spawn(process.execPath, [CHILD, file], { stdio: 'ignore' })
    while (!existsSync(file) || statSync(file).size < 200_000) await pause(10)
    child.kill('SIGKILL')
    await once(child, 'exit')

    const { caller, agent } = channels()
    const ms = caller.length / 8
    expect(ms).toBeGreaterThan(8_000)
    expect(caller.equals(voice('caller', 0, ms))).toBe(true)
    expect(agent.equals(voice('agent', 0, ms))).toBe(true)
    const sox = spawnSync('soxi', ['-D', file], { encoding: 'utf8' })
    if (sox.error) console.warn('soxi is absent: the file was read with our own reader only')
    else expect(Number(sox.stdout)).toBeCloseTo(ms / 1_000, 3)
  }, 20_000)

  it('stops when the disk refuses, says so once, and lets the call go on', async () => {
    // 150 KiB is all this child may write to a file: the write that crosses it fails as on a full disk.
    const limited = spawn('bash', ['-c', `ulimit -f 150 && exec "$0" "$@"`, process.execPath, CHILD, file])
    const said: Buffer[] = []
    limited.stdout.on('data', (chunk: Buffer) => said.push(chunk))
    await once(limited, 'close')
    const { failures, saved, timers } = JSON.parse(Buffer.concat(said).toString())

    expect(failures).toEqual([expect.stringMatching(/EFBIG/)])
    expect(timers).toBe(0)
    expect(saved.durationMs).toBeGreaterThan(0)
    const { caller } = channels()
    expect(caller.length / 8).toBeGreaterThanOrEqual(saved.durationMs)
    expect(part(caller, 0, saved.durationMs).equals(voice('caller', 0, saved.durationMs))).toBe(true)
  }, 20_000)
})

describe('after its process died', () => {
  it('goes on in the same file, with silence for the time between', async () => {
    const first = await record()
    await hearCaller(first, 0, 12_000)
    await first.close()
    await using second = await record({ resumeAtMs: 15_000 })
    hear(second, 'agent', 15_000, 400)
    hear(second, 'caller', 15_000, 20)
    await second.close()
    const { caller, agent } = channels()
    expect(part(caller, 0, 12_000).equals(voice('caller', 0, 12_000))).toBe(true)
    expect(part(caller, 12_000, 3_000).every((byte) => byte === SILENCE)).toBe(true)
    expect(part(caller, 15_000, 20).equals(voice('caller', 15_000, 20))).toBe(true)
    expect(part(agent, 15_000, 400).equals(voice('agent', 15_000, 400))).toBe(true)
  })

  it('believes the size of the file, not a header that is behind it, nor half a sample', async () => {
    const first = await record()
    hear(first, 'caller', 0, 100)
    await first.close()
    const whole = readFileSync(file)
    whole.writeUInt32LE(0, 54)
    writeFileSync(file, whole.subarray(0, -1))
    await using second = await record({ resumeAtMs: 200 })
    expect(readWav(readFileSync(file)).data.length).toBe(1_598)
    hear(second, 'caller', 200, 20)
    await second.close()
    expect(part(channels().caller, 0, 99).equals(voice('caller', 0, 99))).toBe(true)
    expect(channels().caller.length).toBe(220 * 8)
  })

  it('does not begin anew what is gone: its caller may have refused', async () => {
    await expect(record({ resumeAtMs: 1_000 })).rejects.toMatchObject({ code: 'recording_not_opened' })
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('when the caller refuses to be recorded', () => {
  it('leaves nothing, takes nothing more, and saves nothing', async () => {
    await using recorder = await record()
    await hearCaller(recorder, 0, 8_000)
    const discarding = recorder.discard('caller refused')
    hear(recorder, 'caller', 8_000, 20)
    await discarding
    hear(recorder, 'caller', 8_020, 10_000)
    clock.advance(10_000)
    expect(await recorder.close()).toBeUndefined()
    expect(readdirSync(folder)).toEqual([])
    expect(clock.timers).toBe(0)
  })

  it('empties the file for those who hold it open', async () => {
    await using recorder = await record()
    await hearCaller(recorder, 0, 8_000)
    const player = openSync(file, 'r')
    await recorder.discard('caller refused')
    expect(fstatSync(player).size).toBe(0)
    closeSync(player)
  })

  it('deletes a recording that was closed already, and one that is asked for twice', async () => {
    const recorder = await record()
    hear(recorder, 'caller', 0, 20)
    await recorder.close()
    await Promise.all([recorder.discard('caller refused'), recorder.discard('caller refused')])
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('opening and closing', () => {
  it('gives the same answer to a second close', async () => {
    const recorder = await record()
    hear(recorder, 'caller', 0, 20)
    const [first, second] = await Promise.all([recorder.close(), recorder.close()])
    expect(first).toEqual({ file, durationMs: 20, bytes: 58 + 320 })
    expect(second).toEqual(first)
  })

  it('keeps a file that exists, and one its folder refuses is a clear error', async () => {
    writeFileSync(file, 'another call')
    await expect(record()).rejects.toMatchObject({
      code: 'recording_not_opened',
      message: expect.stringContaining(file),
    })
    expect(readFileSync(file, 'utf8')).toBe('another call')
    file = join(file, 'below-a-file.wav')
    await expect(record()).rejects.toMatchObject({ code: 'recording_not_opened' })
  })

  it('begins anew over the file of a process that was killed before it recorded anything', async () => {
    // Killed between ring and answer, a process left an empty file behind, and the call that was taken up could not be
    // recorded: the file existed already.
    writeFileSync(file, 'the header of nothing, longer than what follows')
    await using recorder = await record({ replace: true })
    hear(recorder, 'caller', 0, 20)
    await recorder.close()
    expect(readWav(readFileSync(file)).data.length).toBe(320)
  })

  it('is for the eyes of the server only', async () => {
    await using recorder = await record()
    expect(statSync(file).mode & 0o077).toBe(0)
    await recorder.close()
  })
})

function record(more: { resumeAtMs?: number; replace?: boolean } = {}): Promise<FileRecorder> {
  const log = pino({ level: 'silent' })
  return openRecorder({ file, clock, log, onFailure: (reason) => failures.push(reason), ...more })
}

function hear(recorder: FileRecorder, speaker: 'caller' | 'agent', positionMs: number, ms: number): void {
  recorder[speaker](positionMs, encodeAudio(voice(speaker, positionMs, ms)))
}

/** The caller's frames as they come. */
async function hearCaller(recorder: FileRecorder, fromMs: number, untilMs: number): Promise<void> {
  for (let positionMs = fromMs; positionMs < untilMs; positionMs += 20) {
    hear(recorder, 'caller', positionMs, 20)
    clock.advance(20)
    if (positionMs % 1_000 === 0) await diskHolds(positionMs - 6_000)
  }
  await diskHolds(untilMs - 5_000)
}

/** Simulated time runs faster than any disk: the clock ticks on, and no more is heard, until the disk is there. */
async function diskHolds(ms: number): Promise<void> {
  while (statSync(file).size < 58 + ms * 16) {
    clock.advance(100)
    await pause(1)
  }
}

function channels(): { caller: Buffer; agent: Buffer } {
  const { data } = readWav(readFileSync(file))
  const caller = Buffer.alloc(data.length / 2)
  const agent = Buffer.alloc(data.length / 2)
  for (let sample = 0; sample < caller.length; sample++) {
    caller[sample] = data[sample * 2]!
    agent[sample] = data[sample * 2 + 1]!
  }
  return { caller, agent }
}

function part(channel: Buffer, fromMs: number, ms: number): Buffer {
  return channel.subarray(fromMs * 8, (fromMs + ms) * 8)
}

function due<T extends { dueMs: number }>(marks: T[], nowMs: number): T[] {
  const ready = marks.filter((mark) => mark.dueMs <= nowMs)
  for (const mark of ready) marks.splice(marks.indexOf(mark), 1)
  return ready
}

/** A generator of numbers below 1, the same on every run. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
