interface Judged {
  readonly label: string
  readonly slice: string
}

const FALSE_POSITIVES = [0.002, 0.01]

/** Prints, per slice, the share of robocalls that score above all but so many of the callers. */
export function printRecalls(title: string, rows: readonly Judged[], scores: readonly number[]): void {
  const callers = scores.filter((_, at) => rows[at]!.label === 'caller').toSorted((a, b) => b - a)
  for (const share of FALSE_POSITIVES) {
    const cut = callers[Math.floor(share * callers.length)] ?? 0
    const slices = new Set(rows.filter(({ label }) => label === 'robocall').map(({ slice }) => slice))
    const recalls = [...slices].map((slice) => `${slice} ${recall(rows, scores, slice, cut)}`)
    console.log(`${title}, above ${cut.toFixed(3)} (${share * 100} % of callers): ${recalls.join(', ')}`)
  }
}

function recall(rows: readonly Judged[], scores: readonly number[], slice: string, cut: number): string {
  const own = scores.filter((_, at) => rows[at]!.slice === slice)
  return `${((100 * own.filter((score) => score > cut).length) / own.length).toFixed(1)} %`
}
