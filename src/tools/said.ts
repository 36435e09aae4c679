import { z } from 'zod'
import { oneLine } from '../lib/one-line.ts'
import { mayBeCalledBack } from '../lib/premium-number.ts'

/** What a caller said, as a model passes it on: one line that is as long as it looks (RELIABILITY S14). */
export function said(longest: number) {
  return z.string().overwrite(oneLine).min(1).max(longest)
}

/** A number to call back, for a person of the office: none that costs whoever calls it (RELIABILITY S8). */
export function saidNumber() {
  return z
    .string()
    .trim()
    .max(40)
    .regex(/^[+\d][\d\s().-]{5,}$/, 'a telephone number in digits')
    .refine(mayBeCalledBack, 'not a whole telephone number with its area code, or one that nobody may be asked to call')
}
