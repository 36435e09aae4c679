import type { FluxQuery, NovaQuery } from './query.ts'

const FLUX_MULTI = ['en', 'es', 'fr', 'de', 'hi', 'ru', 'pt', 'ja', 'it', 'nl']

/** Of nova-3, in one session by `language=multi` since October 2026 (Deepgram's changelog); before, as Flux. */
const NOVA_3 = [
  ...['af', 'ar', 'be', 'bg', 'bn', 'bs', 'ca', 'cs', 'da', 'de', 'el', 'en', 'es', 'et', 'fa', 'fi', 'fr', 'gl', 'gu'],
  ...['he', 'hi', 'hr', 'hu', 'id', 'it', 'ja', 'kn', 'ko', 'lt', 'lv', 'mk', 'mr', 'ms', 'nl', 'no', 'pl', 'pt', 'ro'],
  ...['ru', 'sk', 'sl', 'sr', 'sv', 'ta', 'te', 'th', 'tl', 'tr', 'uk', 'vi', 'xh', 'zh', 'zu'],
]

/** What `language=multi` of older models knows. */
const NOVA_MULTI = ['en', 'es']

/** Whether there is a model for the language, which is refused otherwise. */
export function hasLanguage({ model, language }: Pick<NovaQuery, 'model' | 'language'>): boolean {
  return language === 'multi' || !model.startsWith('nova-3') || NOVA_3.includes(subtagOf(language))
}

/** The languages a session makes words of, the one it expects first; ISO 639-1. */
export function languagesKnownBy(query: FluxQuery | NovaQuery): readonly string[] {
  if ('language' in query) return query.language === 'multi' ? knownByNova(query) : [subtagOf(query.language)]
  if (query.model === 'flux-general-en') return ['en']
  // Hints are a limit to Flux, and to Nova a leaning.
  return query.language_hint?.map(subtagOf) ?? FLUX_MULTI
}

export function isFluxLanguage(language: string): boolean {
  return FLUX_MULTI.includes(language)
}

function knownByNova({ model, language_hint: hints = [] }: NovaQuery): readonly string[] {
  const known = model.startsWith('nova-3') ? NOVA_3 : NOVA_MULTI
  const expected = hints.length > 0 ? hints.map(subtagOf) : ['en']
  return [...new Set([...expected.filter((hint) => known.includes(hint)), ...known])]
}

function subtagOf(language: string): string {
  return language.split('-', 1)[0]!
}
