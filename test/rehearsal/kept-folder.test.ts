import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { loadScenario } from '../../scripts/rehearsal/load-scenarios.ts'
import { runScenario } from '../../scripts/rehearsal/run-scenario.ts'
import { createLog } from '../../src/lib/log.ts'
import { createSpeech } from '../../src/simulator/speech/speech.ts'

it('rehearses again in a folder that is kept', async () => {
  // The second `npm run demo` failed at once: its carrier gave the call the id of the first, which the server found
  // finished in the database and hung up on.
  const folder = await mkdtemp(join(tmpdir(), 'hearthline-kept-'))
  const log = createLog({ level: 'silent' })
  const options = {
    engine: 'openai',
    speed: 4,
    speech: createSpeech({ log }),
    log,
    configDir: 'config',
    folder,
  } as const
  const first = await runScenario(loadScenario('hang-up-in-opening'), options)
  const second = await runScenario(loadScenario('hang-up-in-opening'), options)
  expect([first, second].map(({ verdicts }) => verdicts.filter(({ ok }) => !ok))).toEqual([[], []])
  expect(second.evidence.stored?.callId).not.toBe(first.evidence.stored?.callId)
  await rm(folder, { recursive: true })
})
