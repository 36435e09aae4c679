import { once } from 'node:events'
import { join } from 'node:path'
import { START_FLAGS } from '../server-subject.ts'
import { spawnPinned } from '../subject.ts'
import type { StagesFindings, StagesOrder } from './stages-findings.ts'

/** One subject under one load. */
export interface StagesRound extends StagesOrder {
  readonly findings: StagesFindings
}

export interface StagesRoundOptions extends StagesOrder {
  readonly nodeOptions: readonly string[]
}

const SCRIPT = join(import.meta.dirname, 'stages-process.ts')

/** Has a fresh process play one round, under the flags `npm start` gives to Node. */
export async function runStagesRound({ nodeOptions, ...order }: StagesRoundOptions): Promise<StagesRound> {
  const child = spawnPinned({
    script: SCRIPT,
    args: [JSON.stringify(order)],
    env: {},
    core: undefined,
    nodeOptions: [...START_FLAGS, ...nodeOptions],
  })
  const exited = once(child, 'exit')
  const failed = exited.then(() => Promise.reject(new Error('The measured process ended early. See its output above.')))
  const [findings] = await Promise.race([once(child, 'message'), failed])
  // A profile is written on the way out.
  await exited
  return { ...order, findings }
}
