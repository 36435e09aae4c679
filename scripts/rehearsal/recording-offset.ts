import { BYTES_PER_MS, SILENCE } from '../../src/audio/encoded-audio.ts'
import { readWav } from '../../src/audio/wav.ts'
import { FIRST_TIMESTAMP_MS, type MediaStream } from '../../src/simulator/twilio/media-stream.ts'
import { type Evidence, factsIn } from './evidence.ts'

/** How far from its place a stretch is looked for. */
const LONGEST_OFFSET_MS = 500
/** This much of the stretch is compared. */
const PROBE_MS = 400
const PROBE_STEP_MS = 100

/**
 * For every stretch of the agent's voice that the caller heard, by how many ms it stands too late in the recording
 * (negative: too early; infinite: not there at all). The carrier's own account of what was heard is the truth.
 */
export function recordingOffsetsMs(evidence: Evidence): number[] {
  const { recording, call } = evidence
  const started = factsIn(evidence, 'recording.started')[0]
  if (!recording || !started || !call) return []
  const agent = channelOf(readWav(recording).data, 1)
  const opened = factsIn(evidence, 'line.opened')
  return call.streams.flatMap((stream, index) => {
    const openedAtMs = opened[index]?.atMs ?? started.atMs
    return offsetsOf(stream, agent, openedAtMs - started.atMs)
  })
}

function offsetsOf(stream: MediaStream, agent: Buffer, streamStartMs: number): number[] {
  const heard = stream.heard.toBuffer(stream.positionMs)
  return stream.heard
    .spans(stream.positionMs)
    .filter(({ startMs, endMs }) => endMs - startMs >= PROBE_MS)
    .map(({ startMs, endMs }) => {
      const fromMs = fullestMs(heard, startMs, endMs)
      const probe = heard.subarray(sampleAt(fromMs), sampleAt(fromMs + PROBE_MS))
      return offsetOf(probe, agent, sampleAt(fromMs - FIRST_TIMESTAMP_MS + streamStartMs))
    })
}

/** Where in a stretch to probe: a sentence that was cut short may have a pause in its middle, which fits nowhere. */
function fullestMs(heard: Buffer, startMs: number, endMs: number): number {
  let fullest = { fromMs: startMs, voiced: -1 }
  for (let fromMs = startMs; fromMs + PROBE_MS <= endMs; fromMs += PROBE_STEP_MS) {
    const probe = heard.subarray(sampleAt(fromMs), sampleAt(fromMs + PROBE_MS))
    const voiced = probe.reduce((count, sample) => count + (sample === SILENCE ? 0 : 1), 0)
    if (voiced > fullest.voiced) fullest = { fromMs, voiced }
  }
  return fullest.fromMs
}

/** The offset with which most samples of the probe are found, or infinity when it is found nowhere. */
function offsetOf(probe: Buffer, recorded: Buffer, dueSample: number): number {
  const reach = sampleAt(LONGEST_OFFSET_MS)
  let best = { offset: Number.POSITIVE_INFINITY, matches: sampleAt(PROBE_MS) / 4 }
  for (let offset = -reach; offset <= reach; offset++) {
    const matches = matchesAt(probe, recorded, dueSample + offset)
    if (matches > best.matches) best = { offset, matches }
  }
  return best.offset / BYTES_PER_MS
}

/** Equal samples, silence left out: it is equal everywhere. */
function matchesAt(probe: Buffer, recorded: Buffer, fromSample: number): number {
  let matches = 0
  for (let at = 0; at < probe.length; at++) {
    const sample = probe[at]
    if (sample === recorded[fromSample + at] && sample !== SILENCE) matches += 1
  }
  return matches
}

function channelOf(interleaved: Buffer, channel: 0 | 1): Buffer {
  return Buffer.from(
    Uint8Array.from({ length: interleaved.length >> 1 }, (_, at) => interleaved[at * 2 + channel] ?? SILENCE),
  )
}

function sampleAt(ms: number): number {
  return Math.round(ms * BYTES_PER_MS)
}
