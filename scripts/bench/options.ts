import { parseArgs } from 'node:util'

/** What the server runs on: a voice model, or listener, thinker and speaker. */
export type BenchEngine = 'openai' | 'cascade'

/** What is held against what: the server on an engine against a relay, or calls that are listened to against others. */
export type Measured = BenchEngine | 'stages'

export interface BenchOptions {
  readonly measured: Measured
  /** Loads to measure, in calls at the same time. */
  readonly calls: readonly number[]
  /** How often the two subjects take turns at each load. */
  readonly rounds: number
  /** How long one of them is measured each time. */
  readonly secondsPerRound: number
  readonly warmUpMs: number
  /** Where the last result is kept; undefined: it is only printed. */
  readonly saveTo: string | undefined
  /** Folder for CPU profiles of the server, or of the process that listens. */
  readonly profileTo: string | undefined
}

export const USAGE = `npm run bench -- [options]
  --engine cascade         the parts of a turn on a cascade, and not the frames of a voice model
  --stages                 what listening costs: the stages, the speech check, the hiding of private numbers
  --calls 20,100,250,400   loads to measure; 50 on a cascade, 200 for the stages
  --seconds 20             how long each subject is measured at each load, in all; 80 on a cascade, 60 for the stages
  --rounds 2               how many turns that time is divided into
  --quick                  a few seconds with 20 calls: does it work at all?
  --save                   keep the result in docs/bench.md
  --profile <folder>       write CPU profiles of what is measured`

/** Reads the command line. Throws with the reason when it cannot be understood. */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      engine: { type: 'string' },
      stages: { type: 'boolean', default: false },
      calls: { type: 'string' },
      seconds: { type: 'string' },
      rounds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      save: { type: 'boolean', default: false },
      profile: { type: 'string' },
    },
  })
  const { quick } = values
  const measured = measuredOf(values)
  const usual = USUAL[measured]
  const rounds = positive('--rounds', values.rounds ?? (quick ? '1' : '2'))
  return {
    measured,
    calls: (values.calls ?? (quick ? '20' : usual.calls)).split(',').map((calls) => positive('--calls', calls)),
    rounds,
    secondsPerRound: positive('--seconds', values.seconds ?? (quick ? '3' : usual.seconds)) / rounds,
    warmUpMs: quick ? 2_000 : usual.warmUpMs,
    saveTo: values.save ? 'docs/bench.md' : undefined,
    profileTo: values.profile,
  }
}

/** A turn is far rarer than a frame: it takes longer to have enough of them for a p99. */
const USUAL = {
  openai: { calls: '20,100,250,400', seconds: '20', warmUpMs: 4_000 },
  cascade: { calls: '50', seconds: '80', warmUpMs: 12_000 },
  stages: { calls: '200', seconds: '60', warmUpMs: 12_000 },
} as const

function measuredOf({ engine, stages }: { engine?: string | undefined; stages: boolean }): Measured {
  if (stages && engine !== undefined) throw new Error('--stages listens without any engine: leave out --engine')
  if (stages) return 'stages'
  if (engine === undefined || engine === 'openai') return 'openai'
  if (engine === 'cascade') return engine
  throw new Error(`--engine: expected openai or cascade, found "${engine}"`)
}

function positive(option: string, text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number > 0) return number
  throw new Error(`${option}: expected whole numbers above 0, found "${text}"`)
}
