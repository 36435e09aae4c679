import { judgeVoicemail, MACHINE_FROM } from '../../src/pipeline/voicemail/judge-voicemail.ts'
import type { Task } from './task.ts'

export const judge: Task = ({ text }) => {
  const { score } = judgeVoicemail(text)
  return { score, label: score >= MACHINE_FROM ? 'machine' : 'human' }
}
