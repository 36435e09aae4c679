import { transcriptOf } from '../../src/call/transcript.ts'
import { find } from '../../src/simulator/model/model-script.ts'
import type { EmulatedEngines } from './emulated-engines.ts'
import { type Evidence, eventsIn } from './evidence.ts'
import { atMost, type Expected, equal, shorten } from './matching.ts'
import { recordingOffsetsMs } from './recording-offset.ts'
import type { Verdict } from './verdicts.ts'

/** The record of the finished call. */
export function checkRecord(expected: Expected<'record'>, evidence: Evidence): Verdict[] {
  const { stored, recording } = evidence
  const outcome = stored?.outcome
  const verdicts: Verdict[] = []
  const same = (what: string, wanted: unknown, found: unknown) => {
    if (wanted !== undefined) verdicts.push({ what: `${what} ${wanted}`, ok: wanted === found, found: String(found) })
  }
  same('record: ended because', expected.endReason, outcome?.endReason)
  same('record: turns', expected.turns, outcome?.turns)
  same('record: interruptions', expected.interruptions, outcome?.interruptions)
  same('recording', expected.recording, recording ? 'kept' : 'deleted')
  if (expected.maxDeadAirMs !== undefined) {
    verdicts.push(atMost('record: dead air', expected.maxDeadAirMs, outcome?.deadAirMs))
  }
  if (expected.minTalkedMs !== undefined) {
    const talkedMs = outcome?.talkedMs ?? 0
    const what = `record: talked at least ${expected.minTalkedMs} ms`
    verdicts.push({ what, ok: talkedMs >= expected.minTalkedMs, found: `${talkedMs} ms` })
  }
  if (expected.transcript) verdicts.push(checkTranscript(expected.transcript, evidence))
  return verdicts
}

function checkTranscript(wanted: readonly string[], { entries }: Evidence): Verdict {
  const lines = transcriptOf(entries).map(({ by, text }) => ({ by, text }))
  let from = 0
  const missing = wanted.find((line) => {
    const [by = '', words = ''] = line.split(/: (.*)/s)
    const at = lines.findIndex((spoken, index) => index >= from && spoken.by === by && find(words, spoken.text))
    from = at + 1
    return at === -1
  })
  const found = missing === undefined ? `${lines.length} lines` : `missing in its place: ${missing}`
  return { what: `record: transcript of ${wanted.length} lines in order`, ok: missing === undefined, found }
}

/** What the engine saw; nothing is said where a real one was used. */
export function checkEngine(expected: Expected<'engine'>, { emulated }: Evidence): Verdict[] {
  if (!emulated) return []
  return [...checkLanguages(expected, emulated), ...checkConnections(expected, emulated)]
}

/** Of other engines than OpenAI Realtime, which connect in their own ways, only that nobody connected. */
function checkConnections(
  { connections, refused, truncations }: Expected<'engine'>,
  { engine: name, openai, services }: EmulatedEngines,
): Verdict[] {
  const engine = name === 'openai' ? openai : undefined
  if (!engine) {
    const count = services.reduce((sum, service) => sum + service.connections.length, 0)
    return connections === 0 ? equal('engine: connections', 0, count) : []
  }
  const cuts = engine.sessions.flatMap(({ record }) => record.receivedOf('conversation.item.truncate'))
  return [
    ...equal('engine: connections', connections, engine.connections.length),
    ...equal('engine: refused connections', refused, engine.connections.filter(({ status }) => status !== 101).length),
    ...equal('engine: memories cut', truncations, cuts.length),
  ]
}

function checkLanguages({ languages }: Expected<'engine'>, { services }: EmulatedEngines): Verdict[] {
  if (!languages) return []
  const found = services.flatMap(({ connections }) => connections.flatMap(({ language = [] }) => language))
  return equal('engine: opened for', languages.join(', '), found.join(', '))
}

/** What the emulated carrier saw. */
export function checkCarrier(expected: Expected<'carrier'>, evidence: Evidence): Verdict[] {
  const { call } = evidence
  const dials = eventsIn(evidence, 'dialled')
  const told = eventsIn(evidence, 'told').map(({ content }) => content)
  const ended = eventsIn(evidence, 'call.ended')[0]
  const verdicts = [
    ...equal('carrier: final status', expected.status, call?.status),
    ...equal('carrier: dialled', expected.dialled, dials.map(({ number }) => number).join(', ') || undefined),
    ...equal(
      'carrier: bridged',
      expected.bridged,
      dials.some(({ bridged }) => bridged),
    ),
    ...equal('carrier: recorded a message', expected.recorded, eventsIn(evidence, 'recorded').length > 0),
    ...equal('carrier: streams', expected.streams, call?.streams.length ?? 0),
    ...equal('carrier: clears', expected.clears, eventsIn(evidence, 'agent.cleared').length),
    ...equal('carrier: ended by', expected.endedBy, ended?.by),
  ]
  const words = expected.told
  if (words === undefined) return verdicts
  const ok = told.some((content) => find(words, content))
  return [...verdicts, { what: `carrier: told ${words}`, ok, found: shorten(told.join(' | ')) || 'nothing' }]
}

/** How far the recording is from what the carrier says was heard. */
export function checkRecordingOffset({ maxMs }: Expected<'recording offset'>, evidence: Evidence): Verdict {
  const offsetsMs = recordingOffsetsMs(evidence)
  const worstMs = offsetsMs.length === 0 ? undefined : Math.max(...offsetsMs.map(Math.abs))
  return atMost(`recording: ${offsetsMs.length} stretches, each off its place by`, maxMs * evidence.speed, worstMs)
}
