import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A row of the development data: what somebody said, and what it is. */
export interface LabelledRow {
  readonly text: string
  /** Which kind of row, and where it comes from: `caller_dstc11`. */
  readonly slice: string
  /** Absent where the task judges by something else. */
  readonly label?: string | number
  readonly group?: string
}

/** Task to the beginnings of its slices. */
type Slices = Readonly<Record<string, readonly string[]>>

/** The rows of a task, `<task>.dev.jsonl` in that folder. */
export function readRows(folder: string, task: string): LabelledRow[] {
  return readFileSync(join(folder, `${task}.dev.jsonl`), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as LabelledRow)
}

/** What callers said in the rows of those tasks and slices, each once, without the `known`. */
export function readCallers(folder: string, slicesOf: Slices, known: ReadonlySet<string>): string[] {
  const texts = Object.entries(slicesOf).flatMap(([task, slices]) =>
    readRows(folder, task)
      .filter(({ slice }) => slices.some((start) => slice.startsWith(start)))
      .map(({ text }) => text),
  )
  return [...new Set(texts)].filter((text) => !known.has(text))
}
