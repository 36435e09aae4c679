import { wordsOf } from '../../lib/spoken-words.ts'

/**
 * Words that differ in what they speak of and not in how the speaker feels: a caller kept waiting since Tuesday is as
 * cross as one since Friday. Each list goes by its first word.
 */
const ALIKE = [
  'today yesterday tomorrow tonight monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december',
  'two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million several dozen many',
  'third second fourth fifth sixth seventh eighth ninth tenth hundredth',
  'week weeks minute minutes hour hours day days month months year years morning mornings afternoon afternoons',
  'somebody someone anybody anyone',
  'nobody noone',
  'paper papers document documents paperwork form forms stub stubs statement statements letter letters check checks w2 w2s return returns',
  'bank banks lender lenders company companies broker place',
  'person people guy guys lady ladies woman women man men girl rep reps representative representatives agent agents officer officers folks',
]

const FIRST = new Map(
  ALIKE.flatMap((list) => {
    const words = list.split(' ')
    return words.map((word) => [word, words[0]!] as const)
  }),
)
const SHORTENED = new Map([
  ['gonna', 'going to'],
  ['wanna', 'want to'],
  ['gotta', 'got to'],
])

/** An English text as the mood model reads it: words that make no difference made one, "twenty five" one number. */
export function withAlikeWords(text: string): string {
  return wordsOf(text)
    .map((word) => FIRST.get(word) ?? SHORTENED.get(word) ?? (/^\p{Nd}+$/u.test(word) ? 'two' : word))
    .filter((word, at, all) => word !== 'two' || all[at - 1] !== 'two')
    .join(' ')
}
