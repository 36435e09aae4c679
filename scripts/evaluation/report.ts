import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { figuresOf, measureGate } from './licence-gate.ts'

export interface ReportOptions {
  /** Folder with the labelled rows, their scorer (`eval.mjs`) and the figures of the base lines. */
  readonly dataDir: string
  /** Where all figures are also written, as JSON. */
  readonly jsonFile: string | undefined
}

/** Prints every task's figures beside the base lines, and the licence gate's. Gives the scorer's exit code. */
export async function report({ dataDir, jsonFile }: ReportOptions): Promise<number> {
  const scorer = join(dataDir, 'eval.mjs')
  if (!existsSync(scorer)) {
    console.error(`There is no ${scorer}. Name the folder with the labelled rows and their scorer by --data.`)
    return 2
  }
  const evaluate = resolve(import.meta.dirname, '../evaluate.ts')
  const keep = jsonFile === undefined ? [] : ['--json', jsonFile]
  const code = await run([scorer, 'all', ...keep, '--', process.execPath, evaluate, '{task}'])
  reportGate()
  console.log(TRAINED_ON_THEM)
  return code
}

/** What the rows above cannot tell. */
const TRAINED_ON_THEM = `
The models of spam, voicemail, intent, injection and sentiment were trained on these rows among others, and rules were
written beside them: figures on them say that the code runs as it was trained, not how it does on other callers. Each
script in scripts/training/ prints the cross-validated figures.`

function reportGate(): void {
  const gate = measureGate()
  console.log('\n== licence gate: our own sentences (test/pipeline/licence-gate)')
  console.log('half       baits   missed   of them figures   allowed   stopped   over-blocking')
  for (const [half, { baits, missed, allowed, stopped, overBlocking }] of Object.entries(gate)) {
    const figures = figuresOf(missed).length
    const share = `${(100 * overBlocking).toFixed(1)}%`
    const columns = [half.padEnd(8), baits, missed.length, figures, allowed, stopped.length, share]
    console.log(columns.map((value, at) => String(value).padStart(WIDTHS[at]!)).join(''))
  }
}

const WIDTHS = [8, 8, 9, 18, 10, 10, 16]

function run(command: readonly string[]): Promise<number> {
  const { promise, resolve: done, reject } = Promise.withResolvers<number>()
  const child = spawn(process.execPath, command, { stdio: 'inherit' })
  child.on('error', reject)
  child.on('close', (code) => done(code ?? 1))
  return promise
}
