import { MACHINE_FROM, voicemailScore } from '../../src/pipeline/voicemail/voicemail-score.ts'
import type { Task } from './task.ts'

export const judge: Task = ({ text }) => {
  const { score } = voicemailScore(text)
  return { score, label: score >= MACHINE_FROM ? 'machine' : 'human' }
}
