import { createInterface } from 'node:readline'
import { messageOf } from '../src/lib/errors.ts'
import type { Row, Task } from './evaluation/task.ts'

/**
 * `npm run -s evaluate -- <task>`: reads rows as JSON lines, writes an answer for each, by the very code a call runs.
 */
const TASKS: Readonly<Record<string, () => Promise<{ judge: Task }>>> = {
  language: () => import('./evaluation/language.ts'),
  sentiment: () => import('./evaluation/sentiment.ts'),
  spam: () => import('./evaluation/spam.ts'),
  human_request: () => import('./evaluation/human-request.ts'),
  intent: () => import('./evaluation/intent.ts'),
  pii: () => import('./evaluation/pii.ts'),
  voicemail: () => import('./evaluation/voicemail.ts'),
  injection: () => import('./evaluation/injection.ts'),
}

const usage = `usage: npm run -s evaluate -- <task>\n\nTasks: ${Object.keys(TASKS).join(', ')}. Rows come on standard input, one JSON object {"id", "text", "prompt"?} a line.`

const [name = ''] = process.argv.slice(2)
const load = TASKS[name]
if (!load) {
  console.error(usage)
  process.exit(2)
}
const { judge } = await load()
let line = 0
for await (const text of createInterface({ input: process.stdin })) {
  line += 1
  if (text.trim() === '') continue
  try {
    const row = JSON.parse(text) as Row
    process.stdout.write(`${JSON.stringify({ id: row.id, ...judge(row) })}\n`)
  } catch (error) {
    console.error(`line ${line}: ${messageOf(error)}`)
    process.exitCode = 1
  }
}
