import { join } from 'node:path'
import type { EngineName } from '../../src/config/engine-schemas.ts'
import { HearthlineError } from '../../src/lib/errors.ts'
import type { Log } from '../../src/lib/log.ts'
import type { Speech } from '../../src/simulator/speech/speech.ts'
import type { Evidence } from './evidence.ts'
import type { ScenarioFile } from './load-scenarios.ts'
import { Stage } from './stage.ts'
import type { TalkLine } from './talk-lines.ts'
import { judge, type Verdict } from './verdicts.ts'

export interface RehearsalOptions {
  /** How many times faster than real time. */
  readonly speed: number
  readonly speech: Speech
  readonly log: Log
  /** Folder of the business's YAML. */
  readonly configDir: string
  /** Which engine takes the call. */
  readonly engine: EngineName
  /** Rehearse against the real providers, with these variables; emulated ones unless given. Speed must be 1. */
  readonly provider?: Readonly<Record<string, string | undefined>>
  /** Keeps the call's data and recording below this folder, as the server does; a temporary folder unless given. */
  readonly folder?: string
  /** Copies the recording there as `<scenario>.wav`. */
  readonly keepRecordingIn?: string
  readonly onTalk?: (line: TalkLine) => void
}

export interface Rehearsal {
  readonly name: string
  readonly title: string
  readonly passed: boolean
  readonly verdicts: readonly Verdict[]
  readonly evidence: Evidence
  /** Where the recording was copied to, if there is one. */
  readonly recordingFile: string | undefined
}

/**
 * Rehearses one call from ring to record: carrier and engine in a box, the server as it is in production, everything
 * by one clock, nothing left behind. What went wrong in the call is in the verdicts; it rejects when the rehearsal
 * itself could not be held.
 */
export async function runScenario(file: ScenarioFile, options: RehearsalOptions): Promise<Rehearsal> {
  const { speed, provider, keepRecordingIn } = options
  if (provider && speed !== 1)
    throw new HearthlineError('speed_not_possible', 'A real engine speaks in real time: use --speed 1')
  await using stage = await Stage.build(file.scenario, options)
  const evidence = await stage.rehearse(file)
  const verdicts = judge(file.scenario, evidence)
  const recordingFile =
    keepRecordingIn && (await stage.copyRecording(evidence, join(keepRecordingIn, `${file.name}.wav`)))
  const passed = verdicts.every(({ ok }) => ok)
  return { name: file.name, title: file.scenario.title, passed, verdicts, evidence, recordingFile }
}
