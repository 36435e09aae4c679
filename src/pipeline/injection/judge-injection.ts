import { LinearModel } from '../text-model/linear-model.ts'
import modelFile from './injection-model.json' with { type: 'json' }
import { markedText, SignReader, SURE_FROM, signOf } from './injection-signs.ts'
import { readPassages } from './passages.ts'

/** Where cross-validation left 2.1 % of innocent texts above: see `scripts/training/train-injection.ts`. */
export const INJECTION_THRESHOLD = SURE_FROM

const model = new LinearModel(modelFile)

export interface InjectionJudgement {
  /** 0: nothing of it, to 1: an order to the agent, for sure. */
  readonly score: number
  /** The signs of an order in what was said, by name; none where the model knows it by its words alone. */
  readonly because: readonly string[]
}

/**
 * How much a text is an order to the agent: to set its rules aside, to be somebody else, to say or reveal what it may
 * not. The most suspicious passage counts, since an order may follow an innocent question. It is for the record alone:
 * what tools may do does not depend on it (RELIABILITY S13), so that what it misses does no harm.
 */
export function judgeInjection(text: string): InjectionJudgement {
  const { passages, hidden } = readPassages(text)
  const reader = new SignReader(passages[0] ?? '')
  const scored = passages.map((passage) => {
    const signs = [...reader.signsIn(passage), ...hidden.map((name) => signOf(name))]
    const probability = model.probability('injection', markedText(passage, signs))
    return {
      // What is an order by its words alone needs no other sign.
      score: reader.isSureOrder(passage) ? SURE_FROM + (1 - SURE_FROM) * probability : probability,
      because: [...new Set(signs.map(({ name }) => name))],
    }
  })
  return scored.reduce((worst, one) => (one.score > worst.score ? one : worst), { score: 0, because: [] })
}
