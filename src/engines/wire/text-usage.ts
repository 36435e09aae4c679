import type { Usage } from '../engine.ts'

/** What an answer in text cost, in tokens; `cachedIn` is not contained in `in`. */
export function textUsage(model: string, tokens: { in: number; cachedIn: number; out: number }): Usage {
  return {
    model,
    textIn: tokens.in,
    textCachedIn: tokens.cachedIn,
    textOut: tokens.out,
    audioIn: 0,
    audioCachedIn: 0,
    audioOut: 0,
    audioSeconds: 0,
  }
}
