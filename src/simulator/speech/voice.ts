/** Who speaks: the emulated model, or one of the people who call. */
export const VOICES = ['agent', 'caller', 'caller-2', 'caller-es', 'caller-vi'] as const

export type Voice = (typeof VOICES)[number]

/** What each of them speaks unless it is said otherwise; ISO 639-1. */
export const VOICE_LANGUAGES: Readonly<Record<Voice, string>> = {
  agent: 'en',
  caller: 'en',
  'caller-2': 'en',
  'caller-es': 'es',
  'caller-vi': 'vi',
}
