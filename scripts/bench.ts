import { resolve } from 'node:path'
import { openCascadePlay } from './bench/cascade/cascade-play.ts'
import { isBroken as isTurnBroken, summariseTurns } from './bench/cascade/cascade-rows.ts'
import { reportTurns } from './bench/cascade/cascade-table.ts'
import { keepResult } from './bench/kept-result.ts'
import { type BenchEngine, type BenchOptions, readOptions, USAGE } from './bench/options.ts'
import { pinBench, SUBJECT_CORE } from './bench/pinning.ts'
import { openRealtimePlay } from './bench/play.ts'
import { relaySubject } from './bench/relay-subject.ts'
import { type RoundOptions, runRound } from './bench/round.ts'
import { serverSubject } from './bench/server-subject.ts'
import { STAGES_SUBJECTS } from './bench/stages/stages-findings.ts'
import { runStagesRound } from './bench/stages/stages-round.ts'
import { isBroken as isListeningBroken, summariseStages } from './bench/stages/stages-rows.ts'
import { misses, reportStages } from './bench/stages/stages-table.ts'
import { isBroken, summarise } from './bench/summary.ts'
import { describeSurroundings, report } from './bench/table.ts'

/**
 * Measures the server against a bare WebSocket relay, in turns and under the same load: what it costs, how long it
 * holds frames up, whether it loses any; on a cascade, how long it holds up a turn. This process plays carrier and
 * engine. Or measures calls that are listened to against calls that are not. docs/bench.md explains the figures.
 */
const options = readOptionsOrExit()
const BENCHES = { openai: benchFrames, cascade: benchTurns, stages: benchStages }
let roundsFailed = 0
// The stages have all cores, as on a server: this process only waits for them.
const pinned = options.measured !== 'stages' && pinBench()
const core = pinned ? SUBJECT_CORE : undefined
const surroundings = describeSurroundings({ ...options, pinned })
const { result, broken } = await BENCHES[options.measured]()
process.stdout.write(`\n${result}`)
if (options.saveTo) keepResult(resolve(import.meta.dirname, '..', options.saveTo), options.measured, result)
if (roundsFailed > 0) process.stdout.write(`${roundsFailed} rounds failed and are not in the table.\n`)
process.exit(roundsFailed > 0 || broken ? 1 : 0)

async function benchFrames() {
  const rows = summarise(await runAgainstRelay('openai', openRealtimePlay))
  return { result: report(rows, surroundings), broken: rows.some(isBroken) }
}

async function benchTurns() {
  const rows = summariseTurns(await runAgainstRelay('cascade', openCascadePlay))
  return { result: reportTurns(rows, surroundings), broken: rows.some(isTurnBroken) }
}

async function benchStages() {
  const rounds = await runAll(STAGES_SUBJECTS, (subject, { calls, nodeOptions }) =>
    runStagesRound({ subject, calls, seconds: options.secondsPerRound, warmUpMs: options.warmUpMs, nodeOptions }),
  )
  const rows = summariseStages(rounds)
  return { result: reportStages(rows, surroundings), broken: rows.some(isListeningBroken) || misses(rows) }
}

function runAgainstRelay<Found>(engine: BenchEngine, openPlay: RoundOptions<Found>['openPlay']) {
  const subjects = { relay: relaySubject, server: serverSubject(engine) }
  return runAll(['relay', 'server'], (name, { calls, nodeOptions }) => {
    const { secondsPerRound: seconds, warmUpMs } = options
    return runRound({ subject: subjects[name], openPlay, calls, seconds, warmUpMs, core, nodeOptions })
  })
}

/** The subjects take turns; the last of them is the one that is profiled. */
async function runAll<Name extends string, Ran>(
  subjects: readonly Name[],
  run: (subject: Name, under: { calls: number; nodeOptions: readonly string[] }) => Promise<Ran>,
): Promise<Ran[]> {
  const { calls: loads, rounds, profileTo } = options
  const profiling = profileTo === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${resolve(profileTo)}`]
  const done: Ran[] = []
  for (const calls of loads) {
    for (let round = 1; round <= rounds; round++) {
      for (const subject of subjects) {
        process.stdout.write(`${calls} calls, ${subject}, round ${round} of ${rounds}\n`)
        const nodeOptions = subject === subjects.at(-1) ? profiling : []
        try {
          done.push(await run(subject, { calls, nodeOptions }))
        } catch (error) {
          // The other rounds are worth knowing all the same.
          roundsFailed++
          process.stderr.write(`This round failed: ${error instanceof Error ? error.message : String(error)}\n`)
        }
      }
    }
  }
  return done
}

function readOptionsOrExit(): BenchOptions {
  if (process.argv.includes('--help')) {
    process.stdout.write(`${USAGE}\n`)
    process.exit(0)
  }
  try {
    return readOptions(process.argv.slice(2))
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}\n`)
    process.exit(2)
  }
}
