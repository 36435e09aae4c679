import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { findPrivate } from '../../../src/pipeline/privacy/find-private.ts'

/** Rows of the evaluation's development data, which lies beside the repository where somebody has it. */
const ROWS = new URL('../../../../shared/data/pii.dev.jsonl', import.meta.url)

interface Row {
  readonly text: string
  readonly prompt?: string
  readonly spans: readonly { readonly start: number; readonly end: number; readonly type: string }[]
}

it.skipIf(!existsSync(ROWS))(
  'finds 97 % of the private spans of the development rows (skipped where they are absent)',
  () => {
    const rows = readFileSync(ROWS, 'utf8').split('\n').filter(Boolean).map(readRow)
    const demanded = rows.flatMap((row) =>
      row.spans.filter(({ type }) => type !== 'OPT').map((span) => ({ row, span })),
    )
    const found = demanded.filter(({ row: { text, prompt }, span }) =>
      findPrivate(text, prompt === undefined ? {} : { prompt }).some(
        ({ start, end }) => start <= span.start && end >= span.end,
      ),
    )
    expect(found.length / demanded.length).toBeGreaterThanOrEqual(0.97)

    const clean = rows.filter(({ spans }) => spans.length === 0)
    const touched = clean.filter(
      ({ text, prompt }) => findPrivate(text, prompt === undefined ? {} : { prompt }).length > 0,
    )
    expect(touched.length / clean.length).toBeLessThanOrEqual(0.01)
  },
)

function readRow(line: string): Row {
  return JSON.parse(line) as Row
}
