import { describe, it } from 'vitest'
import { FAILURES } from './conformance/failures.ts'
import { INTERRUPTIONS } from './conformance/interruptions.ts'
import { SESSIONS } from './conformance/sessions.ts'
import { TOOLS } from './conformance/tools.ts'
import { TURNS } from './conformance/turns.ts'
import type { Provider } from './provider.ts'

/** What every engine must do, whoever is behind it: `Engine` and `EngineSession`, played against its own provider. */
const CASES = { ...TURNS, ...INTERRUPTIONS, ...TOOLS, ...SESSIONS, ...FAILURES }

type CaseName = keyof typeof CASES

/** Leaving a case out takes a reason in words, which the report shows. */
export type LeftOut = Partial<Record<CaseName, string>>

export function describeEngine(name: string, startProvider: () => Promise<Provider>, leftOut: LeftOut = {}): void {
  describe(`${name} as an engine`, () => {
    for (const [title, play] of Object.entries(CASES)) {
      const reason = leftOut[title as CaseName]
      if (reason !== undefined) {
        it.skip(`${title} (left out: ${reason})`, () => undefined)
        continue
      }
      it(title, async () => {
        await using provider = await startProvider()
        await play(provider)
      })
    }
  })
}
