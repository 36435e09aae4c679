import { type ParseArgsConfig, parseArgs } from 'node:util'
import { HearthlineError } from '../src/lib/errors.ts'

/**
 * Reads the words a script was called with. `--help` prints the usage and ends the process.
 * @throws HearthlineError `bad_arguments` for what the script does not know, with the usage below it.
 */
export function readCommandLine<const Config extends ParseArgsConfig>(
  config: Config,
  usage: string,
): ReturnType<typeof parseArgs<Config>> {
  if (process.argv.includes('--help')) {
    console.log(usage)
    process.exit(0)
  }
  try {
    return parseArgs(config)
  } catch (error) {
    // What parseArgs throws is for the person who typed; anything else is ours.
    if (!(error instanceof TypeError) || !('code' in error)) throw error
    throw new HearthlineError('bad_arguments', `${error.message}\n\n${usage}`)
  }
}

/**
 * A count that was given as an option.
 * @throws HearthlineError `bad_argument` when it is no whole number from 1 on.
 */
export function readLimit(given: string): number {
  const limit = Number(given)
  if (Number.isInteger(limit) && limit >= 1) return limit
  throw new HearthlineError('bad_argument', `--limit is ${given}; give a whole number from 1 on.`)
}

/**
 * Runs a script: what it throws for people is printed as one, and ends with 1. A reader of its output who has seen enough
 * (`| head`) is no failure: it goes on to its end unheard.
 */
export async function runScript(main: () => Promise<number>): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', bearClosedPipe)
  try {
    process.exitCode = await main()
  } catch (error) {
    if (!(error instanceof HearthlineError)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}

function bearClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}
