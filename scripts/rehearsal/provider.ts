import { processEnvironment } from '../../src/config/load.ts'
import { HearthlineError } from '../../src/lib/errors.ts'

/**
 * The environment with which the real voice model is reached, `.env` included.
 * @throws HearthlineError `bad_arguments` without a key.
 */
export function providerEnvironment(): Readonly<Record<string, string | undefined>> {
  const env = processEnvironment()
  if (env.OPENAI_API_KEY) return env
  throw new HearthlineError(
    'bad_arguments',
    '--engine openai needs OPENAI_API_KEY. Set it in the environment or in .env, or leave --engine out.',
  )
}
