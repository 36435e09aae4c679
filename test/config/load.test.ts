import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { environmentSchema, secretVariables } from '../../src/config/environment-schema.ts'
import { type Environment, loadConfig } from '../../src/config/load.ts'
import { HearthlineError } from '../../src/lib/errors.ts'

const ENV: Environment = {
  PUBLIC_URL: 'https://phone.example.com',
  TWILIO_ACCOUNT_SID: 'AC0123456789abcdef0123456789abcdef',
  TWILIO_AUTH_TOKEN: 'secret-token',
  OPENAI_API_KEY: 'sk-secret',
}

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

describe('the environment', () => {
  it('needs four variables, and has defaults for the rest', () => {
    const config = loadConfig({ env: ENV })
    expect(config.http).toEqual({
      host: '0.0.0.0',
      port: 3000,
      publicUrl: 'https://phone.example.com',
      instanceUrl: 'https://phone.example.com',
    })
    expect(config.storage).toEqual({
      databaseUrl: undefined,
      redisUrl: undefined,
      dataDir: 'data',
      recordingsDir: 'recordings',
    })
    expect(config.twilio).toMatchObject({ validateSignatures: true, baseUrl: 'https://api.twilio.com' })
    expect(config.openai).toMatchObject({ model: 'gpt-realtime-2.1', baseUrl: 'https://api.openai.com/v1' })
    expect(config.log).toEqual({ level: 'info', showPii: false })
    expect(config.agent.key).toBe('receptionist')
  })

  it('can set the port to 0', () => {
    expect(loadConfig({ env: { ...ENV, PORT: '0' } }).http.port).toBe(0)
  })

  it('takes an empty variable for one that is not set', () => {
    const config = loadConfig({ env: { ...ENV, PORT: '', AGENT: '', INSTANCE_URL: '', DATABASE_URL: '' } })
    expect(config.http.port).toBe(3000)
    expect(config.storage.databaseUrl).toBeUndefined()
  })

  it('gives addresses without a slash at the end', () => {
    const env = { ...ENV, PUBLIC_URL: 'https://phone.example.com/', OPENAI_BASE_URL: 'http://127.0.0.1:9/v1/' }
    expect(loadConfig({ env }).http.publicUrl).toBe('https://phone.example.com')
    expect(loadConfig({ env }).openai.baseUrl).toBe('http://127.0.0.1:9/v1')
  })

  it('allows http for a rehearsal on this machine', () => {
    const env = { ...ENV, PUBLIC_URL: 'http://127.0.0.1:3000', INSTANCE_URL: 'http://localhost:3001' }
    expect(loadConfig({ env }).http.publicUrl).toBe('http://127.0.0.1:3000')
    expect(loadConfig({ env }).http.instanceUrl).toBe('http://localhost:3001')
  })

  it('accepts the previous token beside the new one', () => {
    const env = { ...ENV, TWILIO_AUTH_TOKEN_PREVIOUS: 'old' }
    expect(loadConfig({ env }).twilio.signingTokens).toEqual(['secret-token', 'old'])
  })

  it.each([
    ['PORT', '80x', 'expected a whole number from 0 to 65535, found "80x"'],
    ['PORT', '65536', 'expected a whole number from 0 to 65535'],
    ['PORT', '-1', 'expected a whole number from 0 to 65535'],
    ['PORT', '1e3', 'expected a whole number from 0 to 65535'],
    ['PUBLIC_URL', undefined, 'expected an https address without a path'],
    ['PUBLIC_URL', 'http://phone.example.com', 'expected an https address'],
    ['PUBLIC_URL', 'https://phone.example.com/hearthline', 'expected an https address without a path'],
    ['PUBLIC_URL', 'phone.example.com', 'expected an https address'],
    ['INSTANCE_URL', 'wss://phone.example.com', 'expected an https address'],
    ['DATABASE_URL', 'mysql://localhost/x', 'expected an address such as postgres://'],
    ['REDIS_URL', 'localhost:6379', 'expected an address such as redis://'],
    ['ENGINE', 'siri', 'expected openai, elevenlabs, cascade or openai-live'],
    ['AGENT', '../company', 'expected the name of a file in config/agents'],
    ['TWILIO_ACCOUNT_SID', undefined, 'expected an account SID, which starts with AC, found nothing'],
    ['TWILIO_AUTH_TOKEN', undefined, 'expected the auth token'],
    ['TWILIO_PHONE_NUMBER', '617 555 0100', 'expected a phone number'],
    ['TWILIO_BASE_URL', 'api.twilio.com', 'expected an http or https address'],
    ['OPENAI_BASE_URL', 'https://me:pass@example.com/v1', 'without user, password, ? or #, found a value that is not'],
    ['DEEPGRAM_BASE_URL', 'https://example.com/#v1', 'without user, password, ? or #'],
    ['ELEVENLABS_BASE_URL', 'https://example.com/?key=k', 'without user, password, ? or #, found a value that is not'],
    ['OPENAI_API_KEY', undefined, 'expected an API key, since openai is to take calls, found nothing'],
    ['LOG_LEVEL', 'verbose', 'expected trace or debug or info'],
    ['LOG_PII', 'yes', 'expected true or false, found "yes"'],
    ['NODE_ENV', 'staging', 'expected production or development or test'],
    ['VALIDATE_TWILIO_SIGNATURES', '0', 'expected true or false'],
  ])('is refused with %s=%s', (name, value, problem) => {
    const lines = problemsWith({ env: { ...ENV, [name]: value } })
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(new RegExp(`^${name}: `))
    expect(lines[0]).toContain(problem)
  })

  it('[S5] is refused in production without signatures', () => {
    const unchecked = { ...ENV, VALIDATE_TWILIO_SIGNATURES: 'false' }
    expect(loadConfig({ env: unchecked }).twilio.validateSignatures).toBe(false)
    expect(problemsWith({ env: { ...unchecked, NODE_ENV: 'production' } })).toEqual([
      expect.stringMatching(/^VALIDATE_TWILIO_SIGNATURES: expected true when NODE_ENV is production/),
    ])
  })

  it('[S28] never shows a secret in an error', () => {
    const planted = Object.fromEntries([...secretVariables].map((name) => [name, `planted-${name}`]))
    const withPassword = {
      PUBLIC_URL: 'https://user:planted@phone.example.com',
      TWILIO_BASE_URL: 'ftp://user:planted@x',
    }
    const lines = problemsWith({ env: { ...ENV, ...planted, ...withPassword } })
    expect(lines.map((line) => line.split(':')[0])).toEqual(
      expect.arrayContaining(['DATABASE_URL', 'REDIS_URL', 'PUBLIC_URL', 'TWILIO_BASE_URL']),
    )
    expect(lines.join()).not.toContain('planted')
  })
})

describe('the files', () => {
  it('that come with Hearthline are right', () => {
    const { company, calls, overflow, agent, voice } = loadConfig({ env: ENV })
    expect(company.hours.friday).toEqual({ opensAtMinute: 540, closesAtMinute: 1020 })
    expect(company.hours.sunday).toBe('closed')
    expect(calls).toMatchObject({ maxConcurrent: 100, maxLengthMinutes: 60, warnAtMinutes: 55, fillerAfterMs: 1500 })
    expect(calls.silence).toEqual({ firstPromptSeconds: 8, secondPromptSeconds: 18, hangUpSeconds: 30 })
    expect(overflow).toBe('message')
    expect(agent).toMatchObject({
      name: 'Clara',
      tools: expect.arrayContaining(['answer_question', 'take_message', 'book_time', 'end_call']),
    })
    expect(voice.turnDetection).toEqual({
      type: 'server_vad',
      threshold: 0.5,
      prefixPaddingMs: 300,
      silenceDurationMs: 500,
    })
  })

  it('may leave out whole sections', () => {
    const configDir = copyOfConfig()
    edit(join(configDir, 'company.yaml'), /\ncalls:[\s\S]*/, '\n')
    const { calls, overflow } = loadConfig({ env: ENV, configDir })
    expect(calls).toMatchObject({ maxConcurrent: 100, silence: { hangUpSeconds: 30 }, recording: { enabled: true } })
    expect(overflow).toBe('message')
  })

  it('may name no officers, and need no file to say so', () => {
    const configDir = copyOfConfig()
    rmSync(join(configDir, 'officers.yaml'))
    const nobody = { strategy: 'ranked', vip: [], officers: [], extensions: [] }
    expect(loadConfig({ env: ENV, configDir }).officers).toEqual(nobody)
  })

  it('that name officers are refused as a whole with what is wrong in one', () => {
    const configDir = copyOfConfig()
    edit(join(configDir, 'officers.yaml'), 'licences: [MA, NH, TX, FL]', 'licences: [MA, NH, Texas, FL]')
    expect(problemsWith({ env: ENV, configDir })).toEqual([
      expect.stringMatching(/officers\.yaml:\d+: officers\.1\.licences\.2: expected a state .* found "Texas"/),
    ])
  })

  it('have their placeholders filled in', () => {
    const { agent, company } = loadConfig({ env: ENV })
    expect(agent.instructions).toContain(
      `You are Clara, the AI assistant who answers the telephone for ${company.name}`,
    )
    expect(agent.instructions).not.toMatch(/[{}]/)
  })

  it.each([
    ['a misspelt key', 'maxConcurrent: 100', 'maxConcurent: 100', 'calls.maxConcurent', 'expected only known keys'],
    ['a key too many', 'overflow: message', 'overflow: message\nsecret: 1', 'secret', 'expected only known keys'],
    ['a word for a number', 'maxConcurrent: 100', 'maxConcurrent: many', 'calls.maxConcurrent', 'expected a number'],
    [
      'a number too low',
      'maxConcurrent: 100',
      'maxConcurrent: 0',
      'calls.maxConcurrent',
      'expected at least 1, found 0',
    ],
    ['a zone that is none', 'America/New_York', 'New York', 'company.timeZone', 'expected an IANA time zone'],
    ['hours that end first', '"09:00-17:00"', '"17:00-09:00"', 'company.hours.friday', 'expected hours such as'],
    ['a date that is none', '2026-12-25', '2026-13-25', 'company.hours.holidays.1', 'expected a date such as'],
    ['a language that is none', '[en-US,', '[english please,', 'company.languages.0', 'expected a language tag'],
    ['no name', '  name: Hearthline Home Loans\n', '', 'company.name', 'found nothing. Add it.'],
    ['a warning too late', 'warnAtMinutes: 55', 'warnAtMinutes: 60', 'calls.warnAtMinutes', 'expected fewer minutes'],
    ['a ladder upside down', 'firstPromptSeconds: 8', 'firstPromptSeconds: 20', 'calls.silence', 'before secondPrompt'],
    ['a question after the message', 'challengeAt: 0.5', 'challengeAt: 0.9', 'screening.challengeAt', 'no more than'],
    ['a list entry that is no number', 'block: []', 'block: ["1900"]', 'screening.block.0', 'expected a phone number'],
    ['nobody to overflow to', 'overflow: message', 'overflow: person', 'overflow', 'no company.officePhone'],
    [
      'a number without quotes',
      '# officePhone: "+16175550100"',
      'officePhone: +16175550100',
      'company.officePhone',
      'expected a phone number in quotes',
    ],
  ])('are refused with %s, naming line and key', (_what, from, to, key, problem) => {
    const configDir = copyOfConfig()
    const file = join(configDir, 'company.yaml')
    edit(file, from, to)
    const lines = problemsWith({ env: ENV, configDir })
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^.*company\.yaml:\d+: /)
    expect(lines[0]).toContain(`: ${key}: `)
    expect(lines[0]).toContain(problem)
    const named = Number(/yaml:(\d+):/.exec(lines[0] ?? '')?.[1])
    const last = key.split('.').at(-1) ?? ''
    const isItem = /^\d+$/.test(last)
    const where = readFileSync(file, 'utf8').split('\n')[named - 1]
    expect(where).toContain(to === '' ? 'company:' : isItem ? to : last)
  })

  it.each([
    ['threshold: 0.5', 'eagerness: low', 'openai.turnDetection.eagerness'],
    ['type: server_vad', 'type: push_to_talk', 'openai.turnDetection'],
    ['speed: 1', 'speed: 3', 'openai.speed'],
    ['maxOutputTokens: 4096', 'maxOutputTokens: 0', 'openai.maxOutputTokens'],
    ['is {nmlsId}.', 'is {nmlsID}.', 'agent.instructions'],
    ['language: en-US', 'language: pl-PL', 'agent.language'],
  ])('of agents are refused with %s turned into %s', (from, to, key) => {
    const configDir = copyOfConfig()
    edit(join(configDir, 'agents', 'receptionist.yaml'), from, to)
    const lines = problemsWith({ env: ENV, configDir })
    expect(lines.join()).toContain(`${key}`)
    expect(lines.join()).toContain('receptionist.yaml')
  })

  it('of agents may listen by meaning and answer without limit', () => {
    const configDir = copyOfConfig()
    const file = join(configDir, 'agents', 'receptionist.yaml')
    edit(
      file,
      /turnDetection:\n {4}type: server_vad[\s\S]*?silenceDurationMs: 500/,
      'turnDetection: { type: semantic_vad }',
    )
    edit(file, 'maxOutputTokens: 4096', 'maxOutputTokens: inf')
    const { voice } = loadConfig({ env: ENV, configDir })
    expect(voice.turnDetection).toEqual({ type: 'semantic_vad', eagerness: 'auto' })
    expect(voice.maxOutputTokens).toBe('inf')
  })

  it('are missed by name when they are not there', () => {
    expect(problemsWith({ env: { ...ENV, AGENT: 'nobody' } })).toEqual([
      expect.stringMatching(/^config\/agents\/nobody\.yaml: expected a file, found ENOENT/),
    ])
  })

  it('that are no YAML say where', () => {
    const configDir = copyOfConfig()
    edit(join(configDir, 'company.yaml'), 'calls:\n', 'calls: [\n')
    expect(problemsWith({ env: ENV, configDir })[0]).toMatch(/company\.yaml:\d+: expected YAML/)
  })

  it('that are empty are refused', () => {
    const configDir = copyOfConfig()
    writeFileSync(join(configDir, 'company.yaml'), '')
    expect(problemsWith({ env: ENV, configDir })).toEqual([
      expect.stringContaining('company.yaml:1: the file: expected a section with keys'),
    ])
  })
})

it('names the number of a line that is none', () => {
  const configDir = copyOfConfig()
  edit(join(configDir, 'company.yaml'), '  # numbers:', '  numbers: { "617-555-0199": cascade }')
  expect(problemsWith({ env: ENV, configDir })).toEqual([
    expect.stringMatching(/engines\.numbers.*expected a phone number in quotes/),
  ])
})

it('tells all problems of environment and files at once', () => {
  const configDir = copyOfConfig()
  edit(join(configDir, 'company.yaml'), 'timeZone: America/New_York', 'timeZone: Boston')
  edit(join(configDir, 'agents', 'receptionist.yaml'), 'speed: 1', 'speed: fast')
  const lines = problemsWith({ env: { PORT: '80x' }, configDir })
  for (const name of ['PORT', 'PUBLIC_URL', 'TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'OPENAI_API_KEY']) {
    expect(lines.filter((line) => line.startsWith(`${name}: `))).toHaveLength(1)
  }
  expect(lines.filter((line) => line.includes('company.timeZone'))).toHaveLength(1)
  expect(lines.filter((line) => line.includes('openai.speed'))).toHaveLength(1)
  expect(lines).toHaveLength(7)
})

it('explains every variable in .env.example, and no other', () => {
  const names = [...readFileSync('.env.example', 'utf8').matchAll(/^#? ?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name)
  const known = Object.keys(environmentSchema.shape)
  expect(names.toSorted()).toEqual(known.toSorted())
})

/** The lines of the `bad_config` error, without its headline. */
function problemsWith(options: { env: Environment; configDir?: string }): string[] {
  try {
    loadConfig(options)
  } catch (error) {
    if (!(error instanceof HearthlineError) || error.code !== 'bad_config') throw error
    return error.message.split('\n  ').slice(1)
  }
  throw new Error('the settings were accepted')
}

function copyOfConfig(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hearthline-config-'))
  folders.push(folder)
  cpSync('config', folder, { recursive: true })
  return folder
}

function edit(file: string, from: string | RegExp, to: string): void {
  const before = readFileSync(file, 'utf8')
  const after = before.replace(from, to)
  if (after === before) throw new Error(`nothing to replace in ${file}: ${from}`)
  writeFileSync(file, after)
}
