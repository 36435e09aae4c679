import { execFileSync } from 'node:child_process'
import { cpus } from 'node:os'

/** The measured process runs on one core, the bench on another, so that neither takes from the other. */
export const SUBJECT_CORE = 0
const BENCH_CORE = 1

/** Pins this process to its core. False where that cannot be done: one core, or no `taskset`. */
export function pinBench(): boolean {
  if (cpus().length < 2) return false
  try {
    execFileSync('taskset', ['--all-tasks', '--cpu-list', '--pid', String(BENCH_CORE), String(process.pid)])
    return true
  } catch {
    return false
  }
}
