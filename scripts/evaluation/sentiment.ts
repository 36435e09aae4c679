import Sentiment from 'sentiment'
import { judgeMood } from '../../src/pipeline/mood/judge-mood.ts'
import type { Task } from './task.ts'

/** From here on one utterance by itself is called frustrated. */
const FRUSTRATED = 0.5

export const judge: Task = ({ text }) => {
  const { score, frustration } = judgeMood(text)
  return { score, frustration, ...(frustration >= FRUSTRATED ? { label: 'frustrated' } : {}) }
}

const afinn = new Sentiment()

/** The base line: AFINN alone, as the `sentiment` package scores it, per word. */
export const baseline: Task = ({ text }) => ({ score: afinn.analyze(text).comparative })
