/** What stands behind the script's name. Says how the script is called, and ends it, where less than `fewest` do. */
export function argumentsOr(usage: string, fewest = 1): readonly string[] {
  const given = process.argv.slice(2)
  if (given.length >= fewest) return given
  console.error(`usage: node scripts/training/${usage}`)
  process.exit(2)
}
