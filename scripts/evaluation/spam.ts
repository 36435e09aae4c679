import { judgeRobocall } from '../../src/pipeline/robocall/judge-robocall.ts'
import { createRobocallStage } from '../../src/pipeline/robocall/robocall-stage.ts'
import type { Task } from './task.ts'

const openStage = createRobocallStage()

/** Each row is the first that is heard of a call of which nothing is known. */
export const judge: Task = ({ text }) => {
  const suspected = openStage().hear({ by: 'caller', text, atMs: 0 }).length > 0
  return { score: judgeRobocall(text).score, label: suspected ? 'spam' : 'legit' }
}
