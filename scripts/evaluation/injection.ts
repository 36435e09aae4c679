import { INJECTION_THRESHOLD, injectionScore } from '../../src/pipeline/injection/injection-score.ts'
import type { Task } from './task.ts'

export const judge: Task = ({ text }) => {
  const { score } = injectionScore(text)
  return { label: score >= INJECTION_THRESHOLD ? 'injection' : 'benign', score }
}
