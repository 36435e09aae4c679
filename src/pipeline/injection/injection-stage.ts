import type { Said, StageFactory } from '../stage.ts'
import { INJECTION_THRESHOLD, injectionScore } from './injection-score.ts'

/** Notes what the caller says to give the agent orders. It remembers nothing: one order is one finding. */
export function createInjectionStage(): StageFactory {
  return () => ({
    name: 'injection',
    hear({ by, text }: Said) {
      if (by !== 'caller') return []
      const { score } = injectionScore(text)
      return score >= INJECTION_THRESHOLD ? [{ type: 'injection noticed', score }] : []
    },
  })
}
