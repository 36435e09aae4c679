import type { SpokenLine } from './call-outcome.ts'

/** Sums a call up in a few sentences: a language model. Rejects when it cannot; what it says is checked. */
export interface Summariser {
  summarise(transcript: string, signal: AbortSignal): Promise<string>
}

/** The talk as a summariser reads it. */
export function readable(transcript: readonly SpokenLine[]): string {
  return transcript.map(({ by, text }) => `${by}: ${text.replaceAll(/\s+/g, ' ').trim()}`).join('\n')
}

/**
 * Whether a model's summary may stand: it is of a fit length, has no addresses of the web, and every number in it, in
 * figures or words, was said in the call. So it cannot quote a rate or a sum that nobody named (RELIABILITY C11).
 */
export function isFaithful(summary: string, transcript: readonly SpokenLine[]): boolean {
  const { length } = summary.trim()
  if (length < SHORTEST || length > LONGEST || /https?:|www\./i.test(summary)) return false
  const said = numbersIn(transcript.map(({ text }) => text).join('\n'))
  return [...numbersIn(summary)].every((number) => said.has(number))
}

const SHORTEST = 20
const LONGEST = 800

const SPELLED =
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety'
const VALUES = [...Array.from({ length: 20 }, (_, at) => at + 1), 30, 40, 50, 60, 70, 80, 90]
const VALUE_OF: ReadonlyMap<string, string> = new Map(
  SPELLED.split(' ').map((word, at) => [word, String(VALUES[at])] as const),
)
/** They say how large a number is, and stand for themselves. */
const MAGNITUDES = /^(?:hundred|thousand|million|half|quarter|percent|point)s?$/

/** `400,000`, `6.5` and `six` as `400000`, `6.5` and `6`; "percent" and the like count as numbers too. */
function numbersIn(text: string): Set<string> {
  const lower = text
    .toLowerCase()
    .replaceAll('%', ' percent ')
    .replaceAll(/(?<=\d),(?=\d{3})/g, '')
  const words = lower.match(/\d+(?:\.\d+)?|\p{L}+/gu) ?? []
  return new Set(
    words.flatMap((word) => {
      if (/^\d/.test(word)) return [String(Number(word))]
      if (MAGNITUDES.test(word)) return [word.replace(/s$/, '')]
      const value = word === 'one' ? undefined : VALUE_OF.get(word)
      return value === undefined ? [] : [value]
    }),
  )
}
