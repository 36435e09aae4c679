import type { RealtimeResponseUsage } from 'openai/resources/realtime/realtime'
import type { Entry } from './conversation.ts'
import { isCaller } from './conversation.ts'
import type { OnWire } from './protocol.ts'
import type { SessionConfig } from './session-config.ts'

export const CALLER_MS_PER_TOKEN = 100
export const AGENT_MS_PER_TOKEN = 50

/** English text averages about 4 characters a token. */
const CHARACTERS_PER_TOKEN = 4

/** The prompt cache works in blocks; the example in the provider's specification shows 64. */
const CACHE_BLOCK_TOKENS = 64

export interface Tokens {
  readonly text: number
  readonly audio: number
}

const NO_TOKENS: Tokens = { text: 0, audio: 0 }

export function textTokens(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN)
}

/** Counts the tokens of one session. Every response is billed for the whole conversation so far as its input. */
export class UsageMeter {
  #cached: Tokens = NO_TOKENS
  #cachedPrompt = ''

  /**
   * The bill of one response. What an earlier response had as input under the same instructions and tools is cached,
   * in whole blocks; cached tokens are contained in the input tokens.
   */
  bill(prompt: Pick<SessionConfig, 'instructions' | 'tools'>, entries: readonly Entry[], output: Tokens): Bill {
    const promptText = prompt.instructions + JSON.stringify(prompt.tools)
    const input = entries.map(tokensOf).reduce(sum, { text: textTokens(promptText), audio: 0 })
    const cached = promptText === this.#cachedPrompt ? blocksOf(input, this.#cached) : NO_TOKENS
    this.#cached = input
    this.#cachedPrompt = promptText
    return wireUsage(input, cached, output)
  }
}

export type Bill = OnWire<RealtimeResponseUsage> & { readonly total_tokens: number }

function wireUsage(input: Tokens, cached: Tokens, output: Tokens): Bill {
  const inputTokens = input.text + input.audio
  const outputTokens = output.text + output.audio
  return {
    total_tokens: inputTokens + outputTokens,
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    input_token_details: {
      text_tokens: input.text,
      audio_tokens: input.audio,
      image_tokens: 0,
      cached_tokens: cached.text + cached.audio,
      cached_tokens_details: { text_tokens: cached.text, audio_tokens: cached.audio, image_tokens: 0 },
    },
    output_token_details: { text_tokens: output.text, audio_tokens: output.audio },
  }
}

/** The caller's words are not billed with a response: the model hears the audio. */
function tokensOf(entry: Entry): Tokens {
  if (isCaller(entry) && entry.audioMs > 0) return { text: 0, audio: Math.ceil(entry.audioMs / CALLER_MS_PER_TOKEN) }
  return { text: textTokens(entry.words), audio: Math.ceil(entry.audioMs / AGENT_MS_PER_TOKEN) }
}

function blocksOf(input: Tokens, before: Tokens): Tokens {
  const blocks = (tokens: number) => Math.floor(tokens / CACHE_BLOCK_TOKENS) * CACHE_BLOCK_TOKENS
  return { text: blocks(Math.min(input.text, before.text)), audio: blocks(Math.min(input.audio, before.audio)) }
}

function sum(a: Tokens, b: Tokens): Tokens {
  return { text: a.text + b.text, audio: a.audio + b.audio }
}
