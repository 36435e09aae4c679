import { expect, it } from 'vitest'
import { Chance } from './chance.ts'
import { actsOf, type Run, runHistory } from './run-history.ts'
import type { CrashPoints } from './world.ts'

/** `HISTORY_RUNS=2500` for the long way, `HISTORY_SEED=17` (and `HISTORY_ACTS=9`) for one run again. */
const { HISTORY_RUNS, HISTORY_SEED, HISTORY_ACTS, HISTORY_FIRST_SEED } = process.env
const RUNS = Number(HISTORY_RUNS ?? 80)
const FIRST_SEED = Number(HISTORY_FIRST_SEED ?? 1)
/** So much of a run with a breach is shown. */
const TOLD_ENTRIES = 40

const only = HISTORY_SEED === undefined ? [] : [Number(HISTORY_SEED)]
const seeds = only.length > 0 ? only : Array.from({ length: RUNS }, (_, n) => FIRST_SEED + n)

it(
  `keeps I1 to I4, I6 and I7 in ${seeds.length} seeded runs with crashes, lost answers and callbacks in any order`,
  async () => {
    const figures = newFigures()
    for (const seed of seeds) {
      const run = await runHistory(seed, {
        crashPoints: figures.crashPoints,
        ...(HISTORY_ACTS !== undefined && { acts: Number(HISTORY_ACTS) }),
      })
      count(figures, run)
      if (run.breaches.length > 0) expect.fail(await tellOf(run))
    }
    if (only.length === 0) expectThatMuchHappened(figures)
    if (HISTORY_RUNS !== undefined) console.log(toTable(figures))
  },
  120_000 + RUNS * 2_000,
)

it('lives through the same run again for the same seed', async () => {
  const seed = new Chance(Date.now()).int(1, 1_000_000)
  const [first, again] = [await runHistory(seed), await runHistory(seed)]
  expect(again.entries).toEqual(first.entries)
})

interface Figures {
  runs: number
  steps: number
  crashes: number
  readonly crashPoints: CrashPoints
  /** Effects, faults and what callers were told. */
  readonly happened: Map<string, number>
}

function newFigures(): Figures {
  return { runs: 0, steps: 0, crashes: 0, crashPoints: new Map(), happened: new Map() }
}

function count(figures: Figures, { entries, steps }: Run): void {
  figures.runs += 1
  figures.steps += steps
  const add = (what: string) => figures.happened.set(what, (figures.happened.get(what) ?? 0) + 1)
  for (const entry of entries) {
    if (entry.type === 'crash') figures.crashes += 1
    if (entry.type === 'effect') add(`effect: ${entry.what}`)
    if (entry.type === 'fault') add(`fault: ${entry.what}`)
    if (entry.type === 'told') add(`told: ${entry.what}`)
    if (entry.type === 'spoken') add('spoken to')
  }
}

/** A check that nothing ever comes by has shown nothing. */
function expectThatMuchHappened({ crashPoints, happened, runs }: Figures): void {
  const deadlyPoints = [...crashPoints.values()].filter(({ died }) => died > 0).length
  expect(deadlyPoints).toBeGreaterThan(40)
  for (const what of ['effect: text', 'effect: call', 'effect: event put', 'told: booked', 'told: confirming'])
    expect(happened.get(what) ?? 0, what).toBeGreaterThan(runs / 10)
}

async function tellOf({ seed, acts, breaches, entries }: Run): Promise<string> {
  const fewest = await shrunk(seed, acts)
  const last = entries
    .slice(-TOLD_ENTRIES)
    .map((entry) => `${new Date(entry.at).toISOString()} ${JSON.stringify(entry)}`)
  const again = `HISTORY_SEED=${seed} HISTORY_ACTS=${fewest} npx vitest run test/history/history.test.ts`
  return [
    `Seed ${seed} breaks a promise:`,
    ...breaches,
    `Again, with ${fewest} of ${acts} acts: ${again}`,
    ...last,
  ].join('\n')
}

/** The fewest acts of this seed after which something is wrong still. */
async function shrunk(seed: number, acts: number): Promise<number> {
  for (let fewer = 1; fewer < acts; fewer += 1) {
    if ((await runHistory(seed, { acts: fewer })).breaches.length > 0) return fewer
  }
  return Math.min(acts, actsOf(seed))
}

function toTable({ runs, steps, crashes, crashPoints, happened }: Figures): string {
  const points = [...crashPoints]
  const deadly = points.filter(([, { died }]) => died > 0)
  const never = points.filter(([, { died }]) => died === 0).map(([point, { passed }]) => `  ${passed} x ${point}`)
  return [
    `runs ${runs}, steps ${steps}, crashes ${crashes}, crash points ${points.length}, of them deadly ${deadly.length}`,
    ...[...happened].sort().map(([what, times]) => `${times} ${what}`),
    ...['passed, and nobody died there:', ...never],
  ].join('\n')
}
