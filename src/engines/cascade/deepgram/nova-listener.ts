import type { Deepgram, DeepgramClient } from '@deepgram/sdk'
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
    understands: (language) => !settings.multilingual || MULTILINGUAL.has(language.split('-', 1)[0]!),
    open: (opening) =>
      openSession(options, opening, {
        path: 'v1/listen',
        query: describeQuery(options, opening.language),
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

/** What `language=multi` knows (Deepgram's models page); one language at a time, Nova knows many more. */
const MULTILINGUAL: ReadonlySet<string> = new Set(['en', 'es', 'fr', 'de', 'hi', 'ru', 'pt', 'ja', 'it', 'nl'])

type QueryName = keyof Parameters<DeepgramClient['listen']['v1']['connect']>[0]

function describeQuery({ model, settings }: NovaListenerOptions, language: string): Query {
  return {
    model,
    encoding: 'mulaw',
    sample_rate: 8000,
    channels: 1,
    language: settings.multilingual ? 'multi' : languageOf(language),
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

function languageOf(language: string): string {
  return KNOWN_REGIONS.has(language) ? language : (language.split('-', 1)[0] ?? language)
}
