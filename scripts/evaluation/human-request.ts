import { asksForPerson } from '../../src/pipeline/person-request/person-request.ts'
import type { Task } from './task.ts'

export const judge: Task = ({ text, prompt }) => ({ label: asksForPerson(text, prompt) ? 'yes' : 'no' })
