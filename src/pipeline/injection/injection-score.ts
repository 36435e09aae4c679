import { readFileSync } from 'node:fs'
import { LinearModel } from '../text-model/linear-model.ts'
import { isSureOrder, markedText, signOf, signsIn } from './injection-signs.ts'
import { plainText } from './plain-text.ts'

/** Where cross-validation left 2.1 % of innocent texts above: see `scripts/training/train-injection.ts`. */
export const INJECTION_THRESHOLD = 0.45

/** The least score of such an order. */
const SURE_FROM = 0.5

const model = new LinearModel(JSON.parse(readFileSync(new URL('injection-model.json', import.meta.url), 'utf8')))

export interface InjectionScore {
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
export function injectionScore(text: string): InjectionScore {
  const { passages, hidden } = plainText(text)
  const scored = passages.map((passage) => {
    const signs = [...signsIn(passage), ...hidden.map((name) => signOf(name))]
    const probability = model.probability('injection', markedText(passage, signs))
    return {
      // What is an order by its words alone needs no other sign.
      score: isSureOrder(passage) ? SURE_FROM + (1 - SURE_FROM) * probability : probability,
      because: [...new Set(signs.map(({ name }) => name))],
    }
  })
  return scored.reduce((worst, one) => (one.score > worst.score ? one : worst), { score: 0, because: [] })
}

// An expression is compiled when it is first and again when it is next used, for Latin letters and for others: here, so
// that no call waits for it.
const WARM_UP = ['I called about the loan.', 'Я звоню насчёт кредита.']
for (const text of [...WARM_UP, ...WARM_UP, ...WARM_UP]) injectionScore(text)
