import OpenAI from 'openai'
import { decodeMulaw } from '../src/audio/mulaw.ts'
import { pcm16Samples } from '../src/audio/wav.ts'
import { languageCodeOf } from '../src/engines/cascade/elevenlabs-voice/protocol.ts'
import { HearthlineError } from '../src/lib/errors.ts'
import { synthesise } from '../src/simulator/speech/espeak.ts'

/** Speaks one text in a language such as `en`. */
export type SpeechRenderer = (text: string, language: string) => Promise<Speech>

export interface Speech {
  readonly samples: Int16Array
  readonly sampleRate: number
}

/** OpenAI's speech endpoint. The client takes OPENAI_API_KEY and OPENAI_BASE_URL from the environment itself. */
export function openAiRenderer(voice: string): SpeechRenderer {
  const client = new OpenAI()
  return async (input) => {
    const instructions = 'Warm, calm and clear, as a receptionist on the telephone.'
    const request = { model: 'gpt-4o-mini-tts', voice, input, instructions, response_format: 'pcm' } as const
    const response = await client.audio.speech.create(request)
    // `pcm` is 16-bit little-endian at 24 kHz, without a header.
    return { samples: pcm16Samples(Buffer.from(await response.arrayBuffer())), sampleRate: 24_000 }
  }
}

/** ElevenLabs' text-to-speech, which speaks mu-law itself. */
export function elevenLabsRenderer(options: { voice: string; apiKey: string; baseUrl: string }): SpeechRenderer {
  const url = new URL(`/v1/text-to-speech/${encodeURIComponent(options.voice)}`, options.baseUrl)
  url.searchParams.set('output_format', 'ulaw_8000')
  return async (text, language) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'xi-api-key': options.apiKey, 'content-type': 'application/json' },
      body: JSON.stringify({ text, model_id: 'eleven_flash_v2_5', language_code: languageCodeOf(language) }),
    })
    if (!response.ok) throw notRendered(`ElevenLabs answered ${response.status}: ${await response.text()}`)
    return { samples: decodeMulaw(new Uint8Array(await response.arrayBuffer())), sampleRate: 8_000 }
  }
}

/**
 * A female variant, as the agent has a woman's name, and the accents most callers have. espeak-ng has no voice for
 * Tagalog; Indonesian is the nearest it has: the same five vowels, read as they are spelt. Its plain `cmn` reads
 * Chinese characters out as English words in some releases; the one for pinyin reads them in all. Three languages
 * have the variant that is as loud with lower peaks. `fr-fr` takes no variant, `fr` does.
 */
const ESPEAK_VOICES: Readonly<Record<string, string>> = {
  en: 'en-us+f3',
  es: 'es-419+f3',
  zh: 'cmn-latn-pinyin+f2',
  vi: 'vi+f2',
  ko: 'ko+f3',
  tl: 'id+f3',
  fr: 'fr+f2',
  pt: 'pt-br+f3',
  ru: 'ru+f3',
  ar: 'ar+f3',
  hi: 'hi+f3',
  ht: 'ht+f3',
}

/** espeak-ng on this machine: for rehearsals, where a clear voice will do. */
export const espeakRenderer: SpeechRenderer = async (text, language) => {
  const voice = ESPEAK_VOICES[language] ?? language
  const spoken = await synthesise(text, ['-v', voice, '-s', '200', '-g', '1'])
  if (!spoken) throw notRendered('espeak-ng is not installed')
  return spoken
}

function notRendered(reason: string): HearthlineError {
  return new HearthlineError('speech_not_rendered', `Rendered a fixed phrase, but ${reason}.`)
}
