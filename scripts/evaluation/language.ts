import { franc } from 'franc'
import { judgeLanguage } from '../../src/pipeline/language/judge-language.ts'
import type { Task } from './task.ts'

/** The judgement of the call itself; `und` leaves a call in the language it is in. */
export const judge: Task = ({ text }) => ({ label: judgeLanguage(text).language })

/** franc's names of our languages, ISO 639-3. */
const FRANC_NAMES = {
  eng: 'en',
  spa: 'es',
  fra: 'fr',
  deu: 'de',
  ita: 'it',
  por: 'pt',
  cmn: 'zh',
  vie: 'vi',
  kor: 'ko',
  tgl: 'tl',
  rus: 'ru',
  arb: 'ar',
  hin: 'hi',
  pol: 'pl',
  hat: 'ht',
} as const

type FrancName = keyof typeof FRANC_NAMES

/** The base line: franc choosing among the same languages, however short the text. */
export const baseline: Task = ({ text }) => {
  const only = Object.keys(FRANC_NAMES)
  return { label: FRANC_NAMES[franc(text, { only, minLength: 1 }) as FrancName] ?? 'und' }
}
