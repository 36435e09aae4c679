import { join, resolve } from 'node:path'
import { ENGINE_NAMES, type EngineName } from '../src/config/engine-schemas.ts'
import { processEnvironment } from '../src/config/load.ts'
import { HearthlineError } from '../src/lib/errors.ts'
import { createLog } from '../src/lib/log.ts'
import { createSpeech } from '../src/simulator/speech/speech.ts'
import { waterfallOf } from './call-view.ts'
import { readCommandLine, runScript } from './command-line.ts'
import { loadScenario } from './rehearsal/load-scenarios.ts'
import { talkLine } from './rehearsal/report.ts'
import { type Rehearsal, runScenario } from './rehearsal/run-scenario.ts'

const USAGE = `A whole call on this machine: the server as it is in production, a carrier in a box, a caller.

  npm run demo                        the voice model is a rehearsal; no account, no network
  npm run demo -- --engine cascade    the same on another engine: openai, elevenlabs, cascade or openai-live
  npm run demo -- --real              with the real providers of the engine; needs their keys and is billed`

/** The folder the server itself would use: `npm run -s calls` finds the call there. */
const FOLDER = '.'

await runScript(main)

async function main(): Promise<number> {
  const { engine, real } = readArguments()
  const log = createLog({ level: 'silent' })
  console.log(
    real
      ? 'The caller and the carrier are emulated; the voice engine is the real one, and is billed.\n'
      : 'Everything runs on this machine. The voice engine is a rehearsal: it speaks its provider’s protocol and follows a script.\n',
  )
  const rehearsal = await runScenario(loadScenario('demo'), {
    speed: 1,
    speech: createSpeech({ log }),
    log,
    configDir: 'config',
    folder: FOLDER,
    engine,
    ...(real ? { provider: processEnvironment() } : {}),
    onTalk: (line) => console.log(talkLine(line)),
  })
  for (const line of whatIsKept(rehearsal)) console.log(line)
  // The real model finds its own words, so only a rehearsal can be held to the scenario's.
  if (real || rehearsal.passed) return 0
  for (const { ok, what, found } of rehearsal.verdicts)
    if (!ok) console.log(`Not as expected: ${what}; found: ${found}`)
  return 1
}

function readArguments(): { engine: EngineName; real: boolean } {
  const options = { engine: { type: 'string', default: 'openai' }, real: { type: 'boolean', default: false } } as const
  const { values } = readCommandLine({ options }, USAGE)
  const engine = ENGINE_NAMES.find((name) => name === values.engine)
  if (engine) return { engine, real: values.real }
  throw new HearthlineError('bad_arguments', `--engine is ${values.engine}; it takes ${ENGINE_NAMES.join(', ')}.`)
}

function whatIsKept({ evidence }: Rehearsal): string[] {
  const { stored } = evidence
  if (!stored?.outcome)
    return ['\nThe call left no finished record: that is a fault. Run with LOG_LEVEL=info to see why.']
  const { callId, outcome } = stored
  const { recordingFile, costUsd, priceVersion } = outcome
  return [
    '',
    'How soon each answer came, from the end of the caller’s speech:',
    ...waterfallOf(evidence.entries),
    '',
    'What is kept of it:',
    `  row        ${callId} in ${resolve(FOLDER, 'data', 'hearthline.sqlite')}`,
    `  recording  ${recordingFile ? resolve(join(FOLDER, 'recordings', recordingFile)) : 'none'}`,
    `  cost       $${costUsd.toFixed(4)} by the prices of ${priceVersion}${evidence.emulated ? ', had the model been real' : ''}`,
    '',
    `Look at it again: npm run -s calls -- ${callId.slice(0, 12)}`,
  ]
}
