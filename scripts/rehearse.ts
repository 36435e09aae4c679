import { z } from 'zod'
import { ENGINE_NAMES } from '../src/config/engine-schemas.ts'
import { processEnvironment } from '../src/config/load.ts'
import { HearthlineError } from '../src/lib/errors.ts'
import { createLog } from '../src/lib/log.ts'
import { createSpeech } from '../src/simulator/speech/speech.ts'
import { readCommandLine, runScript } from './command-line.ts'
import { loadScenario, scenarioNames } from './rehearsal/load-scenarios.ts'
import { rehearseAll } from './rehearsal/rehearse-all.ts'
import { report, summary, talkLine } from './rehearsal/report.ts'
import type { Rehearsal, RehearsalOptions } from './rehearsal/run-scenario.ts'
import { runScenario } from './rehearsal/run-scenario.ts'
import type { TalkLine } from './rehearsal/talk-lines.ts'

const USAGE = `Rehearses calls without a phone number, a key or a network. The scenarios are in scenarios/.

  npm run rehearse                                   lists the scenarios
  npm run rehearse -- message-taken                  one call in real time: the talk, what was expected, latencies
  npm run rehearse -- message-taken --speed 4        the same, four times faster
  npm run rehearse -- all                            all of them, several at once, four times faster
  npm run rehearse -- all --engine cascade           on another engine: openai, elevenlabs, cascade or openai-live
  npm run rehearse -- message-taken --real           with the real providers; needs their keys and is billed
  npm run rehearse -- all --json                     for programs

Ends with 1 when anything was not as expected. Recordings are kept in recordings/rehearsals/.`

/** What two cores can pace without getting late. */
const SPEED_OF_ALL = 4
const AT_ONCE = 5

const optionsSchema = z.object({
  speed: z.coerce.number({ error: '--speed takes a number' }).min(0.1).max(20).optional(),
  engine: z.enum(ENGINE_NAMES, { error: `--engine takes ${ENGINE_NAMES.join(', ')}` }).default('openai'),
  real: z.boolean().default(false),
  log: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('silent'),
  json: z.boolean().default(false),
})

await runScript(main)

async function main(): Promise<number> {
  const { name, speed, engine, real, log: level, json } = readArguments()
  if (name === undefined) return list()
  const log = createLog({ level })
  const options: RehearsalOptions = {
    speed: speed ?? (name === 'all' && !real ? SPEED_OF_ALL : 1),
    speech: createSpeech({ log }),
    log,
    configDir: 'config',
    keepRecordingIn: 'recordings/rehearsals',
    engine,
    ...(real ? { provider: processEnvironment() } : {}),
  }
  const rehearsals = name === 'all' ? await all(options, json) : [await one(name, options, json)]
  if (json) console.log(JSON.stringify(rehearsals.map(asJson), null, 2))
  return rehearsals.every(({ passed }) => passed) ? 0 : 1
}

function readArguments() {
  const { values, positionals } = readCommandLine(
    {
      allowPositionals: true,
      options: {
        speed: { type: 'string' },
        engine: { type: 'string' },
        real: { type: 'boolean' },
        log: { type: 'string' },
        json: { type: 'boolean' },
      },
    },
    USAGE,
  )
  const checked = optionsSchema.safeParse(values)
  if (checked.success) return { ...checked.data, name: positionals[0] }
  throw new HearthlineError('bad_arguments', checked.error.issues.map(({ message }) => message).join('\n'))
}

function list(): number {
  for (const name of scenarioNames()) console.log(`${name.padEnd(32)} ${loadScenario(name).scenario.title}`)
  return 0
}

async function one(name: string, options: RehearsalOptions, json: boolean): Promise<Rehearsal> {
  const onTalk = json ? undefined : (line: TalkLine) => console.log(talkLine(line))
  const rehearsal = await runScenario(loadScenario(name), { ...options, ...(onTalk ? { onTalk } : {}) })
  if (!json) console.log(`\n${report(rehearsal)}`)
  return rehearsal
}

async function all(options: RehearsalOptions, json: boolean): Promise<Rehearsal[]> {
  const onDone = (rehearsal: Rehearsal) => {
    if (!json) console.log(summary(rehearsal))
  }
  const atOnce = options.provider ? 1 : AT_ONCE
  return await rehearseAll(scenarioNames(), { ...options, atOnce, onDone })
}

function asJson({ name, title, passed, verdicts, recordingFile }: Rehearsal) {
  return { name, title, passed, verdicts, recordingFile }
}
