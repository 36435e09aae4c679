import type { ConversationConfigOverrideAgentLanguage } from '@elevenlabs/types'

/** What an agent can be told to speak (the vendor's types); a conversation in another language is refused. */
const AGENT_LANGUAGES: ReadonlySet<string> = new Set<ConversationConfigOverrideAgentLanguage>([
  ...(['af', 'ar', 'as', 'az', 'be', 'bg', 'bn', 'bs', 'ca', 'cs', 'cy', 'da', 'de', 'el', 'en', 'es', 'et'] as const),
  ...(['fa', 'fi', 'fr', 'ga', 'gl', 'gu', 'ha', 'he', 'hi', 'hr', 'hu', 'hy', 'id', 'is', 'it', 'ja', 'jv'] as const),
  ...(['ka', 'kk', 'kn', 'ko', 'ky', 'lb', 'lt', 'lv', 'mk', 'ml', 'mr', 'ms', 'ne', 'nl', 'no', 'pa', 'pl'] as const),
  ...([
    'ps',
    'pt',
    'pt-br',
    'ro',
    'ru',
    'sd',
    'sk',
    'sl',
    'so',
    'sr',
    'sv',
    'sw',
    'ta',
    'te',
    'th',
    'tl',
    'tr',
  ] as const),
  ...(['uk', 'ur', 'vi', 'zh'] as const),
])

/**
 * ISO 639-1, where we speak BCP 47; Brazilian is the one dialect that has a code of its own. Undefined for a language no
 * agent speaks: its page's own is then left, and the prompt alone says which is meant.
 */
export function agentLanguageOf(language: string): ConversationConfigOverrideAgentLanguage | undefined {
  const tag = language.toLowerCase()
  const code = AGENT_LANGUAGES.has(tag) ? tag : tag.split('-', 1)[0]!
  return AGENT_LANGUAGES.has(code) ? (code as ConversationConfigOverrideAgentLanguage) : undefined
}
