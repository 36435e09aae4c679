import type { ServerEvent } from './protocol.ts'
import { CALLER_MS_PER_TOKEN, textTokens } from './usage.ts'

const WORDS_PER_DELTA = 3

/** The events by which the words of a committed turn become known; none but the last when there were no words. */
export function transcriptionEvents(itemId: string, words: string, audioMs: number): ServerEvent[] {
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
