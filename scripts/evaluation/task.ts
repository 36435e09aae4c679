import { z } from 'zod'

/** A row of the evaluation: what a caller said and, where we had just asked something, our question. */
export const rowSchema = z.object({ id: z.string(), text: z.string(), prompt: z.string().exactOptional() })

export type Row = z.output<typeof rowSchema>

/** What is said of a row, in the words of the line protocol (see the README): `label`, `score`, `spans`. */
export type Answer = Record<string, unknown>

/** Judges rows by the same code as a call. */
export type Task = (row: Row) => Answer
