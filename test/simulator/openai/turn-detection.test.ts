import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { encodeMulaw } from '../../../src/audio/mulaw.ts'
import { resample } from '../../../src/audio/resample.ts'
import { readWav } from '../../../src/audio/wav.ts'
import { type HeardTurn, InputBuffer } from '../../../src/simulator/openai/input-buffer.ts'
import { turnDetectionSchema } from '../../../src/simulator/openai/session-schema.ts'
import { babble } from '../../../src/simulator/speech/babble.ts'
import { silence } from '../wire-client.ts'

const CLIPS = join(import.meta.dirname, '../../../../shared/audio')

function hear(audio: Buffer, detection: object): HeardTurn[] {
  const input = new InputBuffer()
  input.detect(turnDetectionSchema.parse({ type: 'server_vad', silence_duration_ms: 500, ...detection }))
  return input.append(audio)
}

/** A recording of a real telephone caller as mu-law. */
function load(file: string): Buffer {
  const { encoding, data, sampleRate } = readWav(readFileSync(join(CLIPS, file)))
  if (encoding === 'mulaw') return data
  const samples = Int16Array.from({ length: data.length / 2 }, (_, at) => data.readInt16LE(at * 2))
  return encodeMulaw(resample(samples, sampleRate, 8_000))
}

describe('turn detection', () => {
  const speech = babble('aaaaaaaaaa', 'caller')
  const audio = Buffer.concat([silence(1_000), speech, silence(1_000)])

  it('pads the start and includes the silence at the end', () => {
    const [started, stopped] = hear(audio, { prefix_padding_ms: 300 })
    // Speech from 1,000 to 1,650 ms; its swelling vowels are judged in windows of 20 ms.
    if (started?.type !== 'started' || stopped?.type !== 'stopped') throw new Error('one turn was expected')
    expect(started.audioStartMs).toBeGreaterThanOrEqual(680)
    expect(started.audioStartMs).toBeLessThanOrEqual(760)
    expect(stopped.audioEndMs).toBeGreaterThanOrEqual(2_100)
    expect(stopped.audioEndMs).toBeLessThanOrEqual(2_160)
    expect(stopped.audioMs).toBe(stopped.audioEndMs - started.audioStartMs)
  })

  it('ends a turn only after the silence that was asked for', () => {
    const pause = Buffer.concat([speech, silence(600), speech, silence(1_500)])
    expect(hear(pause, { silence_duration_ms: 500 }).map(({ type }) => type)).toEqual([
      'started',
      'stopped',
      'started',
      'stopped',
    ])
    expect(hear(pause, { silence_duration_ms: 900 }).map(({ type }) => type)).toEqual(['started', 'stopped'])
  })

  it("counts positions from the session's first audio, also when it is set anew", () => {
    const input = new InputBuffer()
    input.append(silence(2_000))
    input.detect(turnDetectionSchema.parse({ type: 'server_vad', prefix_padding_ms: 0 }))
    const [started] = input.append(Buffer.concat([silence(500), speech]))
    expect(started?.type === 'started' && started.audioStartMs).toBeGreaterThanOrEqual(2_480)
  })

  it('hears nothing in silence', () => {
    expect(hear(silence(5_000), {})).toEqual([])
  })

  const clips = existsSync(CLIPS) ? readdirSync(CLIPS).filter((file) => file.startsWith('legit_call_caller')) : []
  if (clips.length === 0)
    console.info('Recordings of real callers are not here: turn detection is tested on synthetic speech only.')

  it.each(clips)('hears the caller of %s begin and end', (clip) => {
    const heard = hear(Buffer.concat([silence(500), load(clip), silence(1_500)]), { silence_duration_ms: 700 })
    expect(heard[0]?.type).toBe('started')
    expect(heard.at(-1)?.type).toBe('stopped')
  })
})
