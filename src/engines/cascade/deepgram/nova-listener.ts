import type { Deepgram, DeepgramClient } from '@deepgram/sdk'
import { languageOf } from '../../../lib/language-tag.ts'
import type { Listener } from '../listener.ts'
import { parseNovaMessage } from './nova-messages.ts'
import { NovaTurns } from './nova-turns.ts'
import { type DeepgramOptions, openSession, type Query } from './open-session.ts'

export interface NovaSettings {
  /** Silence that ends a turn. */
  readonly endpointingMs: number
  /** A turn ends at the latest when so long no new word came; 1000 or more. */
  readonly utteranceEndMs: number
  /** Names and terms callers are likely to say. */
  readonly keyterms: readonly string[]
  /** Callers may change language within a sentence. */
  readonly multilingual: boolean
}

export interface NovaListenerOptions extends DeepgramOptions {
  /** `nova-3` and its kin. */
  readonly model: string
  readonly settings: NovaSettings
}

/** Deepgram v1/listen: words as they come, turns by silence. Hurries when asked to. */
export function createNovaListener(options: NovaListenerOptions): Listener {
  const { model, settings, clock } = options
  return {
    name: `deepgram ${model}`,
    model,
    provider: 'deepgram',
    multilingual: settings.multilingual,
    understands: (language) => knownBy(options).has(languageOf(language)),
    open: (opening) =>
      openSession(options, opening, {
        path: 'v1/listen',
        query: describeQuery(options, opening),
        parse: parseNovaMessage,
        greeting: undefined,
        control: CONTROL,
        createTurns: (emit) => new NovaTurns({ ...settings, clock, emit }),
      }),
  }
}

/** Deepgram hangs up after 10 s without audio or a message (contract, section 2). */
const CONTROL = {
  keepAlive: { afterMs: 4_000, send: { type: 'KeepAlive' } satisfies Deepgram.listen.ListenV1KeepAlive },
  hurry: { type: 'Finalize' } satisfies Deepgram.listen.ListenV1Finalize,
  close: { type: 'CloseStream' } satisfies Deepgram.listen.ListenV1CloseStream,
}

/**
 * Of nova-3 (Deepgram's Nova-3 language prompting page): `language=multi` hears them all in one session since October
 * 2026. One language at a time a few of them are missing, and a session in one is refused.
 */
const NOVA_3: ReadonlySet<string> = new Set([
  ...['af', 'ar', 'be', 'bg', 'bn', 'bs', 'ca', 'cs', 'da', 'de', 'el', 'en', 'es', 'et', 'fa', 'fi', 'fr', 'gl', 'gu'],
  ...['he', 'hi', 'hr', 'hu', 'id', 'it', 'ja', 'kn', 'ko', 'lt', 'lv', 'mk', 'mr', 'ms', 'nl', 'no', 'pl', 'pt', 'ro'],
  ...['ru', 'sk', 'sl', 'sr', 'sv', 'ta', 'te', 'th', 'tl', 'tr', 'uk', 'vi', 'xh', 'zh', 'zu'],
])
/** Of nova-2 (Deepgram's models page), in one session and one at a time. */
const NOVA_2_MULTI: ReadonlySet<string> = new Set(['en', 'es'])
const NOVA_2: ReadonlySet<string> = new Set([
  ...['bg', 'ca', 'cs', 'da', 'de', 'el', 'en', 'es', 'et', 'fi', 'fr', 'hi', 'hu', 'id', 'it', 'ja', 'ko', 'lt', 'lv'],
  ...['ms', 'nl', 'no', 'pl', 'pt', 'ro', 'ru', 'sk', 'sv', 'th', 'tr', 'uk', 'vi', 'zh'],
])

function knownBy({ model, settings }: NovaListenerOptions): ReadonlySet<string> {
  if (model.startsWith('nova-3')) return NOVA_3
  return settings.multilingual ? NOVA_2_MULTI : NOVA_2
}

/** The SDK's type does not know the hint yet. */
type QueryName = keyof Parameters<DeepgramClient['listen']['v1']['connect']>[0] | 'language_hint'

function describeQuery(
  options: NovaListenerOptions,
  { language, hears }: Pick<Parameters<Listener['open']>[0], 'language' | 'hears'>,
): Query {
  const { model, settings } = options
  // A language there is no model for is refused: the one for many hears at least what else the caller says.
  const isMulti = settings.multilingual || !knownBy(options).has(languageOf(language))
  const takesHints = isMulti && model.startsWith('nova-3')
  const hints = [...new Set([language, ...hears].map(languageOf))].filter((one) => NOVA_3.has(one))
  return {
    model,
    encoding: 'mulaw',
    sample_rate: 8000,
    channels: 1,
    language: isMulti ? 'multi' : modelLanguageOf(language),
    language_hint: takesHints ? hints : undefined,
    interim_results: true,
    vad_events: true,
    punctuate: true,
    // Numbers, dates and addresses as people write them.
    smart_format: true,
    endpointing: settings.endpointingMs,
    utterance_end_ms: settings.utteranceEndMs,
    // Older models know keywords instead.
    ...(model.startsWith('nova-3') ? { keyterm: settings.keyterms } : { keywords: settings.keyterms }),
  } satisfies Partial<Record<QueryName, unknown>> & Query
}

/**
 * Deepgram refuses a session in a region it does not list, and says nothing against the language alone. Its list grows
 * (changelogs of 2025 and 2026); what is not here loses its region only.
 */
const KNOWN_REGIONS: ReadonlySet<string> = new Set([
  ...['en-US', 'en-GB', 'en-AU', 'en-IN', 'en-NZ'],
  ...['es-419', 'fr-CA', 'pt-BR', 'pt-PT', 'de-CH', 'nl-BE'],
  ...['zh-CN', 'zh-TW', 'zh-HK', 'ko-KR', 'sv-SE', 'da-DK', 'th-TH'],
])

function modelLanguageOf(language: string): string {
  return KNOWN_REGIONS.has(language) ? language : languageOf(language)
}
