import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadScenario } from '../../scripts/rehearsal/load-scenarios.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hearthline-scenarios-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function load(yaml: string) {
  writeFileSync(join(folder, 'call.yaml'), yaml)
  return loadScenario('call', folder).scenario
}

const RIGHT = `
title: A call
talk:
  - hear out
  - hear out: { silentMs: 2000 }
  - say: Hello
  - press: "0"
  - hang up
expect:
  - heard: hello
`

describe('a scenario file', () => {
  it('is read into steps and expectations, with what is not said filled in', () => {
    const { caller, talk, expect: expectations } = load(RIGHT)
    expect(caller).toEqual({
      ...{ from: '+14155550100', to: '+16175550199', voice: 'caller' },
      ...{ stir: 'A', challenge: {} },
    })
    expect(talk).toEqual([
      { do: 'hear out' },
      { do: 'hear out', silentMs: 2000 },
      { do: 'say', words: 'Hello' },
      { do: 'press', digits: '0' },
      { do: 'hang up' },
    ])
    expect(expectations).toEqual([{ expect: 'heard', words: 'hello' }])
  })

  it('has people who answer in every way, and what is expected of their legs, texts and appointments', () => {
    const people = 'people: { "+16175550111": { outcome: voicemail, greetingMs: 6000, detectedAs: machine } }\n'
    const expected = `
  - leg: { to: "+16175550111", outcome: completed, told: loan, pressed: "1", bridgedMs: 1000 }
  - conference: { bridged: true, minTalkedMs: 1000 }
  - text: { to: "+14155550100", words: appointment, times: 1 }
  - appointment: { status: booked, with: Maria }
  - task: { kind: call back }
`
    const scenario = load(people + RIGHT.trim().replace('hang up', 'text: { says: "1" }') + expected)
    expect(scenario.people['+16175550111']).toEqual({ outcome: 'voicemail', greetingMs: 6000, detectedAs: 'machine' })
    expect(scenario.talk.at(-1)).toEqual({ do: 'text', words: '1' })
    expect(scenario.expect.map(({ expect: kind }) => kind)).toEqual([
      ...['heard', 'leg', 'conference', 'text', 'appointment', 'task'],
    ])
  })

  it('tells which language words are in that are not in the one of the voice', () => {
    const { talk } = load(RIGHT.replace('say: Hello', 'say: { words: Hello, language: es }'))
    expect(talk[2]).toEqual({ do: 'say', words: 'Hello', language: 'es' })
  })

  it('may be a call of ours, in which a mailbox says nothing, or one that is followed by a call back', () => {
    const ours = 'title: A call\nat: "19:59:50"\ncalled: { consent: {} }\nexpect:\n  - outbound: { state: done }\n'
    expect(load(ours)).toMatchObject({
      ...{ talk: [], at: '19:59:50', expect: [{ expect: 'outbound', state: 'done' }] },
      called: { number: '+14155550100', kind: 'reminder', consent: { scope: 'informational', written: false } },
    })
    const back =
      'calledBack:\n  laterMs: 1000\n  talk: [{ say: Yes? }]\n  expect: [{ heard: { words: hi, after: Yes? } }]\n'
    expect(load(RIGHT + back).calledBack).toMatchObject({ laterMs: 1000, talk: [{ do: 'say', words: 'Yes?' }] })
    expect(() => load(RIGHT + back.replace('after: Yes?', 'after: Hello'))).toThrow(
      /calledBack\.expect\.0\.heard\.after/,
    )
  })

  it.each([
    ['nobody who does anything', 'title: A call\nexpect:\n  - heard: hello\n', /talk: expected what a caller does/],
    ['a time of day that is none', `${RIGHT}at: "25:00"\n`, /at: expected a time of day/],
    [
      'an unknown step',
      RIGHT.replace('say: Hello', 'shout: Hello'),
      /call\.yaml:6: talk\.2: expected one key of say, clip/,
    ],
    [
      'a step of two keys',
      RIGHT.replace('say: Hello', 'say: Hello\n    press: "1"'),
      /call\.yaml:6: talk\.2: expected one key/,
    ],
    [
      'an unknown key in a step',
      RIGHT.replace('silentMs', 'silent'),
      /call\.yaml:5: talk\.1\.hear out\.silent: expected only known keys/,
    ],
    [
      'a wrong value in a step',
      RIGHT.replace('2000', 'long'),
      /call\.yaml:5: talk\.1\.hear out\.silentMs: expected a number, found "long"/,
    ],
    ['a key that is no key', RIGHT.replace('"0"', '"A"'), /talk\.3\.press: expected keys in quotes/],
    [
      'an unknown expectation',
      RIGHT.replace('heard: hello', 'hears: hello'),
      /call\.yaml:10: expect\.0: expected one key of heard, tool/,
    ],
    ['a broken pattern', RIGHT.replace('heard: hello', 'heard: "/(/"'), /expect\.0\.heard\.words/],
    [
      'an expectation after a step that is not there',
      RIGHT.replace('heard: hello', 'heard: { words: hello, after: Bye }'),
      /expect\.0\.heard\.after: expected the words or the name of a step/,
    ],
    ['an unknown fault', `${RIGHT}engine:\n  faults: [{ fault: sulk }]\n`, /engine\.faults\.0\.fault/],
    [
      'an unknown setting',
      `${RIGHT}settings: { officePhones: "1" }\n`,
      /settings\.officePhones: expected only known keys/,
    ],
  ])('with %s is refused by file, line and key', (_, yaml, complaint) => {
    expect(() => load(yaml)).toThrow(complaint)
  })

  it('that does not exist is answered with those that do', () => {
    load(RIGHT)
    expect(() => loadScenario('cal', folder)).toThrow('There is no scenario cal. Scenarios: call.')
  })
})
