import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'

const ROOT = new URL('../../', import.meta.url).pathname

/** `npm run -s jobs | head -1` printed what was asked for, and then a stack that ended in `write EPIPE`. */
it('ends quietly when nobody reads its output to the end', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'command-line-'))
  const env = { ...process.env, DATA_DIR: folder, DATABASE_URL: '', REDIS_URL: '' }
  const script = spawn('node', [join(ROOT, 'scripts/jobs.ts')], { cwd: ROOT, env })
  script.stdout.destroy()
  const [[code], errors] = await Promise.all([once(script, 'exit'), text(script.stderr)])
  expect({ code, errors }).toEqual({ code: 0, errors: '' })
  rmSync(folder, { recursive: true })
}, 60_000)
