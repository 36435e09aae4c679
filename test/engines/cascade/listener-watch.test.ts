import { expect, it } from 'vitest'
import { BYTES_PER_MS, SILENCE } from '../../../src/audio/encoded-audio.ts'
import { encodeMulaw } from '../../../src/audio/mulaw.ts'
import { ListenerWatch } from '../../../src/engines/cascade/listener-watch.ts'

const FRAME_MS = 20
const silence = Buffer.alloc(FRAME_MS * BYTES_PER_MS, SILENCE)
const voice = encodeMulaw(
  Int16Array.from({ length: FRAME_MS * BYTES_PER_MS }, (_, at) => 8_000 * Math.sin((at * Math.PI) / 10)),
)

/** When, in ms from now, the watch says something. */
function verdicts(watch: ListenerWatch, frame: Buffer, ms: number): string[] {
  const said: string[] = []
  for (let atMs = FRAME_MS; atMs <= ms; atMs += FRAME_MS) {
    const verdict = watch.hear(frame)
    if (verdict) said.push(`${verdict} at ${atMs}`)
  }
  return said
}

function startWatch(): ListenerWatch {
  const watch = new ListenerWatch()
  verdicts(watch, silence, 1_000)
  return watch
}

const WORDS = { turnRuns: true, words: true }

it('calls a listener deaf when speech goes on and nothing is reported of it', () => {
  const [verdict] = verdicts(startWatch(), voice, 4_000)
  expect(verdict).toMatch(/^deaf at 2[56]\d0$/)
})

it('is content with a listener that reports', () => {
  const watch = startWatch()
  for (let second = 0; second < 6; second += 1) {
    expect(verdicts(watch, voice, 1_000)).toEqual([])
    watch.noticed(WORDS)
  }
})

it('does not take coughs for speech that nobody noticed', () => {
  const watch = startWatch()
  for (let cough = 0; cough < 8; cough += 1) {
    expect(verdicts(watch, voice, 300)).toEqual([])
    expect(verdicts(watch, silence, 4_000)).toEqual([])
  }
})

it('says it once for music, which the next listener finds no words in either', () => {
  const watch = startWatch()
  expect(verdicts(watch, voice, 4_000)).toHaveLength(1)
  watch.listenerChanged()
  watch.noticed({ turnRuns: true, words: false })
  expect(verdicts(watch, voice, 10_000)).toEqual([])
  watch.noticed(WORDS)
  expect(verdicts(watch, voice, 10_000)).toHaveLength(1)
})

it('hurries a listener once when the caller fell silent and the turn does not end', () => {
  const watch = startWatch()
  verdicts(watch, voice, 1_000)
  watch.noticed(WORDS)
  const late = verdicts(watch, silence, 5_000)
  expect(late).toHaveLength(1)
  expect(late[0]).toMatch(/^late at 1[0-3]\d0$/)
  watch.noticed({ turnRuns: false, words: true })
  expect(verdicts(watch, silence, 5_000)).toEqual([])
})
