import type { ElevenLabs } from '@elevenlabs/elevenlabs-js'

const DIGITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']

/** Part of a sentence's audio, in ms of that sentence. */
export interface Stretch {
  readonly fromMs: number
  readonly toMs: number
  /** Of the whole sentence. */
  readonly sentenceMs: number
}

/**
 * The characters that begin within a stretch, spread evenly over the sentence. Times count from the stretch's start,
 * as the service's do (contract 3).
 */
export function alignmentOf(text: string, { fromMs, toMs, sentenceMs }: Stretch): Required<ElevenLabs.Alignment> {
  const characters = [...text]
  const startMs = (at: number) => (at * sentenceMs) / characters.length
  const within = [...characters.keys()].filter((at) => startMs(at) >= fromMs && startMs(at) < toMs)
  return {
    chars: within.map((at) => characters[at] ?? ''),
    charStartTimesMs: within.map((at) => Math.round(startMs(at) - fromMs)),
    charDurationsMs: within.map((at) => Math.round(startMs(at + 1) - startMs(at))),
  }
}

/** As it is read out: digits become words, so that its characters are not those of the text. */
export function normalised(text: string): string {
  return text.replaceAll(/\d/g, (digit) => `${DIGITS[Number(digit)]} `)
}
