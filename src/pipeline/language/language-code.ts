/** The languages a call can be recognised in; an ISO 639-1 code each. */
export const LANGUAGES = [
  'en',
  'es',
  'fr',
  'de',
  'it',
  'pt',
  'zh',
  'vi',
  'ko',
  'tl',
  'ru',
  'ar',
  'hi',
  'pl',
  'ht',
] as const

export type LanguageCode = (typeof LANGUAGES)[number]

export function isLanguage(code: string): code is LanguageCode {
  return (LANGUAGES as readonly string[]).includes(code)
}
