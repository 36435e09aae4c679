import { resolve } from 'node:path'
import { openCascadePlay } from './bench/cascade/cascade-play.ts'
import { isBroken as isTurnBroken, summariseTurns } from './bench/cascade/cascade-rows.ts'
import { reportTurns } from './bench/cascade/cascade-table.ts'
import { keepResult } from './bench/kept-result.ts'
import { type BenchOptions, readOptions, USAGE } from './bench/options.ts'
import { pinBench, SUBJECT_CORE } from './bench/pinning.ts'
import { openRealtimePlay } from './bench/play.ts'
import { relaySubject } from './bench/relay-subject.ts'
import { type Round, type RoundOptions, runRound } from './bench/round.ts'
import { serverSubject } from './bench/server-subject.ts'
import { isBroken, summarise } from './bench/summary.ts'
import { describeSurroundings, report } from './bench/table.ts'

/**
 * Measures the server against a bare WebSocket relay, in turns and under the same load: what it costs, how long it
 * holds frames up, whether it loses any; on a cascade, how long it holds up a turn. This process plays carrier and
 * engine; docs/bench.md explains the figures.
 */
const options = readOptionsOrExit()
let roundsFailed = 0
const pinned = pinBench()
const surroundings = describeSurroundings({ ...options, pinned })
const { result, broken } = options.engine === 'cascade' ? await benchTurns() : await benchFrames()
process.stdout.write(`\n${result}`)
if (options.saveTo) keepResult(resolve(import.meta.dirname, '..', options.saveTo), options.engine, result)
if (roundsFailed > 0) process.stdout.write(`${roundsFailed} rounds failed and are not in the table.\n`)
process.exit(roundsFailed > 0 || broken ? 1 : 0)

async function benchFrames() {
  const rows = summarise(await runAll(options, openRealtimePlay))
  return { result: report(rows, surroundings), broken: rows.some(isBroken) }
}

async function benchTurns() {
  const rows = summariseTurns(await runAll(options, openCascadePlay))
  return { result: reportTurns(rows, surroundings), broken: rows.some(isTurnBroken) }
}

async function runAll<Found>(
  { engine, calls: loads, rounds, secondsPerRound, warmUpMs, profileTo }: BenchOptions,
  openPlay: RoundOptions<Found>['openPlay'],
): Promise<Round<Found>[]> {
  const core = pinned ? SUBJECT_CORE : undefined
  const profiling = profileTo === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${resolve(profileTo)}`]
  const done: Round<Found>[] = []
  for (const calls of loads) {
    for (let round = 1; round <= rounds; round++) {
      for (const subject of [relaySubject, serverSubject(engine)]) {
        process.stdout.write(`${calls} calls, ${subject.name}, round ${round} of ${rounds}\n`)
        const nodeOptions = subject.name === 'server' ? profiling : []
        try {
          done.push(await runRound({ subject, openPlay, calls, seconds: secondsPerRound, warmUpMs, core, nodeOptions }))
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
  try {
    return readOptions(process.argv.slice(2))
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}\n`)
    process.exit(2)
  }
}
