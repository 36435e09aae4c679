import { judgeIntent } from '../../src/pipeline/intent/judge-intent.ts'
import type { Task } from './task.ts'

export const judge: Task = ({ text }) => ({ label: judgeIntent(text).intent })
