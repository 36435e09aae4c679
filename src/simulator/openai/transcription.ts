import { languagesOf, type SpokenWord, textOf, understand } from '../service/understanding.ts'
import type { ServerEvent } from './protocol.ts'
import type { Transcription } from './session-schema.ts'
import { CALLER_MS_PER_TOKEN, textTokens } from './usage.ts'

const WORDS_PER_DELTA = 3

/** The only model that says which languages it heard (the SDK's words on `languages`). */
const TELLS_LANGUAGES = 'gpt-transcribe'

/**
 * The events by which the words of a committed turn become known; none but the last when there were no words. A model
 * that was told languages makes out no others, whatever the voice model understood.
 */
export function transcriptionEvents(
  itemId: string,
  spoken: { readonly words: readonly SpokenWord[]; readonly audioMs: number },
  { model, language, languages }: Transcription,
): ServerEvent[] {
  const { audioMs } = spoken
  const understood = understand(spoken.words, language === undefined ? languages : [language])
  const words = textOf(understood)
  const place = { item_id: itemId, content_index: 0 }
  const audioTokens = Math.ceil(audioMs / CALLER_MS_PER_TOKEN)
  const outputTokens = textTokens(words)
  return [
    ...piecesOf(words).map((delta) => ({
      type: 'conversation.item.input_audio_transcription.delta' as const,
      ...place,
      delta,
    })),
    {
      type: 'conversation.item.input_audio_transcription.completed',
      ...place,
      transcript: words,
      ...(model === TELLS_LANGUAGES ? { languages: languagesOf(understood).map((code) => ({ code })) } : {}),
      usage: {
        type: 'tokens',
        input_tokens: audioTokens,
        output_tokens: outputTokens,
        total_tokens: audioTokens + outputTokens,
        input_token_details: { text_tokens: 0, audio_tokens: audioTokens },
      },
    },
  ]
}

/** Pieces that join to the words again. */
function piecesOf(words: string): string[] {
  return words.match(new RegExp(`(?:\\S+\\s*){1,${WORDS_PER_DELTA}}`, 'g')) ?? []
}
