import { createInterface } from 'node:readline'
import { ZodError, z } from 'zod'
import { HearthlineError, messageOf } from '../src/lib/errors.ts'
import { readCommandLine, runScript } from './command-line.ts'
import { rowSchema, type Task } from './evaluation/task.ts'

/**
 * How well the call understands what is said, by the very code a call runs. Rows come on standard input and answers go
 * to standard output, one JSON object a line (README, "How well it listens").
 */
interface Judge {
  readonly judge: Task
  /** What the named base line makes of the same row. */
  readonly baseline?: Task
}

const JUDGES: Readonly<Record<string, () => Promise<Judge>>> = {
  language: () => import('./evaluation/language.ts'),
  sentiment: () => import('./evaluation/sentiment.ts'),
  spam: () => import('./evaluation/spam.ts'),
  human_request: () => import('./evaluation/human-request.ts'),
  intent: () => import('./evaluation/intent.ts'),
  pii: () => import('./evaluation/pii.ts'),
  voicemail: () => import('./evaluation/voicemail.ts'),
  injection: () => import('./evaluation/injection.ts'),
}

const USAGE = `npm run -s evaluate -- <task>              rows on standard input: {"id", "text", "prompt"?} a line
npm run -s evaluate -- <task> --baseline   the same by the base line (language: franc, sentiment: AFINN)
npm run -s evaluate -- report [--data <folder>] [--json <file>]
                                           all tasks on labelled rows, beside the base lines

Tasks: ${Object.keys(JUDGES).join(', ')}.`

async function main(): Promise<number> {
  const { positionals, values } = readCommandLine(
    {
      allowPositionals: true,
      options: {
        baseline: { type: 'boolean', default: false },
        data: { type: 'string', default: '../shared/data' },
        json: { type: 'string' },
      },
    },
    USAGE,
  )
  const [name = '', ...more] = positionals
  if (more.length > 0) throw new HearthlineError('bad_arguments', USAGE)
  if (name !== 'report') return await answerRows(await taskOf(name, values.baseline))
  const { report } = await import('./evaluation/report.ts')
  return await report({ dataDir: values.data, jsonFile: values.json })
}

/** The base line's in its place when that is asked for. */
async function taskOf(task: string, baseline: boolean): Promise<Task> {
  const judge = await JUDGES[task]?.()
  const wanted = baseline ? judge?.baseline : judge?.judge
  if (wanted) return wanted
  throw new HearthlineError('bad_arguments', judge ? `The task ${task} has no base line here.` : USAGE)
}

/** Gives 1 when a line could not be read. */
async function answerRows(judge: Task): Promise<number> {
  let line = 0
  let exitCode = 0
  for await (const text of createInterface({ input: process.stdin })) {
    line += 1
    if (text.trim() === '') continue
    try {
      const row = rowSchema.parse(JSON.parse(text))
      process.stdout.write(`${JSON.stringify({ id: row.id, ...judge(row) })}\n`)
    } catch (error) {
      console.error(`line ${line}: ${error instanceof ZodError ? z.prettifyError(error) : messageOf(error)}`)
      exitCode = 1
    }
  }
  return exitCode
}

await runScript(main)
