import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { encodeMulaw, rmsOf } from '../../src/audio/mulaw.ts'
import { readWav } from '../../src/audio/wav.ts'
import { PHRASE_KEYS } from '../../src/business/phrase-wording.ts'

const ROOT = new URL('../../', import.meta.url).pathname

interface Asked {
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: Record<string, unknown>
}

/** A copy of the settings, without clips. */
let configDir: string
let asked: Asked[]
let answer: { status: number; body: Buffer }
let service: Server

beforeEach(async () => {
  configDir = mkdtempSync(join(tmpdir(), 'rendered-'))
  for (const part of ['company.yaml', 'agents', 'phrases.yaml']) {
    cpSync(join(ROOT, 'config', part), join(configDir, part), { recursive: true })
  }
  asked = []
  service = createServer(async (request, response) => {
    const body = (await json(request)) as Record<string, unknown>
    asked.push({ url: request.url!, headers: request.headers, body })
    response.writeHead(answer.status).end(answer.body)
  })
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve))
})
afterEach(() => {
  service.close()
  rmSync(configDir, { recursive: true, force: true })
})

describe('npm run render-phrases', () => {
  it("asks OpenAI's speech endpoint and stores 8 kHz clips with the words they speak", async () => {
    answer = { status: 200, body: Buffer.from(tone(24_000).buffer) }
    const env = { OPENAI_API_KEY: 'key-1', OPENAI_BASE_URL: `${address()}/v1` }
    change('company.yaml', /^ {2}name: .*$/m, '  name: Acme')
    await run(['--with', 'openai', '--language', 'en'], env)

    expect(asked).toHaveLength(PHRASE_KEYS.length)
    expect(asked[0]).toMatchObject({ url: '/v1/audio/speech', headers: { authorization: 'Bearer key-1' } })
    expect(asked[0]!.body).toMatchObject({
      voice: 'marin',
      response_format: 'pcm',
      input: expect.stringContaining('Acme'),
    })
    const { data, ...format } = readWav(readFileSync(clip('marin/en/opening.wav')))
    expect(format).toEqual({ sampleRate: 8_000, channels: 1, encoding: 'mulaw' })
    expect(data.length).toBe(8_000)
    expect(20 * Math.log10(rmsOf(data))).toBeCloseTo(-20, 0)
    expect(manifest('marin')['en/one-moment']).toBe('One moment, please.')
  }, 30_000)

  it('renders only what has no clip of its words', async () => {
    answer = { status: 200, body: Buffer.from(tone(24_000).buffer) }
    const env = { OPENAI_API_KEY: 'key-1', OPENAI_BASE_URL: `${address()}/v1` }
    await run(['--with', 'openai', '--language', 'en'], env)
    asked = []
    change('agents/receptionist.yaml', /^ {2}name: .*$/m, '  name: Robin')
    await run(['--with', 'openai', '--language', 'en'], env)
    // The opening, and the first words of each kind of call we place, spoken and left on a machine.
    expect(asked).toHaveLength(7)
    for (const { body } of asked) expect(body.input).toMatch(/I'm Robin|This is Robin/)
  }, 30_000)

  it('asks ElevenLabs for mu-law in the language of the phrase', async () => {
    answer = { status: 200, body: encodeMulaw(tone(8_000)) }
    const env = { ELEVENLABS_API_KEY: 'key-2', ELEVENLABS_BASE_URL: address(), ELEVENLABS_VOICE_ID: 'v01ce' }
    await run(['--with', 'elevenlabs', '--language', 'es'], env)
    expect(asked[0]).toMatchObject({
      url: '/v1/text-to-speech/v01ce?output_format=ulaw_8000',
      headers: { 'xi-api-key': 'key-2' },
      body: { language_code: 'es', text: expect.stringContaining('Gracias por llamar') },
    })
    expect(readdirSync(clip('v01ce/es'))).toHaveLength(PHRASE_KEYS.length)
  }, 30_000)

  it('says what the service said, and stores nothing, when it refuses', async () => {
    answer = { status: 401, body: Buffer.from('{"detail":{"code":"invalid_api_key"}}') }
    const env = { ELEVENLABS_API_KEY: 'wrong', ELEVENLABS_BASE_URL: address(), ELEVENLABS_VOICE_ID: 'v01ce' }
    await expect(run(['--with', 'elevenlabs'], env)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/401.*invalid_api_key/),
    })
    expect(existsSync(clip('v01ce')) ? readdirSync(clip('v01ce'), { recursive: true }) : []).toEqual([])
  }, 30_000)

  it('explains itself when it is not told which service to use', async () => {
    await expect(run([], {})).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--with openai|elevenlabs|espeak'),
    })
  }, 30_000)
})

function run(args: string[], env: Record<string, string>) {
  const settings = { PATH: process.env.PATH, CONFIG_DIR: configDir, ...env }
  return promisify(execFile)(process.execPath, ['scripts/render-phrases.ts', ...args], { cwd: ROOT, env: settings })
}

function change(file: string, from: RegExp, to: string): void {
  const path = join(configDir, file)
  writeFileSync(path, readFileSync(path, 'utf8').replace(from, to))
}

function clip(path: string): string {
  return join(configDir, 'phrases', path)
}

function address(): string {
  return `http://127.0.0.1:${(service.address() as AddressInfo).port}`
}

function manifest(voice: string): Record<string, string> {
  return JSON.parse(readFileSync(clip(join(voice, 'manifest.json')), 'utf8'))
}

/** One second. */
function tone(sampleRate: number): Int16Array {
  return Int16Array.from({ length: sampleRate }, (_, at) => 9_000 * Math.sin((2 * Math.PI * 440 * at) / sampleRate))
}
