import type { Task } from './task.ts'

export const judge: Task = () => ({})
