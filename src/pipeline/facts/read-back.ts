import { wordsOf } from '../../lib/spoken-words.ts'
import { partRead, plainText } from '../plain-text.ts'
import { phoneNumbersIn } from './call-back-number.ts'
import type { CallerFactKey } from './caller-fact.ts'
import type { StatedFact } from './facts-in.ts'
import { loanPurposeIn, propertyUseIn } from './loan-purpose.ts'
import { statesIn } from './property-state.ts'
import { urgencyIn } from './urgency.ts'

/** The question a fact answers: a correction of what we read back is heard as an answer to it. */
export const QUESTION_ABOUT: Readonly<Record<CallerFactKey, string>> = {
  name: 'What is your name?',
  'loan purpose': 'Is it to purchase or to refinance?',
  'property state': 'Which state is the property in?',
  'property use': 'Is it a primary residence or an investment?',
  'call-back number': 'What is the best phone number?',
  'time wish': 'What time works best?',
  urgency: 'How soon do you need it?',
}

/** "Thanks, Maria" names her and asks nothing. */
const ASKS_WHETHER =
  /\?|\b(?:right|correct|confirm|double[ -]check|read (?:it|that) back|is that|did i get|correcto|verdad|confirmar|cierto)\b/

const AGREEMENT =
  /^(?:(?:uh|um|oh|well|okay|ok) )?(?:yes|yeah|yep|yup|yes sir|yes ma'am|uh huh|mm ?hmm|correct|right|exactly|that's (?:right|correct|it|the one|me|fine|good)|that is (?:right|correct)|sure|absolutely|perfect|you got it|sounds (?:good|right)|sí|si|claro|correcto|exacto|así es|eso es|está bien|oui|sim|ja)(?=\s|$)|\b(?:that's|that is) (?:right|correct)$|\b(?:yes|correct|sí|correcto)$/
const DISAGREEMENT =
  /(?<![\p{L}'])(?:no|nope|not|isn't|wrong|incorrect|but|actually|except|wait|change|instead|pero|incorrecto|sino)(?![\p{L}'])/u

/** Whether words of ours repeat a fact and ask whether it is so. */
export function readsBack(text: string, { key, value }: StatedFact): boolean {
  if (!ASKS_WHETHER.test(plainText(text))) return false
  switch (key) {
    case 'call-back number':
      return phoneNumbersIn(text).includes(value)
    case 'property state':
      return statesIn(text).some((state) => state.value === value)
    case 'loan purpose':
      return loanPurposeIn(text, QUESTION_ABOUT[key]) === value
    case 'property use':
      return propertyUseIn(text, QUESTION_ABOUT[key]) === value
    case 'urgency':
      return urgencyIn(text) === value
    case 'name':
    case 'time wish':
      return ` ${wordsOf(text).join(' ')} `.includes(` ${wordsOf(value).join(' ')} `)
    default:
      return key satisfies never
  }
}

/** "Yes", "that's right", "sí, correcto"; "yes, but the last digit is four" is not. */
export function agrees(text: string): boolean {
  const said = wordsOf(partRead(text)).join(' ')
  return AGREEMENT.test(said) && !DISAGREEMENT.test(said)
}
