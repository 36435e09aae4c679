import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

const ROOT = new URL('../../', import.meta.url).pathname

/** Runs `scripts/<name>.ts` over the data in `folder`. Gives what it printed, or its errors when it failed. */
export async function runScript(
  name: string,
  { folder, words, env = {} }: { folder: string; words: readonly string[]; env?: Record<string, string> },
): Promise<string> {
  const run = promisify(execFile)('node', [join(ROOT, 'scripts', `${name}.ts`), ...words], {
    cwd: ROOT,
    env: { ...process.env, ...env, DATA_DIR: folder, DATABASE_URL: '', REDIS_URL: '' },
  })
  return await run.then(
    ({ stdout }) => stdout,
    ({ stderr }: { stderr: string }) => stderr,
  )
}
