import { wordsOf } from '../../lib/spoken-words.ts'
import { CUE_WORDS } from './complaint-words.ts'

/** What somebody's patience shows itself by, and how much it says by itself (in units of log-odds). */
const WEIGHTS = {
  'said it before': 2,
  'called before': 1.9,
  'kept waiting': 1.8,
  'nobody answers': 1.8,
  'passed around': 1.9,
  'not listened to': 2,
  'asks for a superior': 1.9,
  'complaint or court': 2.2,
  'had enough': 2.6,
  indignant: 2.2,
  blames: 2.2,
  'long or often': 1.3,
  nobody: 1.2,
  sarcastic: 2.4,
  'holds us to it': 1.7,
  'same thing again': 1.4,
  'gives up': 1.9,
  curses: 0.8,
  'repeats a word': 1.2,
} as const

export type Cue = keyof typeof WEIGHTS

const PATTERNS = Object.entries(CUE_WORDS).map(
  ([cue, alternatives]) => [cue as Cue, new RegExp(alternatives.join('|'), 'u')] as const,
)

/** "No no no", "hello hello hello": three times over. */
const REPEATED =
  / (no|non|não|nein|nie|нет|không|hindi|لا|नहीं|hello|hola|alô|allô|алло|stop|wrong|why|listen|agent|representative) \1 \1 /u

/** The cues of a complaint in one utterance, in 15 languages; each once. */
export function cuesOf(text: string): readonly Cue[] {
  const words = ` ${wordsOf(text).join(' ')} `
  const cues = PATTERNS.filter(([, pattern]) => pattern.test(words)).map(([cue]) => cue)
  return REPEATED.test(words) ? [...cues, 'repeats a word'] : cues
}

/** The strongest cue counts whole, each further one half of the one before: they are seldom independent. */
export function weightOf(cues: readonly Cue[]): number {
  const weights = cues.map((cue) => WEIGHTS[cue]).toSorted((a, b) => b - a)
  return weights.reduce((sum, weight, at) => sum + weight / 2 ** at, 0)
}
