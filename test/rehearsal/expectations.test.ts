import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadScenario } from '../../scripts/rehearsal/load-scenarios.ts'
import { recordingOffsetsMs } from '../../scripts/rehearsal/recording-offset.ts'
import { type Rehearsal, runScenario } from '../../scripts/rehearsal/run-scenario.ts'
import type { TalkLine } from '../../scripts/rehearsal/talk-lines.ts'
import { judge } from '../../scripts/rehearsal/verdicts.ts'
import { createLog } from '../../src/lib/log.ts'
import { scenarioSchema } from '../../src/simulator/scenario.ts'
import { createSpeech } from '../../src/simulator/speech/speech.ts'

const log = createLog({ level: 'silent' })
const OPTIONS = {
  engine: 'openai',
  speech: createSpeech({ log }),
  log,
  configDir: join(import.meta.dirname, '../../config'),
} as const
const file = loadScenario('question-answered')
const lines: TalkLine[] = []
let rehearsal: Rehearsal

beforeAll(async () => {
  const onTalk = (line: TalkLine) => lines.push(line)
  rehearsal = await runScenario(file, { ...OPTIONS, speed: 2, onTalk })
})

/** What fails of these expectations, held against a call that went well. */
function failures(...expectations: unknown[]) {
  const talk = [{ say: 'What are your opening hours?' }, 'hear out']
  const scenario = scenarioSchema.parse({ title: 'wrong', talk, expect: expectations })
  return judge(scenario, rehearsal.evidence).filter(({ ok }) => !ok)
}

describe('a rehearsal', () => {
  it('in real time has the recording within 20 ms of what the carrier says was heard', {
    timeout: 60_000,
  }, async () => {
    const { evidence } = await runScenario(loadScenario('key-0'), { ...OPTIONS, speed: 1 })
    const offsetsMs = recordingOffsetsMs(evidence)
    const ordered = offsetsMs.map(Math.abs).sort((a, b) => a - b)
    // The median: a machine that holds its breath once moves one stretch and proves nothing.
    expect(ordered[ordered.length >> 1]).toBeLessThanOrEqual(20)
  })

  it('tells the talk as it goes', () => {
    const told = lines.map(({ who, text }) => `${who}: ${text}`).join('\n')
    expect(told).toContain('caller: What are your opening hours?')
    expect(told).toMatch(/agent: Our loan officers are in/)
    expect(told).toMatch(/tool: answer_question replied/)
    expect(told).toContain('carrier: call over (completed), ended by the server')
  })
})

describe('an expectation that is wrong fails', () => {
  it.each([
    ['words that nobody said', { heard: 'Lantern Street' }],
    [
      'words that came too late',
      { heard: { words: 'Our loan officers', after: 'What are your opening hours?', withinMs: 100 } },
    ],
    ['words that came before the step', { heard: { words: 'may be recorded', after: 'What are your opening hours?' } }],
    ['words that were heard once and not twice', { heard: { words: 'Our loan officers', times: 2 } }],
    ['a tool that was not asked for', { tool: { name: 'take_message' } }],
    ['a tool with other arguments', { tool: { name: 'answer_question', arguments: { question: 'parking' } } }],
    ['a tool with another outcome', { tool: { name: 'answer_question', outcome: 'failed' } }],
    ['another reason for the end', { record: { endReason: 'caller silent' } }],
    ['more turns than there were', { record: { turns: 3 } }],
    ['a transcript in another order', { record: { transcript: ['caller: Goodbye', 'caller: opening hours'] } }],
    ['a recording that was not deleted', { record: { recording: 'deleted' } }],
    ['a call that was shorter', { record: { minTalkedMs: 600_000 } }],
    ['a message nobody left', { message: { text: 'anything' } }],
    ['a fact that did not happen', { fact: { type: 'engine.lost' } }],
    ['a fact that happened otherwise', { fact: { type: 'engine.opened', with: { because: 'reconnect' } } }],
    ['words that were to be absent', { absent: { heard: 'weekends' } }],
    ['a tool that was to be absent', { absent: { tool: 'end_call' } }],
    ['a fact that was to be absent', { absent: { fact: 'call.ended' } }],
    ['a wait that was longer', { absent: { silenceOverMs: 50 } }],
    ['more connections to the engine', { engine: { connections: 2 } }],
    ['a session for another language', { engine: { languages: ['es'] } }],
    ['a number that was not dialled', { carrier: { dialled: '+16175550123' } }],
    ['words the carrier did not say', { carrier: { told: 'leave a message' } }],
    ['a telephone that did not ring', { leg: { to: '+16175550123' } }],
    ['company in a conference there was not', { conference: { bridged: true } }],
    ['a text nobody sent', { text: { to: '+14155550100', words: 'appointment' } }],
    ['an appointment nobody made', { appointment: { status: 'booked' } }],
    ['a task nobody has', { task: { kind: 'call back' } }],
    ['another final status', { carrier: { status: 'busy' } }],
  ])('%s', (_, expectation) => {
    expect(failures(expectation)).toHaveLength(1)
  })
})

describe('what holds for every call', () => {
  const spoilt = (change: Partial<Rehearsal['evidence']>) =>
    judge(file.scenario, { ...rehearsal.evidence, ...change })
      .filter(({ ok }) => !ok)
      .map(({ what }) => what)

  it('fails when the talk broke off', () => {
    expect(spoilt({ broken: 'step 2: the agent never spoke' })).toContain('the talk went as written')
  })

  it('fails when the call has no record', () => {
    expect(spoilt({ stored: undefined })).toContain('one finished record (I1)')
  })

  it('fails when the record was closed twice', () => {
    const { entries } = rehearsal.evidence
    const again = entries.filter(({ fact }) => fact.type === 'call.ended')
    expect(spoilt({ entries: [...entries, ...again] })).toContain('one finished record (I1)')
  })

  it('fails when the recording lies beside its place', () => {
    const { recording } = rehearsal.evidence
    const late =
      recording && Buffer.concat([recording.subarray(0, 58), Buffer.alloc(200 * 16, 0xff), recording.subarray(58)])
    expect(spoilt({ recording: late })).toContainEqual(expect.stringContaining('off its place'))
  })
})
