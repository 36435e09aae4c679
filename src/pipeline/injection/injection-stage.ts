import type { Said, StageFactory } from '../stage.ts'
import { INJECTION_THRESHOLD, judgeInjection } from './judge-injection.ts'

/** Notes what the caller says to give the agent orders. It remembers nothing: one order is one finding. */
export const createInjectionStage: StageFactory = () => ({
  name: 'injection',
  hear({ by, text }: Said) {
    if (by !== 'caller') return []
    const { score } = judgeInjection(text)
    return score >= INJECTION_THRESHOLD ? [{ type: 'injection noticed', score }] : []
  },
})
