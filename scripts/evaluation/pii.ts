import { findPrivate } from '../../src/pipeline/privacy/find-private.ts'
import type { Task } from './task.ts'

export const judge: Task = ({ text, prompt }) => ({
  spans: findPrivate(text, prompt === undefined ? {} : { prompt }).map(({ start, end, kind }) => ({
    start,
    end,
    type: kind,
  })),
})
