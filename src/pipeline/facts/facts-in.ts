import { callBackNumberIn } from './call-back-number.ts'
import type { CallerFactKey } from './caller-fact.ts'
import { callerNameIn } from './caller-name.ts'
import { loanPurposeIn, propertyUseIn } from './loan-purpose.ts'
import { propertyStateIn } from './property-state.ts'
import { timeWishIn } from './time-wish.ts'
import { urgencyIn } from './urgency.ts'

export interface StatedFact {
  readonly key: CallerFactKey
  readonly value: string
}

type Reader = (text: string, prompt?: string) => string | undefined

/**
 * Who reads which fact. Income, credit, debts, numbers of identity and protected traits are nobody's here: asking for
 * them is taking an application (RELIABILITY C11), or forbidden (C14).
 */
const READERS: readonly (readonly [CallerFactKey, Reader])[] = [
  ['name', callerNameIn],
  ['loan purpose', loanPurposeIn],
  ['property state', propertyStateIn],
  ['property use', propertyUseIn],
  ['call-back number', callBackNumberIn],
  ['time wish', timeWishIn],
  ['urgency', urgencyIn],
]

/**
 * What a caller says of themselves and their matter, in English or Spanish. `prompt`: our question before it, by which
 * "Texas" is where the property is and "Maria Lopez" a name. At most one value of each key: what was denied or taken
 * back in the same breath is left out.
 */
export function factsIn(text: string, prompt?: string): readonly StatedFact[] {
  return READERS.flatMap(([key, read]) => {
    const value = read(text, prompt)
    return value === undefined ? [] : [{ key, value }]
  })
}
