import { asksForNumber } from '../../lib/spoken-numbers.ts'
import { wordsOf } from '../../lib/spoken-words.ts'
import { partRead } from '../plain-text.ts'
import type { Finding, Said, StageFactory } from '../stage.ts'
import type { Intent } from './intent.ts'
import { judgeIntent } from './judge-intent.ts'

/** Less sure than this is a guess, and what was found before stands. */
const LEAST_CONFIDENCE = 0.6

/** An answer to a question for a number or an address is short; longer speech after it is a matter of its own. */
const LONGEST_ANSWER_WORDS = 7

const ANSWER_WORDS = new Set(
  "yes yeah yep yup no nope not ok okay sure right correct alright fine please thanks thank you the that that's is it it's one first second both either uh um well and sí si no claro bueno vale correcto gracias eso es oui non ja nein sim não".split(
    ' ',
  ),
)

/** What the caller wants, as the call goes: told when it becomes clear and when it changes. */
export const createIntentStage: StageFactory = (before = []) => {
  let last = before.findLast(({ type }) => type === 'intent found') as { readonly intent: Intent } | undefined
  return {
    name: 'intent',
    hear(said: Said): readonly Finding[] {
      if (said.by !== 'caller' || isAnswer(said)) return []
      const { intent, confidence } = judgeIntent(said.text)
      if (intent === 'other' || intent === last?.intent || confidence < LEAST_CONFIDENCE) return []
      last = { intent }
      return [{ type: 'intent found', intent, confidence }]
    },
  }
}

/** "Yes", "the second one", a number read out, the e-mail address we asked for: it says nothing new of the wish. */
function isAnswer({ text, prompt = '' }: Said): boolean {
  const words = wordsOf(partRead(text))
  const telling = words.filter((word) => !ANSWER_WORDS.has(word) && !/^\d+$/.test(word))
  return telling.length === 0 || (telling.length <= LONGEST_ANSWER_WORDS && asksForNumber(prompt))
}
