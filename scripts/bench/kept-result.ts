import { readFileSync, writeFileSync } from 'node:fs'

const BEGIN = '<!-- last result: written by `npm run bench -- --save` -->'
const END = '<!-- end of last result -->'

/**
 * Puts a result in the place the document keeps for it, over the one before.
 * @throws Error when the document has no such place.
 */
export function keepResult(file: string, result: string): void {
  const document = readFileSync(file, 'utf8')
  const from = document.indexOf(BEGIN)
  const to = document.indexOf(END)
  if (from < 0 || to < from) throw new Error(`${file} has no place for a result: put "${BEGIN}" and "${END}" there`)
  writeFileSync(file, `${document.slice(0, from) + BEGIN}\n\n${result.trim()}\n\n${document.slice(to)}`)
}
