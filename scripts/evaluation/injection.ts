import { INJECTION_THRESHOLD, judgeInjection } from '../../src/pipeline/injection/judge-injection.ts'
import type { Task } from './task.ts'

export const judge: Task = ({ text }) => {
  const { score } = judgeInjection(text)
  return { label: score >= INJECTION_THRESHOLD ? 'injection' : 'benign', score }
}
