import { stripVTControlCharacters } from 'node:util'

/** The lines of a table. The last column is as long as it is; the others as wide as their widest cell. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...all.map((row) => width(row[column] ?? ''))))
  return all.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell)))
      .join('  ')
      .trimEnd(),
  )
}

/** Prints lines under a title, and says so when there are none. */
export function printSection(title: string, lines: readonly string[]): void {
  console.log(title)
  for (const line of lines.length > 0 ? lines : ['None.']) console.log(`  ${line}`)
  console.log()
}

/** As it is seen: colours take no room. */
function width(cell: string): number {
  return stripVTControlCharacters(cell).length
}
