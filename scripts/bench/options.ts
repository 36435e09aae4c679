import { parseArgs } from 'node:util'

export interface BenchOptions {
  /** Loads to measure, in calls at the same time. */
  readonly calls: readonly number[]
  /** How often relay and server take turns at each load. */
  readonly rounds: number
  /** How long one of them is measured each time. */
  readonly secondsPerRound: number
  readonly warmUpMs: number
  /** Where the last result is kept; undefined: it is only printed. */
  readonly saveTo: string | undefined
  /** Folder for CPU profiles of the server. */
  readonly profileTo: string | undefined
}

export const USAGE = `npm run bench -- [options]
  --calls 20,100,250,400   loads to measure
  --seconds 20             how long relay and server are measured at each load, in all
  --rounds 2               how many turns that time is divided into
  --quick                  a few seconds with 20 calls: does it work at all?
  --save                   keep the result in docs/bench.md
  --profile <folder>       write CPU profiles of the server`

/** Reads the command line. Throws with the reason when it cannot be understood. */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      calls: { type: 'string' },
      seconds: { type: 'string' },
      rounds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      save: { type: 'boolean', default: false },
      profile: { type: 'string' },
    },
  })
  const { quick } = values
  const rounds = positive('--rounds', values.rounds ?? (quick ? '1' : '2'))
  return {
    calls: (values.calls ?? (quick ? '20' : '20,100,250,400')).split(',').map((calls) => positive('--calls', calls)),
    rounds,
    secondsPerRound: positive('--seconds', values.seconds ?? (quick ? '3' : '20')) / rounds,
    warmUpMs: quick ? 2_000 : 4_000,
    saveTo: values.save ? 'docs/bench.md' : undefined,
    profileTo: values.profile,
  }
}

function positive(option: string, text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number > 0) return number
  throw new Error(`${option}: expected whole numbers above 0, found "${text}"`)
}
