import { readdirSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { Problems } from '../../src/config/problems.ts'
import { readYamlFile } from '../../src/config/yaml-file.ts'
import { HearthlineError } from '../../src/lib/errors.ts'
import { type Scenario, scenarioSchema } from '../../src/simulator/scenario.ts'

/** A scenario and where it stands. */
export interface ScenarioFile {
  /** The file's name without `.yaml`: what it is called on the command line. */
  readonly name: string
  readonly file: string
  readonly scenario: Scenario
}

const SCENARIOS_DIR = resolve(import.meta.dirname, '../../scenarios')

/** The names of all scenarios in a folder, in order. */
export function scenarioNames(folder: string = SCENARIOS_DIR): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => basename(file, '.yaml'))
    .sort()
}

/**
 * Reads one scenario.
 * @throws HearthlineError `scenario_unknown`, whose message lists those there are; `bad_config`, whose message names
 * file, line and key of every fault.
 */
export function loadScenario(name: string, folder: string = SCENARIOS_DIR): ScenarioFile {
  const names = scenarioNames(folder)
  if (!names.includes(name)) {
    throw new HearthlineError('scenario_unknown', `There is no scenario ${name}. Scenarios: ${names.join(', ')}.`)
  }
  const file = join(folder, `${name}.yaml`)
  const problems = new Problems()
  const scenario = readYamlFile(file, scenarioSchema, problems)
  if (!scenario) throw problems.toError()
  return { name, file, scenario }
}
