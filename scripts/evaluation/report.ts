import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { measureGate } from './licence-gate.ts'

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
  console.log('\n== licence gate (our own sentences, held out)')
  for (const [name, value] of Object.entries(measureGate())) console.log(`  ${name.padEnd(40)} ${value}`)
  return code
}

function run(command: readonly string[]): Promise<number> {
  const { promise, resolve: done, reject } = Promise.withResolvers<number>()
  const child = spawn(process.execPath, command, { stdio: 'inherit' })
  child.on('error', reject)
  child.on('close', (code) => done(code ?? 1))
  return promise
}
