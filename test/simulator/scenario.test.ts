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

  it('tells which language words are in that are not in the one of the voice', () => {
    const { talk } = load(RIGHT.replace('say: Hello', 'say: { words: Hello, language: es }'))
    expect(talk[2]).toEqual({ do: 'say', words: 'Hello', language: 'es' })
  })

  it.each([
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
