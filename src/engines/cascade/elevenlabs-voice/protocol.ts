import { z } from 'zod'
import { type EncodedAudio, encodeAudio } from '../../../audio/encoded-audio.ts'
import { parseJson } from '../../../lib/json.ts'
import { socketUrl } from '../../wire/socket-url.ts'

/**
 * The wire of ElevenLabs' speech sockets: `contracts/elevenlabs.md` section 3, multi-context. Builders out, parsed
 * messages in, no I/O. The SDK's types are camelCase where the wire is not, so they are of no use here.
 */

export interface VoiceSettings {
  /** 0 to 1: how little the voice varies. */
  readonly stability: number
  /** 0 to 1: how close it stays to the original. */
  readonly similarityBoost: number
  /** 0.7 to 1.2; 1 is the voice's own pace. */
  readonly speed: number
}

/** Seconds without text after which the server closes; 180 is the most it takes. */
export const INACTIVITY_TIMEOUT_S = 60

export function speechUrl(options: { baseUrl: string; voiceId: string; model: string; language: string }): URL {
  const { baseUrl, voiceId, model } = options
  // Other models refuse to be told a language.
  const code = model.endsWith('_v2_5') ? languageCodeOf(options.language) : undefined
  const url = socketUrl(baseUrl, `v1/text-to-speech/${encodeURIComponent(voiceId)}/multi-stream-input`)
  url.search = new URLSearchParams({
    model_id: model,
    output_format: 'ulaw_8000',
    auto_mode: 'true',
    sync_alignment: 'true',
    inactivity_timeout: String(INACTIVITY_TIMEOUT_S),
    ...(code === undefined ? {} : { language_code: code }),
  }).toString()
  return url
}

/** Of flash and turbo v2.5 (ElevenLabs' models page); they refuse a code that is not theirs. */
const LANGUAGES: ReadonlySet<string> = new Set([
  ...['ar', 'bg', 'cs', 'da', 'de', 'el', 'en', 'es', 'fi', 'fil', 'fr', 'hi', 'hr', 'hu', 'id', 'it', 'ja', 'ko'],
  ...['ms', 'nl', 'no', 'pl', 'pt', 'ro', 'ru', 'sk', 'sv', 'ta', 'tr', 'uk', 'vi', 'zh'],
])

/** The code of a language for flash and turbo v2.5; undefined where the model has to find out by the text what language it is in. */
export function languageCodeOf(language: string): string | undefined {
  const [subtag = language] = language.split('-', 1)
  const code = subtag === 'tl' ? 'fil' : subtag
  return LANGUAGES.has(code) ? code : undefined
}

/** The text of a first message is exactly one space. */
export function openContext(contextId: string, { stability, similarityBoost, speed }: VoiceSettings) {
  const voice_settings = { stability, similarity_boost: similarityBoost, speed }
  return { text: ' ', context_id: contextId, voice_settings }
}

export function addText(contextId: string, text: string) {
  return { text, context_id: contextId }
}

export function flushContext(contextId: string) {
  return { context_id: contextId, flush: true }
}

/** After a flush what was flushed is still spoken, and only a closed context says that it is final. */
export function closeContext(contextId: string) {
  return { context_id: contextId, close_context: true }
}

/** Characters of the text as it was sent, with their times in the audio of the same message. */
export interface Alignment {
  readonly chars: readonly string[]
  readonly startsMs: readonly number[]
  readonly durationsMs: readonly number[]
}

export type SpeechMessage =
  | {
      readonly type: 'speech'
      readonly contextId: string
      readonly audio: EncodedAudio | undefined
      readonly alignment: Alignment | undefined
      readonly final: boolean
    }
  | { readonly type: 'error'; readonly name: string; readonly closeCode: number | undefined }
  /** Something new: passed over. */
  | { readonly type: 'unused' }
  | { readonly type: 'malformed' }

/** Never throws. Audio is sliced out of the bytes; the small rest goes through JSON.parse and a schema. */
export function parseSpeechMessage(data: Buffer): SpeechMessage {
  const sliced = sliceAudio(data)
  const { data: message } = serverMessage.safeParse(parseJson(sliced?.rest ?? data))
  if (!message) return { type: 'malformed' }
  if (message.error) return { type: 'error', name: message.error, closeCode: message.code ?? undefined }
  const contextId = message.contextId ?? message.context_id
  const final = Boolean(message.isFinal ?? message.is_final)
  if (typeof contextId !== 'string' || (message.audio === undefined && !final)) return { type: 'unused' }
  const audio = sliced?.audio ?? textAudio(message.audio)
  return { type: 'speech', contextId, audio, alignment: alignmentOf(message.alignment), final }
}

const numbers = z.array(z.number()).nullish()

/** The documents spell the fields in three ways; each has been seen. */
const alignment = z.object({
  chars: z.array(z.string()).nullish(),
  charStartTimesMs: numbers,
  char_start_times_ms: numbers,
  charDurationsMs: numbers,
  charsDurationsMs: numbers,
  char_durations_ms: numbers,
})

const serverMessage = z.object({
  audio: z.string().nullish(),
  contextId: z.string().nullish(),
  context_id: z.string().nullish(),
  isFinal: z.boolean().nullish(),
  is_final: z.boolean().nullish(),
  alignment: alignment.nullish(),
  error: z.string().nullish(),
  code: z.number().nullish(),
})

function alignmentOf(wire: z.infer<typeof alignment> | null | undefined): Alignment | undefined {
  if (!wire?.chars) return undefined
  return {
    chars: wire.chars,
    startsMs: wire.charStartTimesMs ?? wire.char_start_times_ms ?? [],
    durationsMs: wire.charDurationsMs ?? wire.charsDurationsMs ?? wire.char_durations_ms ?? [],
  }
}

const AUDIO_KEY = Buffer.from('"audio"')
const BACKSLASH = '\\'.charCodeAt(0)
const QUOTE = '"'.charCodeAt(0)
const COLON = ':'.charCodeAt(0)
const SPACE = ' '.charCodeAt(0)

/**
 * The audio as a view into the message, and the message without it: parsing would copy each of its many bytes twice.
 * Undefined when there is none, or when it is written with escapes, which base64 does not need: JSON.parse decides.
 */
function sliceAudio(message: Buffer): { audio: EncodedAudio; rest: Buffer } | undefined {
  const key = message.indexOf(AUDIO_KEY)
  if (key < 0) return undefined
  const colon = skipSpaces(message, key + AUDIO_KEY.length)
  if (message[colon] !== COLON) return undefined
  const from = skipSpaces(message, colon + 1) + 1
  if (message[from - 1] !== QUOTE) return undefined
  const to = message.indexOf(QUOTE, from)
  const audio = message.subarray(from, to)
  if (to < 0 || audio.includes(BACKSLASH)) return undefined
  return { audio, rest: Buffer.concat([message.subarray(0, from), message.subarray(to)]) }
}

function skipSpaces(message: Buffer, from: number): number {
  let at = from
  while (message[at] === SPACE) at += 1
  return at
}

function textAudio(base64: string | null | undefined): EncodedAudio | undefined {
  // With escapes in it, it may hold what must not stand in the carrier's messages: made anew.
  return base64 ? encodeAudio(Buffer.from(base64, 'base64')) : undefined
}
