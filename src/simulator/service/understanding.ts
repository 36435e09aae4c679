/** A word as it was spoken, and the language it belongs to (ISO 639-1). */
export interface SpokenWord {
  readonly text: string
  readonly language: string
}

const ENGLISH = ['the', 'on', 'toy', 'when', 'lay', 'new', 'tar', 'see', 'how', 'tie', 'may', 'core', 'low', 'hen']

/** What a language one does not know sounds like to one who listens for this one; English for any other. */
const MISHEARD: Readonly<Record<string, readonly string[]>> = {
  es: ['de', 'la', 'con', 'ya', 'muy', 'luz', 'sin', 'mar', 'pan', 'tan', 'voz', 'ley'],
  vi: ['là', 'một', 'cái', 'này', 'có', 'đi', 'ở', 'mà', 'thì', 'cho', 'lên', 'đây'],
}

/**
 * What a listener makes of words: one in a language it does not know sounds to it like one of its own, always the same.
 * @param known languages it knows, the one it expects first; undefined for a listener that knows them all.
 */
export function understand(words: readonly SpokenWord[], known: readonly string[] | undefined): readonly SpokenWord[] {
  const [expected] = known ?? []
  if (known === undefined || expected === undefined) return words
  return words.map((word) => (known.includes(word.language) ? word : mishear(word, expected)))
}

export function textOf(words: readonly SpokenWord[]): string {
  return words.map(({ text }) => text).join(' ')
}

/** The languages of words, that of the most words first, as transcription services list them. */
export function languagesOf(words: readonly SpokenWord[]): string[] {
  const counts = new Map<string, number>()
  for (const { language } of words) counts.set(language, (counts.get(language) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a).map(([language]) => language)
}

function mishear({ text }: SpokenWord, language: string): SpokenWord {
  const words = MISHEARD[language] ?? ENGLISH
  const sum = [...text].reduce((total, character) => total + character.codePointAt(0)!, 0)
  return { text: words[sum % words.length]!, language }
}
