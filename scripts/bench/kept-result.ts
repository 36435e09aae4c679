import { readFileSync, writeFileSync } from 'node:fs'
import type { Measured } from './options.ts'

const PLACES = {
  openai: ['<!-- last result: written by `npm run bench -- --save` -->', '<!-- end of last result -->'],
  cascade: [
    '<!-- last result on a cascade: written by `npm run bench -- --engine cascade --save` -->',
    '<!-- end of last result on a cascade -->',
  ],
  stages: [
    '<!-- last result of listening: written by `npm run bench -- --stages --save` -->',
    '<!-- end of last result of listening -->',
  ],
} as const satisfies Record<Measured, readonly [string, string]>

/**
 * Puts a result in the place the document keeps for it, over the one before.
 * @throws Error when the document has no such place.
 */
export function keepResult(file: string, measured: Measured, result: string): void {
  const [begin, end] = PLACES[measured]
  const document = readFileSync(file, 'utf8')
  const from = document.indexOf(begin)
  const to = document.indexOf(end)
  if (from < 0 || to < from) throw new Error(`${file} has no place for a result: put "${begin}" and "${end}" there`)
  writeFileSync(file, `${document.slice(0, from) + begin}\n\n${result.trim()}\n\n${document.slice(to)}`)
}
