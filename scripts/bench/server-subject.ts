import { createHash } from 'node:crypto'
import { cp, glob, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import twilio from 'twilio'
import packageJson from '../../package.json' with { type: 'json' }
import { mulawWavHeader } from '../../src/audio/wav.ts'
import { ACCOUNT_SID, type CallIds } from './carrier-leg.ts'
import { connectLean } from './lean-socket.ts'
import type { BenchEngine } from './options.ts'
import { type Dialled, freePort, type RunningSubject, type Subject, startProcess } from './subject.ts'

const ROOT = resolve(import.meta.dirname, '../..')
/** The flags `npm start` gives to Node. */
export const START_FLAGS = packageJson.scripts.start.split(' ').filter((word) => word.startsWith('--'))
const AUTH_TOKEN = 'bench-auth-token'
const COMPANY_NUMBER = '+16175550100'
/** More than any round has calls. */
const CAPACITY = 1000
/** A second is enough of an opening: the round begins when it was heard. */
const OPENING_BYTES = 8000

/** Hearthline as `npm start` starts it: signatures checked, recording and ledger on, its data in a folder of its own. */
export const serverSubject = (engine: BenchEngine): Subject => ({
  name: 'server',
  dialect: 'OpenAI',
  engineKeyOf: ({ from }) => createHash('sha256').update(from).digest('hex').slice(0, 32),
  async start({ engineBaseUrl, core, nodeOptions }): Promise<RunningSubject> {
    const folder = await mkdtemp(join(tmpdir(), 'hearthline-bench-'))
    await copyConfig(join(folder, 'config'))
    const port = await freePort()
    const publicUrl = `http://127.0.0.1:${port}`
    const measured = await startProcess({
      script: join(ROOT, 'src/main.ts'),
      cwd: folder,
      env: { ...environment({ folder, port, publicUrl, engineBaseUrl }), ...providersOf(engine, engineBaseUrl) },
      core,
      nodeOptions: [...START_FLAGS, ...nodeOptions],
      healthUrl: `${publicUrl}/readyz`,
    })
    return {
      dial: (ids) => dial(ids, publicUrl),
      sample: () => measured.sample(),
      async [Symbol.asyncDispose]() {
        await measured[Symbol.asyncDispose]()
        await rm(folder, { recursive: true, force: true })
      },
    }
  },
})

/** The shipped configuration, with room for every call and a short opening. */
async function copyConfig(folder: string): Promise<void> {
  await cp(join(ROOT, 'config'), folder, { recursive: true })
  const companyFile = join(folder, 'company.yaml')
  const company = await readFile(companyFile, 'utf8')
  const roomy = company.replace(/maxConcurrent: \d+/, `maxConcurrent: ${CAPACITY}`)
  // All our callers have numbers that begin alike.
  await writeFile(companyFile, roomy.replace(/perBeginning: \d+/, `perBeginning: ${CAPACITY}`))
  const opening = Buffer.concat([
    mulawWavHeader({ channels: 1, dataBytes: OPENING_BYTES }),
    Buffer.alloc(OPENING_BYTES, 0xd5),
  ])
  for await (const file of glob('phrases/*/*/opening.wav', { cwd: folder }))
    await writeFile(join(folder, file), opening)
}

function environment(options: { folder: string; port: number; publicUrl: string; engineBaseUrl: string }) {
  return {
    NODE_ENV: 'production',
    LOG_LEVEL: 'error',
    HOST: '127.0.0.1',
    PORT: String(options.port),
    PUBLIC_URL: options.publicUrl,
    DATA_DIR: join(options.folder, 'data'),
    RECORDINGS_DIR: join(options.folder, 'recordings'),
    TWILIO_ACCOUNT_SID: ACCOUNT_SID,
    TWILIO_AUTH_TOKEN: AUTH_TOKEN,
    TWILIO_PHONE_NUMBER: COMPANY_NUMBER,
    TWILIO_BASE_URL: new URL(options.engineBaseUrl).origin,
  }
}

/** All of them are the bench. */
function providersOf(engine: BenchEngine, baseUrl: string): Record<string, string> {
  const openAi = { ENGINE: engine, OPENAI_API_KEY: 'bench-key', OPENAI_BASE_URL: baseUrl }
  if (engine === 'openai') return openAi
  const { origin } = new URL(baseUrl)
  return {
    ...openAi,
    DEEPGRAM_API_KEY: 'bench-key',
    DEEPGRAM_BASE_URL: origin,
    ELEVENLABS_API_KEY: 'bench-key',
    ELEVENLABS_BASE_URL: origin,
    ELEVENLABS_VOICE_ID: 'bench-voice',
  }
}

/** Signed webhook, TwiML, signed media socket. */
async function dial({ from, callSid }: CallIds, publicUrl: string): Promise<Dialled> {
  const params = { CallSid: callSid, AccountSid: ACCOUNT_SID, From: from, To: COMPANY_NUMBER, CallStatus: 'ringing' }
  const url = `${publicUrl}/twilio/voice`
  const answer = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams(params),
    headers: { 'X-Twilio-Signature': sign(url, params) },
  })
  const twiml = await answer.text()
  const [, mediaUrl] = /<Stream url="([^"]+)"/.exec(twiml) ?? []
  const [, token] = /name="token" value="([^"]+)"/.exec(twiml) ?? []
  if (!mediaUrl || !token) throw new Error(`The server did not take a call of the bench, but answered: ${twiml}`)
  const socket = await connectLean(mediaUrl, { 'X-Twilio-Signature': sign(mediaUrl, {}) })
  return { socket, customParameters: { token } }
}

function sign(url: string, params: Record<string, string>): string {
  return twilio.getExpectedTwilioSignature(AUTH_TOKEN, url, params)
}
