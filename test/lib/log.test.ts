import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync } from 'node:fs'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'

/** Logs more than any pipe holds, then says on its error output how it is. */
const CHATTY = `
  import { createLog } from ${JSON.stringify(resolve('src/lib/log.ts'))}
  process.on('uncaughtException', (error) => log.fatal({ error: error.message }, 'bug'))
  const log = createLog({ level: 'info' })
  for (let nth = 0; nth < 2000; nth++) log.info({ nth, text: 'x'.repeat(200) }, 'line')
  setTimeout(() => process.stderr.write('alive'), 10)
`

it.skipIf(!existsSync('/dev/full'))(
  'loses its lines, and nothing else, on a full disk',
  async () => {
    // ENOSPC under the log became an uncaught exception, which was logged as fatal, which made pino wait in a loop for
    // the disk: the process hung with all its calls.
    const full = openSync('/dev/full', 'w')
    try {
      const child = run(full)
      expect(await text(child.stderr)).toBe('alive')
    } finally {
      closeSync(full)
    }
  },
  20_000,
)

it('loses lines, but never half of one, to a pipe that nobody reads', async () => {
  // A log reader that stalled held every call up, from the moment its pipe was full until it went on.
  const child = run('pipe')
  await once(child.stderr, 'data')
  const lines = (await text(child.stdout)).split('\n').slice(0, -1)
  const kept = lines.map((line): number => JSON.parse(line).nth)
  expect(kept.length).toBeLessThan(2_000)
  expect(kept).toEqual(kept.toSorted((a, b) => a - b))
}, 20_000)

it.each([
  [false, { msg: 'said' }],
  [true, { msg: 'said', pii: { words: ['my card is [card]'], age: 40 } }],
])('shows what a caller said only when asked to (%s), and private numbers never', async (showPii, expected) => {
  const script = `
    import { createLog } from ${JSON.stringify(resolve('src/lib/log.ts'))}
    const hide = (text) => text.replace(/[0-9]{16}/, '[card]')
    createLog({ level: 'info', showPii: ${showPii}, hide }).info({ pii: { words: ['my card is 4111111111111111'], age: 40 } }, 'said')
  `
  const { stdout } = run('pipe', script)
  const { level: _level, time: _time, pid: _pid, hostname: _hostname, ...line } = JSON.parse(await text(stdout))
  expect(line).toEqual(expected)
})

function run(stdout: number | 'pipe', script = CHATTY) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', stdout, 'pipe'] })
  const { stderr, stdout: read } = child
  if (!stderr) throw new Error('the error output was to be a pipe')
  return { stderr, stdout: read ?? Readable.from([]) }
}
