import type { Deepgram, DeepgramClient } from '@deepgram/sdk'
import { BYTES_PER_MS, SILENCE } from '../../../audio/encoded-audio.ts'
import { languageOf } from '../../../lib/language-tag.ts'
import type { Listener } from '../listener.ts'
import { parseFluxMessage } from './flux-messages.ts'
import { FluxTurns } from './flux-turns.ts'
import { type DeepgramOptions, openSession, type Query } from './open-session.ts'

export interface FluxSettings {
  /** How sure Flux must be that the turn is over, 0.5 to 1. */
  readonly eotThreshold: number
  /** How sure it must be to say that it is nearly over, 0.3 to 0.9; not set: it never says so. */
  readonly eagerEotThreshold?: number | undefined
  /** Silence that ends a turn however unsure it is, 500 to 60000. */
  readonly eotTimeoutMs: number
  /** Names and terms callers are likely to say. */
  readonly keyterms: readonly string[]
}

export interface FluxListenerOptions extends DeepgramOptions {
  /** `flux-general-en` or `flux-general-multi`. */
  readonly model: string
  readonly settings: FluxSettings
}

/** Deepgram v2/listen: the model itself judges where a turn ends. It cannot be hurried. */
export function createFluxListener(options: FluxListenerOptions): Listener {
  return {
    name: `deepgram ${options.model}`,
    model: options.model,
    provider: 'deepgram',
    multilingual: isMultilingual(options.model),
    understands: (language) => (isMultilingual(options.model) ? MULTILINGUAL : ENGLISH).has(languageOf(language)),
    open: (opening) =>
      openSession(options, opening, {
        path: 'v2/listen',
        query: describeQuery(options, opening),
        parse: parseFluxMessage,
        greeting: 'Connected',
        control: CONTROL,
        createTurns: (emit) => new FluxTurns(emit),
      }),
  }
}

/** v2 knows no KeepAlive: sound that says nothing keeps it awake. */
const CONTROL = {
  keepAlive: { afterMs: 5_000, send: Buffer.alloc(100 * BYTES_PER_MS, SILENCE) },
  /** `ForceEndTurn` must be switched on for the account and otherwise ends the session (contract, section 3). */
  hurry: undefined,
  close: { type: 'CloseStream' } satisfies Deepgram.listen.ListenV2CloseStream,
}

type QueryName = keyof Parameters<DeepgramClient['listen']['v2']['connect']>[0]

const ENGLISH: ReadonlySet<string> = new Set(['en'])
/** Of `flux-general-multi` (Deepgram's models page); a hint for another language is refused. */
const MULTILINGUAL: ReadonlySet<string> = new Set(['en', 'es', 'fr', 'de', 'hi', 'ru', 'pt', 'ja', 'it', 'nl'])

function isMultilingual(model: string): boolean {
  return model.endsWith('-multi')
}

function describeQuery(
  { model, settings }: FluxListenerOptions,
  { language, hears }: Pick<Parameters<Listener['open']>[0], 'language' | 'hears'>,
): Query {
  const hints = [...new Set([language, ...hears].map(languageOf))].filter((one) => MULTILINGUAL.has(one))
  return {
    model,
    encoding: 'mulaw',
    sample_rate: 8000,
    eot_threshold: settings.eotThreshold,
    eager_eot_threshold: settings.eagerEotThreshold,
    eot_timeout_ms: settings.eotTimeoutMs,
    keyterm: settings.keyterms,
    // Taken by the multilingual model only; a hint is a language without its region.
    language_hint: isMultilingual(model) ? hints : undefined,
  } satisfies Partial<Record<QueryName, unknown>> & Query
}
