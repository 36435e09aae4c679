import { monitorEventLoopDelay } from 'node:perf_hooks'
import { styleText } from 'node:util'
import { z } from 'zod'
import { createClock, sleep } from '../src/lib/clock.ts'
import { HearthlineError } from '../src/lib/errors.ts'
import { createLog } from '../src/lib/log.ts'
import { createSpeech } from '../src/simulator/speech/speech.ts'
import { readCommandLine, runScript } from './command-line.ts'
import { type ChaosCall, planChaos } from './rehearsal/chaos-plan.ts'
import { storyOf } from './rehearsal/chaos-story.ts'
import { type ChaosOutcome, judgeChaos } from './rehearsal/chaos-verdicts.ts'
import { runScenario } from './rehearsal/run-scenario.ts'
import { tableOf } from './table.ts'

const USAGE = `Calls on random engines, each of which fails at a random moment: dropped, stalled, half open, garbage, rate limit.

  npm run chaos                          30 calls
  npm run chaos -- --calls 300           as many as you like, several at once, faster than real time
  npm run chaos -- --stories             tells the talk of each call that failed
  npm run chaos -- --seed 7 --only 12    one call of another run again, with its talk

Nobody may be dropped or left in silence for more than 2 s, nothing may happen twice, and every record must be whole.
Ends with 1 when anything was not so.`

const optionsSchema = z.object({
  calls: z.coerce.number({ error: '--calls takes a number' }).int().min(1).max(10_000).default(30),
  seed: z.coerce.number({ error: '--seed takes a number' }).int().default(1),
  only: z.coerce.number({ error: '--only takes the number of a call' }).int().min(1).optional(),
  speed: z.coerce.number({ error: '--speed takes a number' }).min(0.5).max(8).default(2),
  atOnce: z.coerce.number({ error: '--at-once takes a number' }).int().min(1).max(50).default(4),
  stories: z.boolean().default(false),
})

/** A machine that stood still for longer makes silences of its own: such a call is held again, so often at most. */
const FAIR_DELAY_MS = 100
const ATTEMPTS = 4
const LOOK_MS = 1_000
const LONGEST_WAIT_MS = 120_000

await runScript(main)

async function main(): Promise<number> {
  const { calls, seed, only, speed, atOnce, stories } = readArguments()
  const plan = planChaos(Math.max(calls, only ?? 0), seed).slice(only === undefined ? 0 : only - 1, only)
  const tell = only === undefined ? (stories ? 'failed' : 'none') : 'all'
  const outcomes = await playAll(plan, { speed, atOnce, tell })
  console.log(`\n${gapsByRung(outcomes).join('\n')}\n\n${silencesByFailure(outcomes).join('\n')}`)
  const faulty = outcomes.filter(({ faults }) => faults.length > 0)
  const unjudged = plan.length - outcomes.length
  const late = outcomes.filter(({ cameTooLate }) => cameTooLate)
  console.log(
    `\n${outcomes.length} calls, seed ${seed}: ${outcomes.length - faulty.length} carried through, ${faulty.length} not.`,
    `The failure came after the end of ${late.length}.`,
    unjudged > 0
      ? `${unjudged} could not be judged: the machine did not keep up. Try a lower --speed or --at-once.`
      : '',
  )
  return faulty.length + unjudged === 0 ? 0 : 1
}

function readArguments() {
  const text = { type: 'string' } as const
  const options = {
    calls: text,
    seed: text,
    only: text,
    speed: text,
    'at-once': text,
    stories: { type: 'boolean' } as const,
  }
  const { 'at-once': atOnce, ...values } = readCommandLine({ options }, USAGE).values
  const checked = optionsSchema.safeParse({ ...values, atOnce })
  if (checked.success) return checked.data
  throw new HearthlineError('bad_arguments', checked.error.issues.map(({ message }) => message).join('\n'))
}

async function playAll(
  plan: readonly ChaosCall[],
  { speed, atOnce, tell }: { speed: number; atOnce: number; tell: 'all' | 'failed' | 'none' },
): Promise<ChaosOutcome[]> {
  const log = createLog({ level: 'silent' })
  const speech = createSpeech({ log })
  const waiting = [...plan]
  const outcomes: ChaosOutcome[] = []
  const play = async (call: ChaosCall) => {
    await untilMachineKeepsUp()
    const options = { engine: call.engine, speed, speech, log, configDir: 'config' }
    using machine = watchMachine()
    const { evidence } = await runScenario(call.file, options)
    const outcome = judgeChaos(call, evidence)
    const fair = outcome.faults.length === 0 || machine.lateMs <= FAIR_DELAY_MS
    console.log(lineOf(outcome, machine.lateMs))
    if (tell === 'all' || (tell === 'failed' && fair && outcome.faults.length > 0))
      console.log(storyOf(call, evidence).join('\n'))
    return { outcome, fair }
  }
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      let played = await play(next)
      for (let again = 1; !played.fair && again < ATTEMPTS; again += 1) played = await play(next)
      if (played.fair) outcomes.push(played.outcome)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return outcomes
}

/** Other programs come and go: waits for them for a while. */
async function untilMachineKeepsUp(): Promise<void> {
  const clock = createClock()
  for (let waitedMs = 0; waitedMs < LONGEST_WAIT_MS; waitedMs += LOOK_MS) {
    using machine = watchMachine()
    await sleep(clock, LOOK_MS)
    if (machine.lateMs <= FAIR_DELAY_MS) return
  }
}

/** How long this process was kept from its work at worst, in real ms. */
function watchMachine(): Disposable & { readonly lateMs: number } {
  const delays = monitorEventLoopDelay({ resolution: 10 })
  delays.enable()
  return {
    get lateMs() {
      return Math.round(delays.max / 1e6)
    },
    [Symbol.dispose]: () => void delays.disable(),
  }
}

function lineOf(
  { call, faults, rescues, endReason, longestSilenceMs, cameTooLate }: ChaosOutcome,
  lateMs: number,
): string {
  const verdict = faults.length === 0 ? styleText('green', 'ok    ') : styleText('red', 'FAILED')
  const rungs =
    rescues.map(({ rung, gapMs }) => `${rung} ${gapMs} ms`).join(', ') || (cameTooLate ? 'too late' : 'not met')
  const end = `silent ${Math.round(longestSilenceMs)} ms; ${endReason}${lateMs > FAIR_DELAY_MS ? `; machine late by ${lateMs} ms` : ''}`
  const lines = faults.map((fault) => `         ${fault}`)
  return [
    `${verdict} ${call.file.name.padEnd(10)} ${call.file.scenario.title.padEnd(54)} ${rungs}; ${end}`,
    ...lines,
  ].join('\n')
}

function gapsByRung(outcomes: readonly ChaosOutcome[]): string[] {
  const rescues = outcomes.flatMap((outcome) => outcome.rescues)
  const rungs = [...new Set(rescues.map(({ rung }) => rung))].sort()
  const rows = rungs.map((rung) =>
    rowOf(
      rung,
      rescues.filter((one) => one.rung === rung).map(({ gapMs }) => gapMs),
    ),
  )
  return tableOf(['rescued by', 'times', 'gap p50 ms', 'p90', 'p99', 'longest'], rows)
}

function silencesByFailure(outcomes: readonly ChaosOutcome[]): string[] {
  const met = outcomes.filter(({ cameTooLate }) => !cameTooLate)
  const failures = [...new Set(met.map(({ call }) => call.how))].sort()
  const rows = failures.map((how) =>
    rowOf(
      how,
      met.filter(({ call }) => call.how === how).map(({ longestSilenceMs }) => longestSilenceMs),
    ),
  )
  return tableOf(['failure', 'calls', 'longest silence p50 ms', 'p90', 'p99', 'longest'], rows)
}

function rowOf(name: string, durationsMs: readonly number[]): string[] {
  const sorted = [...durationsMs].sort((a, b) => a - b)
  const quantiles = [0.5, 0.9, 0.99, 1].map((share) => String(Math.round(quantile(sorted, share))))
  return [name, String(sorted.length), ...quantiles]
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0
}
