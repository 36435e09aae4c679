import { createHash } from 'node:crypto'
import type { PromptBlock } from './prompt.ts'

/** Tokens of one request. The first three add up to the whole input. */
export interface InputTokens {
  readonly uncached: number
  readonly cacheRead: number
  readonly cacheWritten: number
}

/** English text averages about 4 characters a token. */
const CHARACTERS_PER_TOKEN = 4

/** No shorter prefix is cached (contract 3 and 4). */
const SHORTEST_PREFIX_TOKENS = 1_024

/** How far before a breakpoint a cached prefix may end (contract 4). */
const LOOK_BACK_BLOCKS = 20

export function tokensIn(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN)
}

/** Remembers prefixes of prompts, block by block, as the providers do to bill them at less. */
export class PromptCache {
  readonly #prefixes = new Set<string>()

  /** OpenAI's: every prefix is kept, and writing one costs nothing (contract 3). */
  billAutomatic(blocks: readonly PromptBlock[]): InputTokens {
    const ends = prefixEnds(blocks)
    const known = ends.findLast(({ key, tokens }) => tokens >= SHORTEST_PREFIX_TOKENS && this.#prefixes.has(key))
    for (const { key } of ends) this.#prefixes.add(key)
    const cacheRead = known?.tokens ?? 0
    return { uncached: (ends.at(-1)?.tokens ?? 0) - cacheRead, cacheRead, cacheWritten: 0 }
  }

  /** Anthropic's: prefixes are kept where the client marked their end, and writing one is billed (contract 4). */
  billMarked(blocks: readonly PromptBlock[]): InputTokens {
    const ends = prefixEnds(blocks)
    const marks = [...blocks.keys()].filter((at) => blocks[at]?.cached)
    const longEnough = marks.filter((at) => (ends[at]?.tokens ?? 0) >= SHORTEST_PREFIX_TOKENS)
    const cacheRead = Math.max(0, ...longEnough.map((mark) => this.#longestBefore(mark, ends)))
    for (const mark of longEnough) this.#prefixes.add(ends[mark]?.key ?? '')
    const cacheWritten = Math.max(0, (ends[longEnough.at(-1) ?? -1]?.tokens ?? 0) - cacheRead)
    return { uncached: (ends.at(-1)?.tokens ?? 0) - cacheRead - cacheWritten, cacheRead, cacheWritten }
  }

  #longestBefore(mark: number, ends: readonly PrefixEnd[]): number {
    const near = ends.slice(Math.max(0, mark - LOOK_BACK_BLOCKS), mark + 1)
    return near.findLast(({ key }) => this.#prefixes.has(key))?.tokens ?? 0
  }
}

interface PrefixEnd {
  readonly key: string
  readonly tokens: number
}

function prefixEnds(blocks: readonly PromptBlock[]): PrefixEnd[] {
  const hash = createHash('sha1')
  let tokens = 0
  return blocks.map(({ text }) => {
    // The length keeps `a` + `bc` apart from `ab` + `c`.
    hash.update(`${text.length}:${text}`)
    tokens += tokensIn(text)
    return { key: hash.copy().digest('base64'), tokens }
  })
}
